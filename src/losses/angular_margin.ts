/** A margin on the angle between a feature and the weight of its own class. */
import { onlyOptions } from "../base/choice.ts";
import source from "../../kernels/angular_margin.wgsl" with { type: "text" };
import { Kernel } from "../gpu/kernel.ts";
import { labelsCheck } from "../ops/check_rows.ts";
import { withNumbers } from "../ops/elementwise.ts";
import { launch } from "../ops/launch.ts";
import { concat, reshape } from "../ops/layout.ts";
import { cos, sin } from "../ops/unary.ts";
import { checkDType } from "../tensor/operands.ts";
import { tensor } from "../tensor/make_tensor.ts";
import { show } from "../tensor/shape.ts";
import { noGrad, withGradient } from "../tensor/tape.ts";
import { empty, Tensor } from "../tensor/tensor.ts";
import { checkBatch } from "./checks.ts";

/**
 * What becomes of the cosine `x = cos(theta)` of a sample and its own class.
 *
 * | form | becomes | source |
 * | --- | --- | --- |
 * | `cosine` | `x - m` | CosFace (Wang et al., CVPR 2018, Eq. 4); AM-Softmax |
 * | `angle` | `cos(theta + m)`; beyond `pi - m`, where that would rise again, `x - m sin m` | ArcFace (Deng et al., CVPR 2019, Eq. 3); ronghuaiyang/arcface-pytorch |
 * | `multiple` | `(-1)^k cos(m theta) - 2k` for theta in `[k pi/m, (k+1) pi/m]` | L-Softmax (Liu et al., ICML 2016, Eq. 6); SphereFace (Liu et al., CVPR 2017, Eq. 7) |
 */
export type MarginForm = "cosine" | "angle" | "multiple";

const FORMS: readonly MarginForm[] = ["cosine", "angle", "multiple"];
const kernel = new Kernel("angular_margin", withNumbers(FORMS, source));
const checkLabels = labelsCheck("the angular margin");

/** The largest multiple of an angle. */
export const MOST_MULTIPLE = 8;

/** Options of {@linkcode angularMargin}. */
export interface AngularMarginOptions {
  /** What becomes of the cosine. */
  form: MarginForm;
  /**
   * m: any number of `cosine`; radians from 0 to pi of `angle`; a whole number from 1 to 8 of `multiple`. Of the first two it
   * may be a scalar on the GPU that changes from step to step; it has no gradient.
   */
  margin: number | Tensor;
}

/**
 * Cosines with a margin in the column of each row's own class, for a softmax over them: the class has to win by that much.
 * The gradient is finite everywhere: at cosines of -1 and 1, where the angle's is not, that of `angle` is bounded as if the
 * sine were that of the float32 number next to 1.
 *
 * @param cosines `[rows, classes]`, from -1 to 1.
 * @param labels `[rows]`, `i32`.
 * @returns `[rows, classes]`.
 * @throws {TypeError} When the shapes do not fit, or the margin is a tensor where it must be a number.
 * @throws {RangeError} For an unknown form or a margin out of range; for a label that is no class, here or at the next
 * readback.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { angularMargin, openGpu, tensor } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * const cosines = tensor([[Math.cos(1), 0.5]]);
 * const labels = tensor([0], { dtype: "i32" });
 * const [own, other] = await angularMargin(cosines, labels, { form: "angle", margin: 0.5 }).read();
 * assertAlmostEquals(own, Math.cos(1.5), 1e-6);
 * assertAlmostEquals(other, 0.5, 1e-6);
 * const [twice] = await angularMargin(cosines, labels, { form: "multiple", margin: 2 }).read();
 * assertAlmostEquals(twice, Math.cos(2), 1e-6);
 * ```
 */
export function angularMargin(
  cosines: Tensor,
  labels: Tensor,
  options: AngularMarginOptions,
): Tensor {
  const { form, margin } = onlyOptions("take angularMargin()", options, ["form", "margin"]);
  checkDType("angularMargin", "f32", { cosines });
  checkBatch("the angular margin", cosines, labels);
  const settings = settingsOf(form, margin);
  const [rows, classes] = cosines.shape;
  checkLabels(labels, classes);
  const run = (gradY: Tensor | undefined): Tensor => {
    const result = empty(cosines.shape);
    launch(kernel, {
      constants: { GRADIENT: gradY !== undefined, FORM: FORMS.indexOf(form) },
      params: { rows, classes, multiple: form === "multiple" ? margin as number : 0 },
      tensors: { cosines, labels, settings, grad_y: gradY ?? cosines, result },
      threads: cosines.size,
    });
    return result;
  };
  return withGradient("angularMargin", [cosines], run(undefined), (gradY) => [run(gradY)], [
    labels,
    settings,
  ]);
}

/** What the kernel reads of the margin. */
function settingsOf(form: MarginForm, margin: number | Tensor): Tensor {
  checkMargin(form, margin);
  if (form === "multiple") {
    const m = margin as number;
    const ends = Array.from({ length: m - 1 }, (_, k) => Math.cos((k + 1) * Math.PI / m));
    return tensor([m, ...ends]);
  }
  if (!(margin instanceof Tensor)) return tensor([margin, Math.cos(margin), Math.sin(margin)]);
  return noGrad(() => concat([margin, cos(margin), sin(margin)].map((t) => reshape(t, [1])), 0));
}

/**
 * Refuses a margin that its form does not have.
 *
 * @throws {TypeError}
 * @throws {RangeError}
 */
function checkMargin(form: MarginForm, margin: number | Tensor): void {
  const act = `Cannot take the angular margin in the form "${form}"`;
  if (!FORMS.includes(form)) throw new RangeError(`${act}: the forms are ${FORMS.join(", ")}`);
  if (margin instanceof Tensor) {
    if (form !== "multiple" && margin.size === 1 && margin.dtype === "f32") return;
    throw new TypeError(
      `${act} with a margin ${margin.dtype} ${show(margin.shape)}: it must be ` +
        (form === "multiple" ? "a number" : "a number or an f32 scalar"),
    );
  }
  const wanted = {
    cosine: ["a finite number", Number.isFinite(margin)],
    angle: ["from 0 to pi", margin >= 0 && margin <= Math.PI],
    multiple: [
      `a whole number from 1 to ${MOST_MULTIPLE}`,
      Number.isInteger(margin) && margin >= 1 && margin <= MOST_MULTIPLE,
    ],
  } as const;
  const [words, fits] = wanted[form];
  if (typeof margin === "number" && fits) return;
  throw new RangeError(`${act} with margin ${margin}: it must be ${words}`);
}
