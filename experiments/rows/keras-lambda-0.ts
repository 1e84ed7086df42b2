import type { Experiment } from "./experiment.ts";
import { KERAS } from "./sources/keras.ts";

export default {
  id: "keras-lambda-0",
  summary: "LeNet++, cross-entropy alone, Kaggle's CSV",
  ...KERAS,
  recipe: { ...KERAS.recipe, loss: { kind: "cross-entropy" } },
} satisfies Experiment;
