import type { Experiment } from "./experiment.ts";
import { KERAS } from "./sources/keras.ts";

export default {
  id: "keras-lambda-0",
  summary: "four convolutions, cross-entropy, MNIST, 2-D",
  ...KERAS,
  recipe: { ...KERAS.recipe, loss: { kind: "cross-entropy" } },
} satisfies Experiment;
