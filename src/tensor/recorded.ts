/** Steps that are recorded once and replayed. */
import { described } from "../base/choice.ts";
import { gpu } from "../gpu/device.ts";
import type { Gpu } from "../gpu/gpu.ts";
import type { OnCompile } from "../gpu/record/first_run.ts";
import type { Recording } from "../gpu/record/recording.ts";
import { scope } from "./scope.ts";
import { show } from "./shape.ts";
import { withOwnTape } from "./tape.ts";
import { Tensor } from "./tensor.ts";

/** A step: call it to run it, dispose it to free its buffers. */
export interface Recorded<T> extends Disposable {
  (): T;
  /**
   * Calls it for the first time, and compiles its kernels before: at the same time where the runtime can (browsers), and
   * `onCompile` hears of each. A call compiles them as it meets them. On GPUs the step runs after that wait: what is written
   * into its inputs before the promise resolves may or may not be seen.
   *
   * @throws {TypeError} As a call; also when the step was disposed meanwhile.
   */
  start(onCompile?: OnCompile): Promise<T>;
  /** Frees the step's buffers; the tensors it returned cannot be used any more. Another call records it anew. */
  dispose(): void;
}

/** What a step left behind. */
interface Held<T> {
  on: Gpu;
  recording: Recording;
  result: T;
  /** The tensors of the result that the step made. */
  made: Tensor[];
  /** The tensors from outside that ops went by, and whether they were trained. */
  trained: ReadonlyMap<Tensor, boolean>;
}

/**
 * Makes a step of `f`. The first call runs `f`, records what it dispatches, and does that; every later call replays it, on
 * the same buffers: no shape is checked, nothing is allocated, and the tensors it returned hold the new values.
 *
 * What changes from call to call must therefore live on the GPU: write new inputs into the same tensors, let the batch
 * cursor and the optimizer's settings be tensors. `f` itself runs once; arrays it uploads are constants of the step. The
 * step holds the memory of the tensors it uses: one that is freed later keeps the elements that it had. It has a tape of
 * its own: `backward()` belongs inside, with the forward pass that it is of, and with the optimizer's step that takes the
 * gradients. A step that only wants gradients takes them off and returns them.
 *
 * @throws {TypeError} When `f` is no function, or takes arguments. At its first call, when `f` is asynchronous or gives a promise or a generator, reads or writes
 * elements from the CPU (whether or not it waits for them), runs another recorded step, or makes an optimizer, which moves parameters; when a tensor from
 * outside has a `grad` before its `backward()`, or keeps one after the step. At later calls, when
 * an optimizer made since has moved parameters that the step uses, `requiresGrad` of one was set anew, or its GPU was closed. A call that was refused has
 * recorded nothing.
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
  if (typeof f !== "function" || f.length > 0) {
    const found = typeof f === "function" ? "a function of arguments" : described(f);
    throw new TypeError(
      `Cannot record ${found}: give a function without any; what changes between calls is a tensor that you write() into`,
    );
  }
  let held: Held<T> | undefined;
  const recordedNow = () => {
    held ??= record(f);
    if (held.on !== gpu()) {
      throw new TypeError(
        "Cannot replay the recorded step: the GPU that it was recorded on was closed; make the step anew",
      );
    }
    checkTrained(held.trained);
    return held;
  };
  const run = () => {
    const { on, recording, result } = recordedNow();
    on.recordings.replay(recording);
    return result;
  };
  const start = async (onCompile?: OnCompile) => {
    const { on, recording, result } = recordedNow();
    await on.recordings.firstRun(recording, onCompile);
    return result;
  };
  const dispose = () => {
    if (!held) return;
    for (const t of held.made) t.dispose();
    held.on.recordings.discard(held.recording);
    held = undefined;
  };
  return Object.assign(run, { start, dispose, [Symbol.dispose]: dispose });
}

function record<T>(f: () => T): Held<T> {
  // An asynchronous function is not even begun.
  if (KINDS.has(Object.prototype.toString.call(f))) throw notSynchronous();
  const on = gpu();
  let result: T;
  let made: Tensor[] = [];
  let trained = new Map<Tensor, boolean>();
  const recording = on.recordings.make(() =>
    withOwnTape((leaves, asked) => {
      using own = scope();
      try {
        result = f();
        const { tensors, later } = contentsOf(result);
        if (later.length > 0) {
          // The step is refused, so nobody else hears how a promise ends.
          Promise.allSettled(later);
          throw notSynchronous();
        }
        checkNoGradLeft(on, leaves);
        made = tensors.filter((t) => own.forget(t));
        const outside = [...asked].filter((t) => !t.disposed && on.recordings.outside(t.view));
        trained = new Map(outside.map((t) => [t, t.requiresGrad]));
      } catch (error) {
        // Their memory goes with the recording.
        for (const t of leaves) t.grad = undefined;
        throw error;
      }
    })
  );
  return { on, recording, result: result!, made, trained };
}

/** Refuses a step whose tensors were frozen, or are to be trained, since: a replay knows nothing of it. */
function checkTrained(trained: Held<unknown>["trained"]): void {
  for (const [t, before] of trained) {
    if (t.requiresGrad === before) continue;
    throw new TypeError(
      `Cannot replay the recorded step: requiresGrad of the tensor ${
        show(t.shape)
      } was set to ${!before} since, and replays would go by ${before}; dispose() the step, whose next call records it anew`,
    );
  }
}

/** Refuses gradients that stay at tensors from outside: the replays would neither set them nor add to them. */
function checkNoGradLeft(on: Gpu, leaves: ReadonlySet<Tensor>): void {
  const left = [...leaves].find((t) => t.grad && !t.disposed && on.recordings.outside(t.view));
  if (!left) return;
  throw new TypeError(
    `Cannot record the step: backward() in it leaves a grad at the tensor ${
      show(left.shape)
    } from outside, and a replay would leave none; step() an optimizer in the same step, or take the grad off and ` +
      "return it: const { grad } = w; w.grad = undefined; return grad",
  );
}

/** Functions whose call does not run them to their end. */
const KINDS: ReadonlySet<string> = new Set([
  "[object AsyncFunction]",
  "[object GeneratorFunction]",
  "[object AsyncGeneratorFunction]",
]);

function notSynchronous(): TypeError {
  return new TypeError(
    "Cannot record an asynchronous step or a generator: a replay repeats what was dispatched before the function " +
      "returned, and would give the first call's promise again; return tensors, and read them after the step",
  );
}

/** The tensors in what a step returns, itself or in arrays, objects, maps and sets; and what gives its values later. */
function contentsOf(result: unknown): { tensors: Tensor[]; later: object[] } {
  const tensors: Tensor[] = [], later: object[] = [];
  const seen = new Set<unknown>();
  const look = (value: unknown) => {
    if (typeof value !== "object" || value === null || seen.has(value)) return;
    seen.add(value);
    if (value instanceof Tensor) tensors.push(value);
    else if (has(value, "then") || has(value, "next")) later.push(value);
    else if (value instanceof Map) [...value.keys(), ...value.values()].forEach(look);
    else if (value instanceof Set) value.forEach(look);
    else if (!ArrayBuffer.isView(value)) Object.values(value).forEach(look);
  };
  look(result);
  return { tensors, later };
}

/** True for an object with that method. */
function has(value: object, method: string): boolean {
  return typeof (value as Record<string, unknown>)[method] === "function";
}
