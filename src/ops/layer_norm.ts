/** Layer normalization. */
import { onlyOptions } from "../base/choice.ts";
import source from "../../kernels/layer_norm.wgsl" with { type: "text" };
import { Kernel } from "../gpu/kernel.ts";
import { checkDType, checkLength } from "../tensor/operands.ts";
import { checkSetting } from "../tensor/setting.ts";
import { show } from "../tensor/shape.ts";
import { withGradient } from "../tensor/tape.ts";
import { empty, type Tensor } from "../tensor/tensor.ts";
import { add, mul } from "./binary.ts";
import { launch, overFewRows } from "./launch.ts";
import { lettingGo } from "./letting_go.ts";

const kernel = new Kernel("layer_norm", source);

/** Options of {@linkcode layerNorm}. */
export interface LayerNormOptions {
  /** The scale, `[features]`. Default: 1. */
  weight?: Tensor;
  /** The shift, `[features]`. Default: 0. */
  bias?: Tensor;
  /** Added to the variance. Default: 1e-5. */
  eps?: number;
}

/** Rows with mean 0 and variance 1. */
function standardized(x: Tensor, eps: number): Tensor {
  const columns = x.shape.at(-1)!, rows = x.size / columns;
  const { constants, threads } = overFewRows(rows, columns);
  const passes = 3 * (constants.TOGETHER ? columns / 64 + 15 : columns);
  const y = empty(x.shape), scale = empty([rows]);
  const common = { params: { rows, columns, eps }, threads, passes };
  launch(kernel, {
    ...common,
    constants: { GRADIENT: false, ...constants },
    tensors: { x, grad_y: undefined, scale, result: y },
  });
  const result = withGradient("layerNorm", [x], y, (gradY) => {
    const gradX = empty(x.shape);
    launch(kernel, {
      ...common,
      constants: { GRADIENT: true, ...constants },
      tensors: { x: y, grad_y: gradY, scale, result: gradX },
    });
    scale.dispose();
    return [gradX];
  });
  if (!result.requiresGrad) scale.dispose();
  return result;
}

/**
 * Each row along the last axis with mean 0 and variance 1, then scaled and shifted (Ba, Kiros and Hinton, "Layer
 * Normalization", 2016): `(x - mean) / sqrt(variance + eps) * weight + bias`, with the variance over all, not all but one.
 *
 * @param x `[..., features]`.
 * @throws {TypeError} When `weight` or `bias` has another length, or there are no features.
 * @throws {RangeError} When `eps` is negative.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { layerNorm, openGpu, tensor } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * const [low, high] = await layerNorm(tensor([[10, 30]]), { bias: tensor([0, 5]) }).read();
 * assertAlmostEquals(low, -1, 1e-6);
 * assertAlmostEquals(high, 6, 1e-6);
 * ```
 */
export function layerNorm(x: Tensor, options: LayerNormOptions = {}): Tensor {
  const known = ["weight", "bias", "eps"] as const;
  const { weight, bias, eps = 1e-5 } = onlyOptions("take layerNorm()", options, known);
  checkDType("layerNorm", "f32", { x }, { weight, bias });
  if (x.shape.length === 0) {
    throw new TypeError("Cannot take layerNorm of []: a scalar has no rows");
  }
  const features = x.shape.at(-1)!;
  if (features === 0) {
    throw new TypeError(`Cannot take layerNorm of ${show(x.shape)}: its rows are empty`);
  }
  const what = `Cannot take layerNorm of ${show(x.shape)}`;
  checkSetting(`${what} with eps ${eps}:`, eps, "it must be 0 or more", (held) => held >= 0);
  for (const [name, t] of Object.entries({ weight, bias })) {
    if (t) checkLength(what, name, t, features);
  }
  const y = standardized(x, eps);
  const scaled = weight ? lettingGo(mul(y, weight), y) : y;
  return bias ? lettingGo(add(scaled, bias), scaled) : scaled;
}
