/** One run: from a plan to a folder. */
import type { Gpu } from "../../src/gpu/gpu.ts";
import type { Options } from "../plan/request.ts";
import { finish, finishEarly } from "./finish.ts";
import { prepare } from "./prepare.ts";
import type { QueuePosition } from "./progress.ts";
import type { StopRequest } from "./stop_signal.ts";
import { train } from "./train.ts";

/**
 * Runs a plan, or the rest of it. No other process can use its folder meanwhile, and what it took on the GPU is free
 * again afterwards.
 *
 * @param stop Asked after every few steps.
 * @param position Where the run is one of several.
 * @param begun Called as soon as the run can be resumed.
 * @returns The exit code: 0, or 130 when the user stopped it.
 * @throws {RunError} When the run cannot go on.
 */
export async function run(
  options: Options,
  gpu: Gpu,
  stop: StopRequest = { requested: false },
  position?: QueuePosition,
  begun: () => void = () => {},
): Promise<number> {
  using held = new DisposableStack();
  const current = await prepare(options, gpu, held, stop, begun);
  const finished = await train(current, stop, position);
  stop.line?.text("drawing all epochs");
  if (!finished) {
    await finishEarly(current, position);
    return 130;
  }
  await finish(current);
  return 0;
}
