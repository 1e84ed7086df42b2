/** The kernels of a training step beside the matrix product and the convolutions: those that memory limits. */
import { centerLoss } from "../../src/losses/center_loss.ts";
import { softmaxCrossEntropy } from "../../src/losses/cross_entropy.ts";
import { batchNorm } from "../../src/ops/batch_norm.ts";
import { ones, zeros } from "../../src/ops/fill.ts";
import { maxPool2d } from "../../src/ops/max_pool2d.ts";
import { prelu } from "../../src/ops/prelu.ts";
import { sum } from "../../src/ops/reduce.ts";
import { squaredDistances } from "../../src/ops/squared_distances.ts";
import { tensor } from "../../src/tensor/make_tensor.ts";
import { batchNormTrain, batchNormTrainBackward } from "../../src/reference/batch_norm.ts";
import * as centerTwin from "../../src/reference/center_loss.ts";
import * as poolTwin from "../../src/reference/max_pool2d.ts";
import * as preluTwin from "../../src/reference/prelu.ts";
import { reduceSum } from "../../src/reference/reduce.ts";
import * as crossTwin from "../../src/reference/softmax_cross_entropy.ts";
import { squaredDistances as distancesTwin } from "../../src/reference/squared_distances.ts";
import { backwardWork, forwardWork, type Op } from "./op_work.ts";
import type { Work } from "../work.ts";

/** Side and channels of the images inside a network. */
const SIDE = 28, CHANNELS = 32;
/** Rows, their length and the classes, for what comes after a network. */
const ROWS = 1024, DIM = 128, CLASSES = 10;
const LABELS = Array.from({ length: ROWS }, (_, i) => i % CLASSES);

/** All of them; those inside of a network on `batch` images. */
export function opWorks(batch: number): Work[] {
  return [...imageOps(batch), ...rowOps()].flatMap((op) =>
    op.backward ? [forwardWork(op), backwardWork(op)] : [forwardWork(op)]
  );
}

function imageOps(batch: number): Op[] {
  const images = [batch, SIDE, SIDE, CHANNELS], pooled = [batch, SIDE / 2, SIDE / 2, CHANNELS];
  return [
    {
      work: "batch norm + ReLU",
      // A shift so large that no ReLU is off: at the kink float32 and float64 may take different sides.
      inputs: [{ shape: images }, { shape: [CHANNELS] }, { shape: [CHANNELS], low: 9, high: 11 }],
      others: () => [zeros([CHANNELS]), ones([CHANNELS])],
      output: images,
      gpu: (x, weight, bias, runningMean, runningVar) =>
        batchNorm(x, { weight, bias, runningMean, runningVar }, { training: true, relu: true }),
      twin: (x, weight, bias) => batchNormTrain(x, weight, bias),
      backward: (grad, x, weight) => {
        const gradients = batchNormTrainBackward(grad, x, weight);
        return [gradients.x, gradients.weight, gradients.bias];
      },
    },
    {
      work: "PReLU",
      inputs: [{ shape: images }, { shape: [1] }],
      output: images,
      gpu: prelu,
      twin: preluTwin.prelu,
      backward: (grad, x, weight) => {
        const gradients = preluTwin.preluBackward(grad, x, weight);
        return [gradients.x, gradients.weight];
      },
    },
    {
      work: "max pool 2x2",
      inputs: [{ shape: images }],
      output: pooled,
      gpu: (x) => maxPool2d(x),
      twin: (x) => poolTwin.maxPool2d(x, { kernel: 2 }),
      backward: (grad, x) => [poolTwin.maxPool2dBackward(grad, x, { kernel: 2 })],
      // Of the image it needs only where each maximum stood.
      moved: [pooled, pooled, images],
    },
    {
      work: "sum over pixels",
      inputs: [{ shape: images }],
      output: [CHANNELS],
      gpu: (x) => sum(x, { axes: [0, 1, 2] }),
      twin: (x) => reduceSum(x, [0, 1, 2]),
    },
  ];
}

function rowOps(): Op[] {
  const rows = { shape: [ROWS, DIM] }, centers = { shape: [CLASSES, DIM] };
  const others = () => [tensor(LABELS, { dtype: "i32" })];
  return [
    {
      work: "softmax cross-entropy",
      inputs: [rows],
      others,
      output: [],
      gpu: softmaxCrossEntropy,
      twin: (logits) => crossTwin.softmaxCrossEntropy(logits, LABELS),
      backward: (grad, logits) => [crossTwin.softmaxCrossEntropyBackward(grad, logits, LABELS)],
    },
    {
      work: "center loss",
      inputs: [rows, centers],
      others,
      output: [],
      gpu: (x, c, labels) => centerLoss(x, c, labels, { rule: "autograd" }),
      twin: (x, c) => centerTwin.centerLoss(x, c, LABELS, "autograd"),
      backward: (grad, x, c) => {
        const gradients = centerTwin.centerLossBackward(grad, x, c, LABELS, "autograd");
        return [gradients.features, gradients.centers];
      },
    },
    {
      work: "squared distances",
      inputs: [rows, centers],
      output: [ROWS, CLASSES],
      gpu: squaredDistances,
      twin: distancesTwin,
    },
  ];
}
