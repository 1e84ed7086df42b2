/** Tensors: a shape, a type, and a place in GPU memory. */
import { gpu } from "../gpu/device.ts";
import type { BufferView } from "../gpu/dispatch.ts";
import { type Storage, tick } from "../gpu/storage.ts";
import { checkDifferentiable, type DType } from "./dtype.ts";
import { type Elements, elementsOf } from "./elements.ts";
import { currentScope } from "./scope.ts";
import { checkShape, type Shape, show, sizeOf } from "./shape.ts";

/** A view begins at a multiple of so many elements, 256 bytes: any adapter can bind an array from there on. */
export const ALIGNMENT = 64;

/** Elements as they were at a time. */
export interface Version extends BufferView {
  at: number;
}

/**
 * A row-major array on the GPU. Made by {@linkcode tensor}, by ops, and by layers.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { openGpu, tensor } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * const x = tensor([[1, 2, 3], [4, 5, 6]]);
 * assertEquals([x.shape, x.size], [[2, 3], 6]);
 * x.write([6, 5, 4, 3, 2, 1]); // row by row
 * assertEquals([...await x.read()], [6, 5, 4, 3, 2, 1]);
 * ```
 */
export class Tensor implements Disposable {
  /** Lengths of the axes. */
  readonly shape: Shape;
  /** Type of the elements. */
  readonly dtype: DType;
  /** Number of elements. */
  readonly size: number;
  /** After `backward()`: the gradient of the loss, for tensors that were made with `requiresGrad`. */
  grad: Tensor | undefined;
  #requiresGrad = false;
  #storage: Storage | undefined;
  #offset: number;
  /** When the elements were moved, and when they were written last before. */
  #moved = 0;
  #writtenBefore = 0;

  /**
   * Users call {@linkcode tensor}.
   *
   * @internal
   */
  constructor(shape: Shape, dtype: DType, storage: Storage, offset = 0) {
    this.shape = shape;
    this.dtype = dtype;
    this.size = sizeOf(shape);
    this.#offset = offset;
    this.#storage = storage;
    currentScope()?.own(this);
  }

  /**
   * True for parameters and for all that is computed from them. Where it is false while an op runs, or while `backward()`
   * does, no gradient of that op is left.
   *
   * @throws {TypeError} When set for an `i32` tensor, which has no gradient.
   */
  get requiresGrad(): boolean {
    return this.#requiresGrad;
  }

  set requiresGrad(wanted: boolean) {
    if (wanted) checkDifferentiable(this.shape, this.dtype);
    this.#requiresGrad = wanted;
  }

  /**
   * What a kernel binds.
   *
   * @throws {TypeError} When it was freed, or its GPU was closed.
   * @internal
   */
  get view(): BufferView {
    if (!this.#storage) {
      throw this.#refusal(
        "it was freed, by dispose() or with its scope, where keep() lets it outlive that",
      );
    }
    const { gone, device } = this.#storage.home;
    if (gone) {
      throw this.#refusal("the recorded step that made it was disposed, and its memory with it");
    }
    if (device !== gpu().device) {
      throw this.#refusal(
        "the GPU that it was made on was closed; make it anew on the one that is open",
      );
    }
    return { storage: this.#storage, offset: this.#offset, bytes: 4 * this.size };
  }

  #refusal(why: string): TypeError {
    return new TypeError(`Cannot use the tensor ${show(this.shape)}: ${why}`);
  }

  /**
   * The elements as they are now, for {@linkcode writtenSince}.
   *
   * @internal
   */
  get version(): Version {
    return { ...this.view, at: tick() };
  }

  /**
   * Whether the elements, where they were or where they are now, were written since: from the CPU, or by a kernel.
   *
   * @internal
   */
  writtenSince({ storage, offset, bytes, at }: Version): boolean {
    return storage.lastWrite(offset, bytes) > at || this.#lastWrite > at;
  }

  /** When the elements were written last; that they were moved does not count. */
  get #lastWrite(): number {
    const last = this.#storage?.lastWrite(this.#offset, 4 * this.size) ?? 0;
    return last > this.#moved ? last : this.#writtenBefore;
  }

  /** True after `dispose()`. */
  get disposed(): boolean {
    return this.#storage === undefined;
  }

  /**
   * Another tensor on the same memory, from `firstElement` on, as a constant: no gradient goes back through it, as none goes
   * through `detach()`. Freed independently. It needs no copy; `reshape()` needs none either and carries the
   * gradient, and so does `slice()`, which makes a copy and takes a part from anywhere. An optimizer moves its parameters when
   * it is made: what looked at one before keeps the old elements.
   *
   * @throws {TypeError} When that is more than the memory holds.
   * @throws {RangeError} When `firstElement` is no multiple of 64, where any adapter can bind an array.
   */
  alias(shape: Shape = this.shape, firstElement = 0): Tensor {
    const act = `look at ${show(this.shape)} from element ${firstElement} on as`;
    checkShape(act, shape);
    if (!(firstElement >= 0 && firstElement % ALIGNMENT === 0)) {
      throw new RangeError(
        `Cannot ${act} ${
          show(shape)
        }: a view begins at a multiple of ${ALIGNMENT} elements; slice() copies from anywhere`,
      );
    }
    const { storage } = this.view;
    if (firstElement + sizeOf(shape) > this.size) {
      throw new TypeError(
        `Cannot ${act} ${show(shape)}: that is ${sizeOf(shape)} elements, and ${
          Math.max(this.size - firstElement, 0)
        } are there`,
      );
    }
    return new Tensor([...shape], this.dtype, storage.retain(), this.#offset + 4 * firstElement);
  }

  /**
   * Moves the elements into a tensor of the same size, and looks at its memory from now on. What aliased this tensor
   * before stays at the old place; a step that was recorded with it is refused.
   *
   * @internal
   */
  moveTo(place: Tensor): void {
    const { recordings } = gpu(), from = this.view, to = place.view;
    const before = [this.#writtenBefore, this.#moved] as const;
    this.#writtenBefore = this.#lastWrite;
    gpu().copy(from, to);
    recordings.moved(from, to);
    recordings.current?.undoable(() => {
      recordings.moved(to, from);
      this.#leave(from);
      [this.#writtenBefore, this.#moved] = before;
    });
    this.#leave(to);
    this.#moved = tick();
  }

  /** Goes to another place, and lets go of its own. */
  #leave(to: BufferView): void {
    to.storage.retain();
    this.dispose();
    [this.#storage, this.#offset] = [to.storage, to.offset];
  }

  /**
   * Reads the elements back, in an array of their type. Waits for the GPU: some ten milliseconds whatever the size.
   *
   * @throws {TypeError} At once, inside a recorded step.
   */
  read(): Promise<Elements> {
    return readAll([this]).then(([values]) => values);
  }

  /** Reads a tensor of one element. */
  item(): Promise<number> {
    if (this.size !== 1) {
      return Promise.reject(
        new TypeError(`Cannot take the item of ${show(this.shape)}: it has ${this.size} elements`),
      );
    }
    return this.read().then(([value]) => value);
  }

  /**
   * Replaces the elements.
   *
   * @throws {TypeError} When their number differs, or the step is being recorded.
   * @throws {RangeError} For a number that the type does not hold.
   */
  write(values: ArrayLike<number>): void {
    if (values.length !== this.size) {
      throw new TypeError(
        `Cannot write ${values.length} values into ${
          show(this.shape)
        }: it has ${this.size} elements`,
      );
    }
    const elements = elementsOf(`write into ${show(this.shape)}`, values, this.dtype);
    gpu().write(this.view, elements);
  }

  /** Frees the memory, unless another tensor looks at it. */
  dispose(): void {
    this.#storage?.release();
    this.#storage = undefined;
  }

  /** Does as `dispose()`; `using` calls it. */
  [Symbol.dispose](): void {
    this.dispose();
  }

  /** Its type, its shape and what else is known, not its elements, which only `read()` brings from the GPU. */
  toString(): string {
    const known = [
      `${this.dtype} ${show(this.shape)}`,
      ...(this.#requiresGrad ? ["requiresGrad"] : []),
      ...(this.grad ? ["has a grad"] : []),
      ...(this.disposed ? ["disposed"] : []),
    ];
    return `Tensor(${known.join(", ")})`;
  }

  /** What `console.log` shows in Deno. */
  [Symbol.for("Deno.customInspect")](): string {
    return this.toString();
  }

  /** What `console.log` shows in Node. */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }
}

/**
 * Reads several tensors with one wait, each into an array of its type.
 *
 * @throws {TypeError} At once, inside a recorded step: nobody may wait for the promise there.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { openGpu, readAll, tensor } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * assertEquals(await readAll([tensor([1]), tensor([2], { dtype: "i32" })]), [Float32Array.of(1), Int32Array.of(2)]);
 * ```
 */
export function readAll(tensors: readonly Tensor[]): Promise<Elements[]> {
  gpu().recordings.refuseRead();
  return elementsRead(tensors);
}

async function elementsRead(tensors: readonly Tensor[]): Promise<Elements[]> {
  const buffers = await gpu().read(tensors.map((t) => t.view));
  return buffers.map((buffer, i) =>
    tensors[i].dtype === "f32" ? new Float32Array(buffer) : new Int32Array(buffer)
  );
}

/**
 * A tensor with whatever the memory held before; for ops, which write every element.
 *
 * @throws {TypeError} For what is no shape.
 * @throws {RangeError} When the adapter cannot bind so much.
 */
export function empty(shape: Shape, dtype: DType = "f32"): Tensor {
  checkShape("make a tensor", shape);
  return new Tensor([...shape], dtype, gpu().allocate(Math.max(4, 4 * sizeOf(shape))));
}
