/** A loss that somebody else wrote, made of ops. */
import { mapOf, number, oneOf, optional, truth } from "../base/json.ts";
import { described } from "../base/choice.ts";
import { backward } from "../ops/backward.ts";
import { sizeOf } from "../tensor/shape.ts";
import { refusePromise, scope } from "../tensor/scope.ts";
import { withOwnTape } from "../tensor/tape.ts";
import { tensor } from "../tensor/make_tensor.ts";
import { Tensor } from "../tensor/tensor.ts";
import type { Loss, LossSizes } from "./loss.ts";
import { weightedSum } from "./weighted_sum.ts";

/** The most that float32 holds, about. */
const MOST = 3.4e38;

/** What such a function gets. */
export interface OwnLossInputs {
  /** `[rows, dim]`. */
  features: Tensor;
  /** `[rows, classes]`. */
  logits: Tensor;
  /** `[rows]`, `i32`. */
  labels: Tensor;
  /** `[classes, dim]`. */
  centers: Tensor;
}

/**
 * The function: a scalar, or the terms of the loss by their names, scalars all. The number of rows differs from call to call:
 * batches of the recipe's size and shorter ones, tests of up to 128, and a few made-up samples before the training.
 */
export type OwnLossFunction = (inputs: OwnLossInputs) => Tensor | Record<string, Tensor>;

/** A loss of one's own in a recipe. What is no function is kept with the run. */
export interface OwnLossRecipe {
  /** Tells it from the others. */
  kind: "own";
  /** The factor on each term, by its name; of a function that gives one scalar, its name is `own`. */
  weights: Record<string, number>;
  /** Whether it moves the centers. Where it does not, the means of features take their place. */
  centers: "learned" | "none";
  /** Whether it trains the logits. */
  readsLogits: boolean;
  /** Whether a term is over pairs of samples, so that it grows with the batch. Default: false. */
  pairwise?: boolean;
  /** Without it the recipe can be evaluated by, and not trained. */
  terms?: OwnLossFunction;
}

/** A loss of one's own, among the losses. */
export const OWN = {
  name: "own",
  idea: "what a function of your own makes of features, logits, labels and centers",
  formula: "your own",
  source: "your own file",
  branch: "own",
  evaluation: "logit",
  start: { kind: "own", weights: { own: 1 }, centers: "learned", readsLogits: true },
  settings: {
    weights: { check: mapOf(number(-MOST, MOST)) },
    centers: { check: oneOf("learned", "none") },
    readsLogits: { check: truth },
    pairwise: { check: optional(truth) },
    // It is in the row's file.
    terms: { check: (value) => value },
  },
  objective: (recipe) => {
    const { weights, centers, readsLogits, pairwise = false } = recipe;
    return {
      terms: Object.keys(weights),
      weights: Object.values(weights),
      centers,
      readsLogits,
      pairwise,
      evaluate: (inputs) => termsOf(recipe, inputs),
      tryOut: (sizes) => tryOut(recipe, sizes),
    };
  },
} as const satisfies Loss<OwnLossRecipe>;

function refusal(state: string): TypeError {
  return new TypeError(`Cannot train the loss "own": ${state}`);
}

function termsOf({ terms, weights }: OwnLossRecipe, inputs: OwnLossInputs): Tensor[] {
  if (!terms) throw refusal("its function is missing");
  if (typeof terms !== "function") {
    throw refusal(`terms is ${described(terms)}; give a function of tensors`);
  }
  const { features, logits, labels, centers } = inputs;
  const found = terms({ features, logits, labels, centers });
  refusePromise(found, refusal("its function gives a promise; give tensors").message);
  const named = found instanceof Tensor ? { own: found } : found ?? {};
  const names = Object.keys(weights);
  if (names.length === 0) throw refusal("weights is empty; name the factor on each term");
  const given = Object.keys(named);
  if (given.length !== names.length || names.some((name) => !given.includes(name))) {
    throw refusal(
      `it gives ${given.join(", ") || "nothing"}, and its weights are of ${names.join(", ")}`,
    );
  }
  return names.map((name) => {
    const term = named[name];
    if (term instanceof Tensor && sizeOf(term.shape) === 1 && term.shape.length === 0) return term;
    const what = term instanceof Tensor ? `[${term.shape.join(", ")}]` : typeof term;
    throw refusal(`${name} is ${what}; it must be a scalar, such as a mean`);
  });
}

/** Its terms; what it throws says that it was tried, and keeps the place where it was thrown. */
function triedTerms(recipe: OwnLossRecipe, inputs: OwnLossInputs, rows: number): Tensor[] {
  try {
    return termsOf(recipe, inputs);
  } catch (error) {
    if (error instanceof Error && !error.message.startsWith(refusal("").message)) {
      error.message +=
        ` (tried on ${rows} made-up samples, and batches differ: take the rows from features.shape[0])`;
    }
    throw error;
  }
}

/** Runs it on a few made-up samples: what it reaches must be what the recipe says, or the run would go on with wrong numbers. */
function tryOut(recipe: OwnLossRecipe, { featureDim, classes }: LossSizes): void {
  using _ = scope();
  const rows = 4, labels = Int32Array.from({ length: rows }, (_, i) => i % classes);
  const made = (count: number, width: number) =>
    tensor(Float32Array.from({ length: count * width }, (_, i) => Math.sin(i + count)), {
      ...{ shape: [count, width], requiresGrad: true },
    });
  const features = made(rows, featureDim), logits = made(rows, classes);
  const centers = made(classes, featureDim);
  const inputs = { features, logits, centers, labels: tensor(labels, { dtype: "i32" }) };
  // The caller may be between a forward pass of its own and backward(), which would take the ops of both.
  withOwnTape((leaves) => {
    const loss = weightedSum(triedTerms(recipe, inputs, rows), Object.values(recipe.weights));
    if (!loss.requiresGrad) throw refusal("no gradient reaches features or logits");
    backward(loss);
    for (const t of leaves) {
      if (t === features || t === logits || t === centers) continue;
      t.grad = undefined;
      throw refusal(
        `its gradient reaches a tensor [${
          t.shape.join(", ")
        }] that no optimizer here trains: use the centers, ` +
          "make the tensor without requiresGrad, or write a loop of your own",
      );
    }
  });
  if (!features.grad && !logits.grad) throw refusal("no gradient reaches features or logits");
  const checks = [
    ["logits", logits.grad, recipe.readsLogits, "readsLogits: ", "true", "false"],
    ["centers", centers.grad, recipe.centers === "learned", "centers: ", '"learned"', '"none"'],
  ] as const;
  for (const [what, grad, said, field, yes, no] of checks) {
    if (Boolean(grad) === said) continue;
    const state = grad ? `its gradient reaches the ${what}` : `no gradient reaches the ${what}`;
    throw refusal(`${state}: say ${field}${grad ? yes : no}`);
  }
}
