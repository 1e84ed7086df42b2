import type { Experiment } from "./experiment.ts";
import { KZ } from "./sources/kz.ts";

/**
 * Cross-entropy alone. The source leaves open how its pictures of it were made: its weight 0 divides by zero. Here there
 * are no centers.
 */
export default {
  id: "kz-softmax",
  summary: "LeNet++, cross-entropy, MNIST, 2-D",
  ...KZ,
  recipe: { ...KZ.recipe, loss: { kind: "cross-entropy" } },
} satisfies Experiment;
