/** The relatives of center loss beside their float64 twins: values, and gradients by central differences of the twins. */
import {
  adaCosScale,
  add,
  arcFace,
  classAnchorTerms,
  contrastiveCenterLoss,
  cosFace,
  cosineSoftmax,
  gitSeparation,
  islandSeparation,
  largeMarginSoftmax,
  mul,
  proxyAnchorLoss,
  rangeTerms,
  ringLoss,
  softTripleTerms,
  sphereFace,
  supConLoss,
  type Tensor,
  tripletCenterLoss,
} from "../../mod.ts";
import * as angular from "../../src/reference/angular_softmax.ts";
import { type Array64, array64 } from "../../src/reference/array64.ts";
import * as centers from "../../src/reference/center_relatives.ts";
import * as pairs from "../../src/reference/pair_losses.ts";
import { uniform } from "../../src/reference/uniform.ts";
import { centralDifference } from "../reference/central_difference.ts";
import { integers } from "../on_gpu.ts";
import { testOp } from "../ops/op_case.ts";

/** Rows, classes, length of a feature, and labels: with classes that are absent, and with one class alone. */
const BATCHES = [
  { rows: 9, classes: 5, dim: 2, labels: [0, 1, 1, 4, 0, 0, 1, 4, 1] },
  { rows: 3, classes: 4, dim: 7, labels: [2, 2, 2] },
  { rows: 70, classes: 10, dim: 3, labels: Array.from({ length: 70 }, (_, i) => (7 * i) % 9) },
];

type Batch = typeof BATCHES[number];

/** A loss on two matrices, on the GPU and in float64. */
interface Case {
  /** The shape of the second input; none where there is one. */
  second?: (batch: Batch) => number[];
  first?: (batch: Batch) => number[];
  gpu: (labels: Tensor, batch: Batch, a: Tensor, b: Tensor) => Tensor;
  twin: (labels: number[], batch: Batch, a: Array64, b: Array64) => Array64;
  /** False where there is no gradient. */
  gradient?: boolean;
}

const weight = ({ dim, classes }: Batch) => [dim, classes];
const ofClasses = ({ dim, classes }: Batch) => [classes, dim];

const CASES: Record<string, Case> = {
  largeMarginSoftmax: {
    second: weight,
    gpu: (y, _, x, w) => largeMarginSoftmax(x, w, y, { margin: 4, lambda: 2 }),
    twin: (y, _, x, w) => angular.largeMarginSoftmax([x, w, y], 4, 2),
  },
  sphereFace: {
    second: weight,
    gpu: (y, _, x, w) => sphereFace(x, w, y, { margin: 3 }),
    twin: (y, _, x, w) => angular.sphereFace([x, w, y], 3),
  },
  cosineSoftmax: {
    second: weight,
    gpu: (y, _, x, w) => cosineSoftmax(x, w, y, { scale: 6.25 }),
    twin: (y, _, x, w) => angular.cosineSoftmax([x, w, y], 6.25),
  },
  cosFace: {
    second: weight,
    gpu: (y, _, x, w) => cosFace(x, w, y, { scale: 7, margin: 0.2 }),
    twin: (y, _, x, w) => angular.cosFace([x, w, y], 7, 0.2),
  },
  arcFace: {
    second: weight,
    gpu: (y, _, x, w) => arcFace(x, w, y, { scale: 10, margin: 0.25 }),
    twin: (y, _, x, w) => angular.arcFace([x, w, y], 10, 0.25),
  },
  adaCosScale: {
    first: ({ rows, classes }) => [rows, classes],
    gpu: (y, _, x) => adaCosScale(mul(x, 0.49), y, { scale: 2 }),
    twin: (y, _, x) =>
      angular.adaCosScale(array64(x.shape, x.data.map((v) => v * Math.fround(0.49))), y, 2),
    gradient: false,
  },
  ringLoss: {
    second: () => [1],
    gpu: (_y, _, x, r) => ringLoss(x, r),
    twin: (_y, _, x, r) => centers.ringLoss(x, r),
  },
  contrastiveCenterLoss: {
    second: ofClasses,
    gpu: (y, _, x, c) => contrastiveCenterLoss(x, c, y, { delta: 0.5 }),
    twin: (y, _, x, c) => centers.contrastiveCenterLoss(x, c, y, 0.5),
  },
  tripletCenterLoss: {
    second: ofClasses,
    gpu: (y, _, x, c) => tripletCenterLoss(x, c, y, { margin: 1 }),
    twin: (y, _, x, c) => centers.tripletCenterLoss(x, c, y, 1),
  },
  islandSeparation: {
    first: ofClasses,
    gpu: (_y, _, c) => islandSeparation(c),
    twin: (_y, _, c) => centers.islandSeparation(c),
  },
  gitSeparation: {
    second: ofClasses,
    gpu: (y, _, x, c) => gitSeparation(x, c, y),
    twin: (y, _, x, c) => centers.gitSeparation(x, c, y),
  },
  rangeTerms: {
    gpu: (y, { classes }, x) => {
      const { within, between } = rangeTerms(x, y, { classes, largest: 3, margin: 9 });
      return add(within, mul(between, 0.5));
    },
    twin: (y, _, x) => pairs.rangeLoss(x, y, { largest: 3, margin: 9, weight: 0.5 }),
  },
  classAnchorTerms: {
    first: ({ rows, classes }) => [rows, classes],
    gpu: (y, _, z) => {
      const { tuplet, anchor } = classAnchorTerms(z, y, { anchor: 3 });
      return add(tuplet, mul(anchor, 0.1));
    },
    twin: (y, _, z) => centers.classAnchors(z, y, 3, 0.1),
  },
  supConLoss: {
    gpu: (y, _, x) => supConLoss(x, y, { temperature: 0.2 }),
    twin: (y, _, x) => pairs.supConLoss(x, y, 0.2),
  },
  proxyAnchorLoss: {
    second: weight,
    gpu: (y, _, x, w) => proxyAnchorLoss(x, w, y),
    twin: (y, _, x, w) => pairs.proxyAnchorLoss(x, w, y, { scale: 32, margin: 0.1 }),
  },
  softTripleTerms: {
    second: ({ dim, classes }) => [dim, 3 * classes],
    gpu: (y, _, x, w) => {
      const { classification, spread } = softTripleTerms(x, w, y, { proxies: 3 });
      return add(classification, mul(spread, 0.2));
    },
    twin: (y, _, x, w) =>
      pairs.softTripleLoss(x, w, y, {
        ...{ proxies: 3, scale: 20, temperature: 0.1, margin: 0.01, tau: 0.2 },
      }),
  },
};

for (const [name, { first, second, gpu, twin, gradient = true }] of Object.entries(CASES)) {
  for (const batch of BATCHES) {
    const { rows, dim, labels, classes } = batch;
    const shapes = [first?.(batch) ?? [rows, dim], ...(second ? [second(batch)] : [])];
    const ofInputs = (inputs: Array64[]) => twin(labels, batch, inputs[0], inputs[1]);
    testOp(name, {
      name: `takes ${rows} samples of ${classes} classes, ${dim}-D, as its twin does`,
      inputs: shapes.map((shape, i) => uniform(shape, { seed: 5 + i })),
      ...(!gradient && { wrt: [] }),
      gpu: (a, b) => gpu(integers(labels), batch, a, b),
      twin: (...inputs) => ofInputs(inputs),
      backward: (g, ...inputs) =>
        inputs.map(({ shape }, i) =>
          array64(
            shape,
            centralDifference((moved) => ofInputs(moved).data[0], inputs, i, { h: 1e-6 }).map((d) =>
              d * g.data[0]
            ),
          )
        ),
      // The gradients are central differences already.
      differences: [],
    });
  }
}
