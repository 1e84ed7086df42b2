import type { Experiment } from "./experiment.ts";
import { KZ } from "./sources/kz.ts";

/**
 * Cross-entropy alone. The source's pictures of it are of March 21, 2018, when its README said that weight 0 turns the center
 * loss off: there were centers all the same, and they stayed where they had been drawn, as their gradient was times 0. The next
 * day's script divides it by the weight, which 0 no longer allows. Here there are no centers.
 */
export default {
  id: "kz-softmax",
  summary: "LeNet++, cross-entropy, MNIST, 2-D",
  ...KZ,
  recipe: { ...KZ.recipe, loss: { kind: "cross-entropy" } },
} satisfies Experiment;
