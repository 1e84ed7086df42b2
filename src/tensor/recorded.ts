/** Steps that are recorded once and replayed. */
import { gpu } from "../gpu/device.ts";
import type { Told } from "../gpu/first_run.ts";
import type { Recording } from "../gpu/recording.ts";
import { scope } from "./scope.ts";
import { Tensor } from "./tensor.ts";

/** A step: call it to run it, dispose it to free its buffers. */
export interface Recorded<T> {
  (): T;
  /**
   * Calls it for the first time, and compiles its kernels before: at the same time where the runtime can (browsers), and
   * `told` hears of each. A call compiles them as it meets them.
   */
  start(told?: Told): Promise<T>;
  /** Frees the step's buffers; the tensors it returned must not be used any more. */
  dispose(): void;
}

/**
 * Makes a step of `f`. The first call runs `f`, records what it dispatches, and does that; every later call replays it, on
 * the same buffers: no shape is checked, nothing is allocated, and the tensors it returned hold the new values.
 *
 * What changes from call to call must therefore live on the GPU: write new inputs into the same tensors, let the batch
 * cursor and the optimiser's settings be tensors. `f` itself runs once; arrays it uploads are constants of the step. It
 * keeps to the memory that its tensors had: make optimisers, which move their parameters together, before.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { mul, openGpu, recorded, tensor } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * const x = tensor([1, 2]);
 * const double = recorded(() => mul(x, 2));
 * const y = await double.start(({ kernel, number, of }) => console.log(`${kernel}, ${number} of ${of}`));
 * assertEquals([...await y.read()], [2, 4]);
 * x.write([10, 20]);
 * assertEquals([...await double().read()], [20, 40]);
 * double.dispose();
 * ```
 */
export function recorded<T>(f: () => T): Recorded<T> {
  let recording: Recording | undefined;
  let result: T;
  const record = () =>
    gpu().recordAhead(() => {
      using own = scope();
      result = f();
      for (const t of tensorsIn(result)) own.forget(t);
    });
  const run = () => {
    gpu().replay(recording ??= record());
    return result;
  };
  const start = async (told?: Told) => {
    await gpu().firstRun(recording ??= record(), told);
    return result;
  };
  const dispose = () => {
    if (!recording) return;
    for (const t of tensorsIn(result)) t.dispose();
    gpu().discard(recording);
    recording = undefined;
  };
  return Object.assign(run, { start, dispose });
}

function tensorsIn(value: unknown): Tensor[] {
  if (value instanceof Tensor) return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(tensorsIn) : [];
}
