/** A kernel on a shape with operands to run it on, and a sample of its result in float64. */
import type { Tiled } from "../gpu/tiles/tiles.ts";
import { Random } from "../model/random.ts";
import { padded } from "../ops/channels.ts";
import { type Geometry, geometryOf } from "../ops/conv2d_geometry.ts";
import { convolveForward, convolveInputGrad, convolveWeightGrad } from "../ops/conv2d_kernels.ts";
import { evaluateMatmul } from "../ops/matmul.ts";
import { productOf, type ProductSizes } from "../ops/matmul_sizes.ts";
import { type Array64, array64, strides } from "../reference/array64.ts";
import { conv2d, conv2dInputGradient, conv2dWeightGradient } from "../reference/conv2d.ts";
import { matmul } from "../reference/matmul.ts";
import { sizeOf } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { Use } from "./use.ts";

/** An array of a shape. */
export interface Operand {
  shape: readonly number[];
  data: Float32Array<ArrayBuffer>;
}

/** What is computed, from what, and what comes out. */
export interface Problem {
  inputs: readonly [Operand, Operand];
  /** Everything the kernel writes. */
  op(a: Tensor, b: Tensor): Tensor[];
  /** Places of the first result that the CPU computes, too. */
  sample: readonly number[];
  /** What stands there, in float64. */
  expected(): Float64Array;
}

/**
 * The problem of a kernel and a shape, with the same operands in every run.
 *
 * @throws {TypeError} When the shape has no such name.
 */
export function problemOf({ kernel, shape }: Use): Problem {
  if (kernel === "matmul") {
    const product = productOf(shape);
    if (product) return productProblem(product);
  } else {
    const sizes = geometryOf(shape);
    if (sizes) return CONVOLUTIONS[kernel](sizes);
  }
  throw new TypeError(`Cannot run ${kernel} on "${shape}": no such shape`);
}

function productProblem({ rows, inner, cols, ...transposes }: ProductSizes): Problem {
  const { transposeA, transposeB } = transposes;
  const a = drawn(transposeA ? [inner, rows] : [rows, inner], 0);
  const b = drawn(transposeB ? [cols, inner] : [inner, cols], 1);
  const some = { rows: someOf(rows, 8), cols: someOf(cols, 8) };
  return {
    inputs: [a, b],
    op: (a, b) => [evaluateMatmul(a, b, transposes)],
    sample: placesOf([rows, cols], some.rows, some.cols),
    expected: () => {
      const left = transposeA ? part(a, ALL, some.rows) : part(a, some.rows, ALL);
      const right = transposeB ? part(b, some.cols, ALL) : part(b, ALL, some.cols);
      return matmul(left, right, transposes).data;
    },
  };
}

/** By kernel: its problem for the sizes of a convolution, on channels that are padded to a multiple of four. */
const CONVOLUTIONS: Record<Exclude<Tiled, "matmul">, (g: Geometry) => Problem> = {
  conv2dForward: (g) => {
    const { images, outs, x, weight, y } = operandsOf(g);
    return {
      inputs: [x, weight],
      op: (x, weight) => [convolveForward(g, { x, weight }).y],
      sample: placesOf(y.shape, images, ALL, ALL, outs),
      expected: () =>
        conv2d(part(x, images, ALL, ALL, ALL), part(weight, ALL, ALL, ALL, outs), undefined, g)
          .data,
    };
  },
  conv2dInputGrad: (g) => {
    const { images, ins, x, weight, y } = operandsOf(g);
    return {
      inputs: [y, weight],
      op: (grad, weight) => [convolveInputGrad(g, grad, weight)],
      sample: placesOf(x.shape, images, ALL, ALL, ins),
      expected: () => {
        const shape = [images.length, g.height, g.width, ins.length];
        const grad = part(y, images, ALL, ALL, ALL);
        return conv2dInputGradient(grad, part(weight, ALL, ALL, ins, ALL), shape, g).data;
      },
    };
  },
  conv2dWeightGrad: (g) => {
    const { ins, outs, x, weight, y } = operandsOf(g);
    return {
      inputs: [x, y],
      op: (x, grad) => {
        const { weight, bias } = convolveWeightGrad(g, x, grad);
        return [weight, bias];
      },
      sample: placesOf(weight.shape, ALL, ALL, ins, outs),
      expected: () => {
        const shape = [g.kernelHeight, g.kernelWidth, ins.length, outs.length];
        const grad = part(y, ALL, ALL, ALL, outs);
        return conv2dWeightGradient(grad, part(x, ALL, ALL, ALL, ins), shape, g).data;
      },
    };
  },
};

/** The arrays of a convolution, one of which comes out, and the images and channels that are sampled. */
function operandsOf(g: Geometry) {
  const inChannels = padded(g.inChannels), outChannels = padded(g.outChannels);
  return {
    x: drawn([g.batch, g.height, g.width, inChannels], 0),
    weight: drawn([g.kernelHeight, g.kernelWidth, inChannels, outChannels], 1),
    y: drawn([g.batch, g.outHeight, g.outWidth, outChannels], 2),
    images: someOf(g.batch, 2),
    ins: someOf(inChannels, 4),
    outs: someOf(outChannels, 4),
  };
}

/** A prime, so that no stride of an array is a multiple of it: what lies near each other is not equal. */
const DRAWN = 65521;

/** Random numbers in [-1, 1), the same in every run; repeated, because drawing millions takes seconds. */
function drawn(shape: readonly number[], stream: number): Operand {
  const random = new Random(1, "weights", stream);
  const size = sizeOf(shape), length = Math.min(size, DRAWN);
  const some = Float32Array.from({ length }, () => 2 * random.uniform() - 1);
  return { shape, data: new Float32Array(size).map((_, at) => some[at % DRAWN]) };
}

/** Places along an axis; {@linkcode ALL} stands for each. */
type Places = readonly number[] | undefined;
const ALL = undefined;

/** At most so many places along an axis, evenly from the first to the last. */
function someOf(size: number, most: number): number[] {
  const count = Math.min(size, most);
  return Array.from({ length: count }, (_, i) => Math.round(i * (size - 1) / (count - 1 || 1)));
}

/** Where the elements at these places of each axis are in the data of an array. */
function placesOf(shape: readonly number[], ...axes: Places[]): number[] {
  const steps = strides(shape);
  return axes.reduce<number[]>((found, own, axis) => {
    const along = own ?? Array.from({ length: shape[axis] }, (_, i) => i);
    return found.flatMap((from) => along.map((place) => from + place * steps[axis]));
  }, [0]);
}

/** The part of an array at these places of each axis, in float64. */
function part({ shape, data }: Operand, ...axes: Places[]): Array64 {
  const places = placesOf(shape, ...axes);
  return array64(
    axes.map((own, axis) => own?.length ?? shape[axis]),
    places.map((place) => data[place]),
  );
}
