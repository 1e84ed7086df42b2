/** Steps that are recorded once and replayed. */
import { gpu } from "../gpu/device.ts";
import type { Recording } from "../gpu/recording.ts";
import { scope } from "./scope.ts";
import { Tensor } from "./tensor.ts";

/** A step: call it to run it, dispose it to free its buffers. */
export interface Recorded<T> {
  (): T;
  /** Frees the step's buffers; the tensors it returned must not be used any more. */
  dispose(): void;
}

/**
 * Makes a step of `f`. The first call runs it and records what it dispatches; every later call replays just that, on
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
 * assertEquals([...await double().read()], [2, 4]);
 * x.write([10, 20]);
 * assertEquals([...await double().read()], [20, 40]);
 * double.dispose();
 * ```
 */
export function recorded<T>(f: () => T): Recorded<T> {
  let recording: Recording | undefined;
  let result: T;
  const run = () => {
    if (recording) {
      gpu().replay(recording);
    } else {
      recording = gpu().record(() => {
        using own = scope();
        result = f();
        for (const t of tensorsIn(result)) own.forget(t);
      });
    }
    return result;
  };
  const dispose = () => {
    if (!recording) return;
    for (const t of tensorsIn(result)) t.dispose();
    gpu().discard(recording);
    recording = undefined;
  };
  return Object.assign(run, { dispose });
}

function tensorsIn(value: unknown): Tensor[] {
  if (value instanceof Tensor) return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(tensorsIn) : [];
}
