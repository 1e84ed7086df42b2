/** Runs that differ in their seed alone, and what their numbers say together. */
import { sortedJson } from "../../src/base/json.ts";
import { meanOf } from "../../src/base/averages.ts";
import { adapterName, type Config } from "../run_folder/config.ts";

/** Equal for runs that differ in their seed alone, and in what they are called. */
export function groupKey(config: Config): string {
  const { seed: _, summary: __, source: ___, variant: ____, name: _____, ...plan } = config.plan;
  return sortedJson([adapterName(config), config.drawn, plan]);
}

/** Mean over seeds, and the deviation of the sample; NaN with one seed. */
export interface MeanAndDeviation {
  mean: number;
  deviation: number;
}

/** Mean and deviation of the sample. */
export function meanAndDeviation(values: readonly number[]): MeanAndDeviation {
  const mean = meanOf(values);
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: values.length > 1 ? Math.sqrt(squares / (values.length - 1)) : NaN };
}

/** "mean ± deviation"; with one seed the mean alone, without any a dash. */
export function shown(
  { mean, deviation }: MeanAndDeviation,
  of: (value: number) => string = (value) => value.toFixed(4),
  ofDeviation = of,
): string {
  if (Number.isNaN(mean)) return "-";
  return Number.isNaN(deviation) ? of(mean) : `${of(mean)} ± ${ofDeviation(deviation)}`;
}

/** What stands behind a mean that not all seeds have a number for: " (2 of 3 seeds)". */
export function fewerOf(values: number, seeds: number): string {
  return values > 0 && values < seeds ? ` (${values} of ${seeds} seeds)` : "";
}
