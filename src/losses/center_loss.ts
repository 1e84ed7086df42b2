/** Center loss, with every published rule for its centers. */
import { onlyOptions } from "../base/choice.ts";
import centerGradSource from "../../kernels/center_loss_center_grad.wgsl" with { type: "text" };
import source from "../../kernels/center_loss.wgsl" with { type: "text" };
import { Kernel } from "../gpu/kernel.ts";
import { labelsCheck } from "../ops/check_rows.ts";
import { launch } from "../ops/launch.ts";
import { totalOf } from "../ops/reduce.ts";
import { checkDType } from "../tensor/operands.ts";
import { withGradient } from "../tensor/tape.ts";
import { empty, type Tensor } from "../tensor/tensor.ts";
import { checkBatch, checkCenters } from "./checks.ts";

const checkLabels = labelsCheck("the center loss");
const kernel = new Kernel("center_loss", source);
const centerGrad = new Kernel("center_loss_center_grad", centerGradSource);

/**
 * The published rules, side by side. `m` is the batch size, `n_j` the number of its samples with label `j`,
 * `S_j = sum over those i of (c_j - x_i)`.
 *
 * | rule | loss | gradient handed to the centers | source |
 * | --- | --- | --- | --- |
 * | `autograd` | mean of `\|x - c\|^2` | its own: `2/m S_j`, times the loss weight | mo-vic/standalone-center-loss, KaiyangZhou/pytorch-center-loss, whose script takes the weight out again |
 * | `paper` | mean of `1/2 \|x - c\|^2` | `S_j / (1 + n_j)`, never times the loss weight | Wen et al. 2016, Eq. 4; ydwen/caffe-face |
 * | `paper/batch` | mean of `1/2 \|x - c\|^2` | `S_j / (1 + n_j) / m`, never times the loss weight | jxgu1016/MNIST_center_loss_pytorch |
 * | `balanced` | mean of `1/2 \|x - c\|^2 / n_y` | its own: `S_j / (m n_j)`, times the loss weight | ShownX/mxnet-center-loss, wangx404/Center_Loss_in_MXNet |
 * | `jx-2018` | sum of `1/2 \|x - c\|^2 / (1 + n_y)` | its own: `S_j / (1 + n_j)`, times the loss weight | jxgu1016/MNIST_center_loss_pytorch until March 2018 |
 * | `plain` | mean of `1/2 \|x - c\|^2` | its own: `S_j / m`, times the loss weight | wangx404/Center_Loss_in_MXNet, first form |
 */
export type CenterRule = "autograd" | "paper" | "paper/batch" | "balanced" | "jx-2018" | "plain";

/** What a rule's loss is made of, and the number by which the kernel for the centers knows it. */
interface RuleTerms {
  code: number;
  factor: number;
  /** Whether the loss is a sum over the batch; else it is a mean. */
  summed?: boolean;
  /** A sample's distance is divided by this plus the number of samples of its class; undivided without it. */
  added?: number;
}

const RULES: Record<CenterRule, RuleTerms> = {
  autograd: { code: 0, factor: 1 },
  paper: { code: 1, factor: 0.5 },
  "paper/batch": { code: 2, factor: 0.5 },
  balanced: { code: 3, factor: 0.5, added: 0 },
  "jx-2018": { code: 4, factor: 0.5, summed: true, added: 1 },
  plain: { code: 5, factor: 0.5 },
};

/** Names of all rules. */
export const CENTER_RULES: readonly CenterRule[] = Object.keys(RULES) as CenterRule[];

/**
 * Pulls every feature towards the center of its class (Wen et al., "A Discriminative Feature Learning Approach for Deep
 * Face Recognition", ECCV 2016, Eq. 2).
 *
 * @param features `[batch, dim]`.
 * @param centers `[classes, dim]`.
 * @param labels `[batch]`, `i32`.
 * @returns A scalar, in squared units of the features.
 * @throws {TypeError} When the shapes do not fit.
 * @throws {RangeError} For an unknown rule; for a label that is no class, here or at the next readback.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { centerLoss, openGpu, tensor } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * const features = tensor([[3, 4], [1, 0]]);
 * const centers = tensor([[0, 0], [1, 1]]);
 * const labels = tensor([0, 1], { dtype: "i32" });
 * assertEquals(await centerLoss(features, centers, labels, { rule: "autograd" }).item(), 13);
 * assertEquals(await centerLoss(features, centers, labels, { rule: "paper" }).item(), 6.5);
 * assertEquals(await centerLoss(features, centers, labels, { rule: "jx-2018" }).item(), 6.5);
 * ```
 */
export function centerLoss(
  features: Tensor,
  centers: Tensor,
  labels: Tensor,
  options: { rule: CenterRule },
): Tensor {
  const { rule: name } = onlyOptions("take centerLoss()", options, ["rule"]);
  checkDType("centerLoss", "f32", { features, centers });
  checkBatch("the center loss", features, labels);
  if (!CENTER_RULES.includes(name)) {
    throw new RangeError(
      `Cannot take the center loss by the rule "${name}": the rules are ${CENTER_RULES.join(", ")}`,
    );
  }
  const rule = RULES[name];
  const [samples, dim] = features.shape;
  const [classes] = centers.shape;
  checkCenters("the center loss", features, centers);
  checkLabels(labels, classes);
  const given = { features, centers, labels };
  const scale = rule.summed ? rule.factor : rule.factor / samples;
  const counted = rule.added !== undefined;
  const run = (gradLoss: Tensor | undefined, result: Tensor) => {
    launch(kernel, {
      constants: { GRADIENT: gradLoss !== undefined, COUNTED: counted },
      params: { samples, dim, classes, scale, added: rule.added ?? 0 },
      tensors: { ...given, grad_loss: gradLoss ?? features, result },
      threads: samples,
      passes: dim + (counted ? samples : 0),
    });
    return result;
  };
  const losses = run(undefined, empty([samples]));
  return withGradient("centerLoss", [features, centers], totalOf(losses), (gradLoss) => {
    const gradFeatures = features.requiresGrad ? run(gradLoss, empty(features.shape)) : undefined;
    const gradCenters = centers.requiresGrad ? empty(centers.shape) : undefined;
    if (gradCenters) {
      launch(centerGrad, {
        constants: { RULE: rule.code },
        params: { samples, dim, classes },
        tensors: { ...given, grad_loss: gradLoss, grad_centers: gradCenters },
        threads: centers.size,
        passes: samples,
        cost: { flops: 2 * centers.size * samples },
      });
    }
    return [gradFeatures, gradCenters];
  }, [labels]);
}
