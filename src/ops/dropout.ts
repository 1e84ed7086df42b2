/** Dropout, with masks that a replayed step draws anew. */
import { onlyOptions } from "../base/choice.ts";
import source from "../../kernels/dropout_mask.wgsl" with { type: "text" };
import { Kernel } from "../gpu/kernel.ts";
import { checkDType } from "../tensor/operands.ts";
import { checkSetting } from "../tensor/setting.ts";
import { show } from "../tensor/shape.ts";
import { withGradient } from "../tensor/tape.ts";
import { empty, type Tensor } from "../tensor/tensor.ts";
import { evaluateBinary } from "./binary_kernel.ts";
import { countUp } from "./count_up.ts";
import { zeros } from "./fill.ts";
import { launch } from "./launch.ts";
import { chosen } from "./where.ts";

const kernel = new Kernel("dropout_mask", source);

/** Keeps these draws apart from the others of a seed, which `src/model/random.ts` lists. */
export const PURPOSE = 4;

/** Options of {@linkcode dropout}. */
export interface DropoutOptions {
  /** Probability that an element is dropped, from 0 to below 1. */
  p: number;
  /** Chooses the masks, a whole number; two dropouts of a network have two seeds. */
  seed: number;
  /** How often masks were drawn before, `[1]`, `i32`: each call adds 1 on the GPU. */
  draws: Tensor;
}

/**
 * Each element is 0 with probability `p`, else divided by `1 - p`, so that its mean stays (Srivastava et al., "Dropout", JMLR
 * 2014). A NaN that is dropped is 0, too. The gradient takes the same mask. Only for training: the layer {@linkcode Dropout}
 * knows when that is.
 *
 * A mask is a function of `seed`, `draws` and the element's place (Philox4x32-10): the same on every adapter. The count is
 * on the GPU, so a recorded step draws another mask in each replay; `draws.write([0])` begins again.
 *
 * @throws {TypeError} When `x` is no `f32`, or `draws` no `i32` `[1]`.
 * @throws {RangeError} When `p` is not from 0 to below 1, or `seed` no whole number from 0 to below 2^32.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { dropout, ones, openGpu, recorded, tensor } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * const x = ones([100]);
 * const draws = tensor([0], { dtype: "i32" });
 * const step = recorded(() => dropout(x, { p: 0.5, seed: 1, draws }));
 * const [first, second] = [await step().read(), await step().read()];
 * assertEquals(new Set(first), new Set([0, 2]));
 * assertEquals(first.every((value, i) => value === second[i]), false);
 * step.dispose();
 * ```
 */
export function dropout(x: Tensor, options: DropoutOptions): Tensor {
  const { p, seed, draws } = onlyOptions("take dropout()", options, ["p", "seed", "draws"]);
  checkDType("dropout", "f32", { x });
  checkDType("dropout", "i32", { draws });
  if (draws.size !== 1) {
    throw new TypeError(`Cannot take dropout() with draws ${show(draws.shape)}: they are [1]`);
  }
  checkDropout(p, seed);
  const mask = empty(x.shape);
  launch(kernel, {
    params: { size: x.size, seed, purpose: PURPOSE, p, scale: 1 / (1 - p) },
    tensors: { draws, mask },
    threads: Math.ceil(x.size / 4),
  });
  countUp(draws);
  const y = withGradient("dropout", [x], masked(x, mask), (gradY) => {
    const gradX = masked(gradY, mask);
    mask.dispose();
    return [gradX];
  });
  if (!y.requiresGrad) mask.dispose();
  return y;
}

/** Elements times their mask, and 0 where that is 0: NaN and infinities that are dropped leave no trace. */
function masked(x: Tensor, mask: Tensor): Tensor {
  const scaled = evaluateBinary("mul", x, mask), zero = zeros([]);
  const y = chosen(mask, scaled, zero);
  for (const t of [scaled, zero]) t.dispose();
  return y;
}

/**
 * Refuses what is no probability of dropping, and no seed.
 *
 * @throws {RangeError}
 */
export function checkDropout(p: number, seed: number): void {
  const what = `Cannot drop elements with probability ${p}:`;
  checkSetting(what, p, "it is from 0 to below 1", (held) => held >= 0 && held < 1);
  if (!Number.isInteger(seed) || seed < 0 || seed >= 2 ** 32) {
    throw new RangeError(
      `Cannot drop elements with seed ${seed}: it is a whole number from 0 to below 2 ** 32`,
    );
  }
}
