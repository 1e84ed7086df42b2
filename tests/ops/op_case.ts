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

/** What a twin gives for a case. */
interface Expected {
  test: OpCase;
  inputs: Array64[];
  output: Array64;
  cotangent: Array64;
  gradients: readonly Array64[];
  /** Inputs whose gradients agree with central differences. */
  agreed: Set<number>;
}

/** By a case's backward function; cases that differ in nothing but their tiles have what they expect in common. */
const known = new WeakMap<OpCase["backward"], Expected>();

/** What the twin gives, which is computed once: it is slow, and knows nothing of tiles. */
function expectedOf(test: OpCase): Expected {
  const { twin, backward } = test, found = known.get(backward);
  if (found?.test.inputs === test.inputs && found.test.twin === twin) return found;
  const inputs = test.inputs.map(rounded), output = twin(...inputs);
  const cotangent = cotangentOf(output.shape), gradients = backward(cotangent, ...inputs);
  const made = { test, inputs, output, cotangent, gradients, agreed: new Set<number>() };
  known.set(backward, made);
  return made;
}

/** Registers the test: output and gradients against the twin, and the twin's gradients against its central differences. */
export function testOp(op: string, test: OpCase): void {
  Deno.test(`${op}() ${test.name}`, async () => {
    const { twin, outputTolerance = 1e-5, gradientTolerance = 1e-4 } = test;
    const expected = expectedOf(test), { inputs, cotangent, agreed } = expected;
    const wrt = test.wrt ?? inputs.map((_, i) => i);
    using _ = test.tiles && useTiles(test.tiles());
    using _small = throughTextures();
    const { output, gradients } = await evaluate(test.gpu, inputs, cotangent, wrt);
    assertClose(output, expected.output, outputTolerance, "output");
    assertEquals(gradients.map((g) => g !== undefined), inputs.map((_, i) => wrt.includes(i)));
    for (const i of wrt) {
      const wanted = expected.gradients[i];
      assertClose(gradients[i]!, wanted, gradientTolerance, `gradient of input ${i}`);
    }
    const loss = (values: Array64[]) =>
      twin(...values).data.reduce((sum, y, i) => sum + y * cotangent.data[i], 0);
    for (const i of test.differences ?? wrt) {
      if (agreed.has(i)) continue;
      const places = placesOf(inputs[i].data.length);
      const numeric = centralDifference(loss, inputs, i, { places });
      const found = places.map((place) => expected.gradients[i].data[place]);
      const error = relativeError(found, numeric);
      assert(error < 1e-4, `central differences of input ${i}: relative error ${error}`);
      agreed.add(i);
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
