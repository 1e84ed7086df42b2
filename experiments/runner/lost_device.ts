// deno-lint-ignore-file no-console
/** Runs that survive the loss of their device. */
import { type DeviceLost, RunError } from "../../src/base/errors.ts";
import { explained } from "../plan/fit.ts";
import type { Options } from "../plan/request.ts";
import { whereItGrows } from "./grow.ts";
import type { QueuePosition } from "./progress.ts";
import type { RunDevice } from "./run_device.ts";
import type { run } from "./runner.ts";
import type { StopRequest } from "./stop_signal.ts";

/** How often a run gets another device. A driver that loses more devices is broken, or the run itself makes it fail. */
const MOST_LOSSES = 2;

/**
 * Runs a plan. Where the device is lost, another one is opened and the run is resumed, as after a kill: it goes back to the
 * last finished epoch and ends with the same bytes.
 *
 * @param attempt Runs a plan on one device.
 * @returns The exit code of the run.
 * @throws {RunError} When the device is lost for the third time, or the run cannot go on.
 * @throws {UsageError} When a step is too large for the adapter: flags that make it smaller are named.
 */
export async function runThroughLosses(
  attempt: typeof run,
  device: RunDevice,
  given: Options,
  stop: StopRequest,
  position?: QueuePosition,
): Promise<number> {
  const options = await whereItGrows(given);
  let begun = false;
  for (let losses = 0;; losses++) {
    const resumed = { ...options, resume: true, overwrite: false, changed: [] };
    const gpu = await device.get();
    const onBegun = () => {
      begun = true;
      device.say();
    };
    try {
      return await attempt(begun ? resumed : options, gpu, stop, position, onBegun);
    } catch (error) {
      const loss = await device.lossBehind(error);
      if (!loss) throw explained(error);
      if (losses === MOST_LOSSES) throw begun ? lostForGood(loss, position) : loss;
      const where = begun ? "goes on after its last finished epoch" : "starts again";
      const name = position ? `${position.name}  ` : "";
      console.log(
        `\n${name}The GPU device was lost (${loss.reason}): the run ${where} on another one ` +
          `(${losses + 1} of ${MOST_LOSSES} at the most)`,
      );
      device.close();
    }
  }
}

/** The error after the last loss. A queue takes no --resume: it continues what it finds. */
function lostForGood({ reason }: DeviceLost, position: QueuePosition | undefined): RunError {
  const advice = position ? "the same command continues it" : "continue it with --resume";
  return new RunError(
    `The GPU device was lost (${reason}): the run stops here, its last checkpoint is intact; ${advice}`,
  );
}
