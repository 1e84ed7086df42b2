/** What is tuned: one kernel on one shape. */
import { TILED, type Tiled, tileKey } from "../gpu/tiles/tiles.ts";
import { flopsOf as convolutionFlops, geometryOf } from "../ops/conv2d_geometry.ts";
import { productOf } from "../ops/matmul_sizes.ts";

/** A kernel on a shape. The name of the shape says everything that operands are made from. */
export interface Use {
  kernel: Tiled;
  shape: string;
}

/** Smaller shapes take the time of a dispatch, whatever their tile. */
const WORTHWHILE_FLOPS = 1 << 22;

/** Its name among the tuned tiles. */
export function keyOf({ kernel, shape }: Use): string {
  return tileKey(kernel, shape);
}

/** The kernel and shape of such a name; undefined for what is none. */
export function useOf(key: string): Use | undefined {
  const space = key.indexOf(" ");
  const kernel = TILED.find((it) => it === key.slice(0, space)), shape = key.slice(space + 1);
  if (!kernel) return undefined;
  return (kernel === "matmul" ? productOf : geometryOf)(shape) && { kernel, shape };
}

/**
 * Floating-point operations, a multiply-add counted as two, as the formula has them: padding and bias left out.
 *
 * @throws {TypeError} When the shape has no such name.
 */
export function flopsOf({ kernel, shape }: Use): number {
  const product = kernel === "matmul" ? productOf(shape) : undefined;
  if (product) return 2 * product.rows * product.inner * product.cols;
  const convolution = kernel === "matmul" ? undefined : geometryOf(shape);
  if (convolution) return convolutionFlops(convolution);
  throw new TypeError(`Cannot tune ${kernel} on "${shape}": no such shape`);
}

/** Those in which tiles can make a difference, the most work first: the order in which a budget is spent. */
export function worthTuning(uses: readonly Use[]): Use[] {
  const worth = uses.filter((use) => flopsOf(use) >= WORTHWHILE_FLOPS);
  return worth.sort((a, b) => flopsOf(b) - flopsOf(a) || (keyOf(a) < keyOf(b) ? -1 : 1));
}
