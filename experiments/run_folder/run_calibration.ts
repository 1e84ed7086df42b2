/** How sure a run's network is of itself. */
import { type Calibration, calibration } from "../../src/metrics/calibration.ts";
import { probabilityOf, type Seen } from "./epoch_samples.ts";

/** Of samples whose predictions are kept. */
export function calibrationOf({ labels, predicted, logOdds }: Seen): Calibration {
  const certainty = Float64Array.from(logOdds, probabilityOf);
  return calibration(certainty, Array.from(predicted, (k, i) => k === labels[i]));
}
