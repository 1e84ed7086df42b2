import type { Experiment } from "./experiment.ts";
import { MX, MX_CENTERS } from "./sources/mx.ts";

/**
 * mx-center with `use_bias=False` in the layers of the features and of the logits. The source remarks that 4 and 8 always lie in
 * the middle of the map, and that without these biases the classes form the ring of Wen et al.; and that class prediction and
 * nearest center then agree. It has no number for it.
 */
export default {
  id: "mx-center-no-bias",
  summary: "mx-center without biases of features and logits",
  ...MX,
  recipe: {
    ...MX.recipe,
    network: { ...MX.recipe.network, featureBias: false, outputBias: false },
    loss: { kind: "center", weight: 1, rule: "balanced" },
    centers: MX_CENTERS,
  },
} satisfies Experiment;
