/** The six rules for the centers, from one initialisation, side by side. */
import { comparison } from "./comparison.ts";

/** What users keep asking: which rule is which, and what is different about them. */
export const CENTER_RULES_STUDY = comparison({
  id: "center-rules",
  summary: "the six rules for the centers from one initialisation, side by side",
  rows: [
    "center-rules-autograd",
    "jx-center-caffe",
    "jx-center",
    "center-rules-balanced",
    "center-rules-jx-2018",
    "center-rules-plain",
  ],
  title: "one initialisation, six rules for the centers",
  nameOf: ({ recipe: { loss } }) => "rule" in loss ? loss.rule : loss.kind,
  split: "test",
});
