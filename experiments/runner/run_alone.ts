/** One run by itself: what `exp` and `demo` do. */
import type { AdapterChoice } from "../../src/gpu/adapter/adapter.ts";
import { openGpu } from "../../src/gpu/device.ts";
import type { Options } from "../plan/request.ts";
import { readConfig } from "../run_folder/config.ts";
import { pathOf } from "../run_folder/path.ts";
import { whereItGrows } from "./grow.ts";
import { runThroughLosses } from "./lost_device.ts";
import { RunDevice } from "./run_device.ts";
import { run } from "./runner.ts";
import { StopSignal } from "./stop_signal.ts";

/** Opens the GPU and runs a plan until it is done or Ctrl-C is pressed; the exit code. */
export async function runAlone(options: Options): Promise<number> {
  const { submitMs } = options;
  using device = new RunDevice(async () =>
    await openGpu({ adapter: await choiceOf(options), submitMs })
  );
  using stop = await StopSignal.listen();
  return await runThroughLosses(run, device, options, stop);
}

/** The adapter to ask for: what the user says, and else what the run that is resumed was begun with. */
export async function choiceOf(options: Options): Promise<AdapterChoice | undefined> {
  if (options.adapter || !options.resume) return options.adapter;
  return (await readConfig(pathOf(await whereItGrows(options))))?.adapterChoice;
}
