/** How losses on the angle begin: with a softmax over `|x| cos(theta)`, which gives way to their own form. */
import { div, maximum, minimum, mul, sub } from "../ops/binary.ts";
import { full } from "../ops/fill.ts";
import { reshape } from "../ops/layout.ts";
import { norm } from "../ops/norm.ts";
import { cosinesOf } from "../model/heads.ts";
import type { Entry } from "../model/layer.ts";
import { noGrad } from "../tensor/tape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { StepCounter } from "./anneal.ts";
import { softmaxCrossEntropy } from "./cross_entropy.ts";
import type { LossInputs, LossSizes, NumberSetting, Objective } from "./loss.ts";

/**
 * The share of a training that begins with a softmax over `|x| cos(theta)`. A loss of directions alone has no gradient along a
 * feature, so nothing brings features back that drift to one side of the plane, and ten classes then share a few degrees.
 * Where lengths of features count, they spread about the origin first. NormFace's author fine-tunes a network that a
 * softmax has trained, and finds the scaled softmax much like a softmax from scratch (happynear/NormFace, issue 1).
 */
export const SOFTMAX_SHARE = {
  flag: "softmax-share",
  what:
    "share of the training that begins with a softmax over |x| cos θ, which gives way in its last quarter",
  range: { low: 0, high: 1 },
  optional: true,
  fixed: true,
} as const satisfies NumberSetting;

/** Counts steps, and keeps how many of them begin with a softmax: a training that is made longer does not go back to it. */
class FirstSteps extends StepCounter {
  /** How many, `[1]`. */
  readonly first: Tensor;

  constructor(first: number) {
    super();
    this.first = full([1], first);
  }

  override entries(): Entry[] {
    const kept = { trainable: false, torch: { kind: "same" } as const };
    return [...super.entries(), { name: "softmax_steps", tensor: this.first, ...kept }];
  }
}

/** What a loss on the angle begins and goes on with. */
interface Begun {
  /** Names of its own terms. */
  terms: readonly string[];
  /** The factor on each. */
  weights: readonly number[];
  /** The share of all steps that begins with the softmax; where their number is unknown, none does. */
  softmaxShare: number | undefined;
  /** Its terms, then what is counted; `since` is how many steps ago the softmax ended, a scalar. */
  evaluate: (inputs: LossInputs, since: Tensor) => Tensor[];
  /** What is multiplied by lengths to be the logits of the softmax. Default: cosines of features and weights. */
  cosines?: (inputs: LossInputs) => Tensor;
}

/** The parts of an objective that begins with a softmax: a term "softmax" stands behind its own while there is one. */
export function softmaxFirst(
  { terms, weights, softmaxShare = 0, evaluate, cosines = headCosines }: Begun,
): Pick<Objective, "terms" | "weights" | "layer" | "evaluate"> {
  const begins = softmaxShare > 0;
  return {
    terms: begins ? [...terms, "softmax"] : terms,
    weights: begins ? [...weights, 1] : weights,
    layer: ({ steps = 0 }: LossSizes) => new FirstSteps(Math.floor(softmaxShare * steps)),
    evaluate: (inputs) => {
      const { labels, training } = inputs, layer = inputs.layer as FirstSteps;
      const step = layer.next(training), first = noGrad(() => reshape(layer.first, []));
      const columns = evaluate(inputs, noGrad(() => maximum(sub(step, first), 0)));
      if (!begins) return columns;
      const own = noGrad(() => ownShare(step, first)), rest = noGrad(() => sub(1, own));
      const lengths = norm(inputs.features, { axes: 1, keepDims: true });
      const softmax = mul(rest, softmaxCrossEntropy(mul(lengths, cosines(inputs)), labels));
      const shared = columns.slice(0, terms.length).map((term) => mul(own, term));
      return [...shared, softmax, ...columns.slice(terms.length)];
    },
  };
}

const headCosines = ({ features, head }: LossInputs) => cosinesOf(features, head.weight);

/** 0, and in the last quarter of the first steps in a straight line to 1. */
function ownShare(step: Tensor, first: Tensor): Tensor {
  const risen = div(sub(mul(step, 4), mul(first, 3)), maximum(first, 1));
  return minimum(maximum(risen, 0), 1);
}
