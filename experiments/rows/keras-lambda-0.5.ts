import type { Experiment } from "./experiment.ts";
import { KERAS } from "./sources/keras.ts";

export default {
  id: "keras-lambda-0.5",
  summary: "four convolutions, cross-entropy + 0.5 x center loss, 2-D",
  ...KERAS,
  recipe: { ...KERAS.recipe, loss: { kind: "center", weight: 0.5, rule: "autograd" } },
} satisfies Experiment;
