/** One case of an op, and the test made of it. */
import { assert, assertEquals } from "@std/assert";
import { gpu } from "../../src/gpu/device.ts";
import type { Tiles } from "../../src/gpu/tiles/tiles.ts";
import type { Tensor } from "../../src/tensor/tensor.ts";
import { centralDifference } from "../reference/central_difference.ts";
import { cotangentOf, evaluate, rounded } from "../on_gpu.ts";
import type { Array64 } from "../../src/reference/array64.ts";
import { relativeError } from "../../src/reference/relative_error.ts";
import { assertClose } from "../reference/assert_close.ts";

/** An op on some inputs, on the GPU and in float64. */
export interface OpCase {
  /** Completes the sentence "op() ...". */
  name: string;
  inputs: readonly Array64[];
  /** Which inputs need gradients; all without it. */
  wrt?: readonly number[];
  gpu: (...inputs: Tensor[]) => Tensor;
  twin: (...inputs: Array64[]) => Array64;
  /** The twin's gradients, one an input. */
  backward: (grad: Array64, ...inputs: Array64[]) => readonly Array64[];
  /** The bar of the output, where float32 cannot reach 1e-5; a comment must say why. */
  outputTolerance?: number;
  /** The bar of the gradients, where float32 cannot reach 1e-4; a comment must say why. */
  gradientTolerance?: number;
  /** Which of the twin's gradients are compared with central differences: `wrt` without it, none where the function has a kink. */
  differences?: readonly number[];
  /** Tiles in place of those of the adapter. */
  tiles?: () => Tiles;
}

const MOST_DIFFERENCES = 24;

/** Registers the test: output and gradients against the twin, and the twin's gradients against its central differences. */
export function testOp(op: string, test: OpCase): void {
  Deno.test(`${op}() ${test.name}`, async () => {
    const { twin, backward, outputTolerance = 1e-5, gradientTolerance = 1e-4 } = test;
    const inputs = test.inputs.map(rounded);
    const wrt = test.wrt ?? inputs.map((_, i) => i);
    const expected = twin(...inputs);
    const cotangent = cotangentOf(expected.shape);
    using _ = test.tiles && useTiles(test.tiles());
    using _small = throughTextures();
    const { output, gradients } = await evaluate(test.gpu, inputs, cotangent, wrt);
    assertClose(output, expected, outputTolerance, "output");
    assertEquals(gradients.map((g) => g !== undefined), inputs.map((_, i) => wrt.includes(i)));
    const expectedGradients = backward(cotangent, ...inputs);
    for (const i of wrt) {
      assertClose(gradients[i]!, expectedGradients[i], gradientTolerance, `gradient of input ${i}`);
    }
    const loss = (values: Array64[]) =>
      twin(...values).data.reduce((sum, y, i) => sum + y * cotangent.data[i], 0);
    for (const i of test.differences ?? wrt) {
      const places = placesOf(inputs[i].data.length);
      const numeric = centralDifference(loss, inputs, i, { places });
      const found = places.map((place) => expectedGradients[i].data[place]);
      const error = relativeError(found, numeric);
      assert(error < 1e-4, `central differences of input ${i}: relative error ${error}`);
    }
  });
}

/** All elements of a small input, some of a large one, spread over it: a twin is slow. */
function placesOf(size: number): number[] {
  const count = Math.min(size, MOST_DIFFERENCES);
  return Array.from({ length: count }, (_, i) => size <= count ? i : (i * 7919 + 13) % size);
}

/** Until disposed, small arrays are read as large ones are. */
export function throughTextures(): Disposable {
  const device = gpu(), own = device.leastTextureBytes;
  device.leastTextureBytes = 0;
  return { [Symbol.dispose]: () => void (device.leastTextureBytes = own) };
}

/** Until disposed, ops run with these tiles. */
export function useTiles(tiles: Tiles): Disposable {
  const device = gpu() as { tiles: Tiles };
  const own = device.tiles;
  device.tiles = tiles;
  return { [Symbol.dispose]: () => void (device.tiles = own) };
}
