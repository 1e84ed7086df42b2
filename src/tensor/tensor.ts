/** Tensors: a shape, a type, and a place in GPU memory. */
import { type BufferView, gpu } from "../gpu/device.ts";
import type { Storage } from "../gpu/storage.ts";
import type { DType } from "./dtype.ts";
import { currentScope } from "./scope.ts";
import { type Shape, shapeOfNested, show, sizeOf } from "./shape.ts";

/** Elements on the CPU: a `Float32Array` of an `f32` tensor, an `Int32Array` of an `i32` one. */
export type Elements = Float32Array<ArrayBuffer> | Int32Array<ArrayBuffer>;

/** Nested arrays of numbers. */
export type Nested = number | readonly Nested[];

/** A row-major array on the GPU. Made by {@linkcode tensor}, by ops, and by layers. */
export class Tensor {
  /** Lengths of the axes. */
  readonly shape: Shape;
  /** Type of the elements. */
  readonly dtype: DType;
  /** Number of elements. */
  readonly size: number;
  /** True for parameters and for all that is computed from them. */
  requiresGrad = false;
  /** After `backward()`: the gradient of the loss, for tensors that were made with `requiresGrad`. */
  grad: Tensor | undefined;
  #storage: Storage | undefined;
  #offset: number;

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
   * What a kernel binds.
   *
   * @internal
   */
  get view(): BufferView {
    if (!this.#storage) {
      throw new TypeError(
        `Cannot use the tensor ${show(this.shape)}: it was freed with its scope; keep() it there`,
      );
    }
    return { storage: this.#storage, offset: this.#offset, bytes: 4 * this.size };
  }

  /** True after `dispose()`. */
  get disposed(): boolean {
    return this.#storage === undefined;
  }

  /** Another tensor on the same memory, with a shape of the same size. Freed independently. */
  alias(shape: Shape = this.shape, firstElement = 0): Tensor {
    return new Tensor(
      shape,
      this.dtype,
      this.view.storage.retain(),
      this.#offset + 4 * firstElement,
    );
  }

  /**
   * Moves the elements into a tensor of the same size, and looks at its memory from now on. What aliased this tensor
   * before, or was recorded with it, stays at the old place.
   *
   * @internal
   */
  moveTo(place: Tensor): void {
    gpu().copy(this.view, place.view);
    this.dispose();
    this.#storage = place.view.storage.retain();
    this.#offset = place.#offset;
  }

  /** Reads the elements back, in an array of their type. Waits for the GPU: some ten milliseconds whatever the size. */
  async read(): Promise<Elements> {
    const [values] = await readAll([this]);
    return values;
  }

  /** Reads a tensor of one element. */
  async item(): Promise<number> {
    if (this.size !== 1) {
      throw new TypeError(
        `Cannot take the item of ${show(this.shape)}: it has ${this.size} elements`,
      );
    }
    return (await this.read())[0];
  }

  /** Replaces the elements. */
  write(values: ArrayLike<number>): void {
    if (values.length !== this.size) {
      throw new TypeError(
        `Cannot write ${values.length} values into ${
          show(this.shape)
        }: it has ${this.size} elements`,
      );
    }
    gpu().write(this.view, elementsOf(values, this.dtype));
  }

  /** Frees the memory, unless another tensor looks at it. */
  dispose(): void {
    this.#storage?.release();
    this.#storage = undefined;
  }
}

/** Reads several tensors with one wait, each into an array of its type. */
export async function readAll(tensors: readonly Tensor[]): Promise<Elements[]> {
  const buffers = await gpu().read(tensors.map((t) => t.view));
  return buffers.map((buffer, i) =>
    tensors[i].dtype === "f32" ? new Float32Array(buffer) : new Int32Array(buffer)
  );
}

/** Numbers as the bytes of a type; typed arrays of that type as they are. */
function elementsOf(
  values: ArrayLike<number>,
  dtype: DType,
): Float32Array<ArrayBuffer> | Int32Array<ArrayBuffer> {
  const Elements = dtype === "f32" ? Float32Array : Int32Array;
  return values instanceof Elements
    ? values as Float32Array<ArrayBuffer>
    : Elements.from(values) as Float32Array<ArrayBuffer>;
}

/** A tensor with whatever the memory held before; for ops, which write every element. */
export function empty(shape: Shape, dtype: DType = "f32"): Tensor {
  return new Tensor(shape, dtype, gpu().allocate(Math.max(4, 4 * sizeOf(shape))));
}

/** Options of {@linkcode tensor}. */
export interface TensorOptions {
  /** The shape of flat values; nested arrays bring their own. */
  shape?: Shape;
  /** `f32` without it. */
  dtype?: DType;
  /** True for something to be trained. */
  requiresGrad?: boolean;
}

/**
 * Puts numbers on the GPU.
 *
 * @param values Nested arrays, or flat values with `shape`.
 * @throws {TypeError} When rows differ in length or the count does not fit the shape.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { openGpu, tensor } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * const x = tensor([[1, 2, 3], [4, 5, 6]]);
 * assertEquals(x.shape, [2, 3]);
 * assertEquals([...await x.read()], [1, 2, 3, 4, 5, 6]);
 * ```
 */
export function tensor(values: Nested | ArrayLike<number>, options: TensorOptions = {}): Tensor {
  const nested = Array.isArray(values) || typeof values === "number";
  const found = nested ? shapeOfNested(values) : [(values as ArrayLike<number>).length];
  const flat = nested ? [values].flat(Infinity) as number[] : values as ArrayLike<number>;
  if (sizeOf(found) !== flat.length) {
    throw new TypeError(
      `Cannot make a tensor: the first rows are ${show(found)}, but rows differ in length`,
    );
  }
  const shape = options.shape ?? found;
  if (sizeOf(shape) !== flat.length) {
    throw new TypeError(
      `Cannot make a tensor ${show(shape)} of ${flat.length} values: it has ${
        sizeOf(shape)
      } elements`,
    );
  }
  const dtype = options.dtype ?? "f32";
  const t = new Tensor([...shape], dtype, gpu().upload(elementsOf(flat, dtype)));
  t.requiresGrad = options.requiresGrad ?? false;
  return t;
}
