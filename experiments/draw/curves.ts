/** `curves.png`: losses and accuracies of a run over its epochs. */
import { classColor, curves, encodePng } from "../../src/figures/mod.ts";
import { objectiveOf } from "../../src/losses/objective.ts";
import type { Plan } from "../plan/plan.ts";
import type { RunFolder } from "../run_folder/run_folder.ts";

/** Draws `metrics.csv`; nothing before the first epoch. Terms of the loss are drawn multiplied by their weights. */
export async function saveCurves(folder: RunFolder, plan: Plan, title: string): Promise<void> {
  const values = (name: string) => folder.metrics.column(name);
  if (values("epoch").length === 0) return;
  const bridged = (plan.evalEvery ?? 1) > 1;
  const pair = (name: string, metric: string, index: number, factor = 1) => {
    const color = classColor(index);
    const [train, test] = ["train", "test"].map((split) =>
      values(`${split}_${metric}`).map((value) => factor * value)
    );
    return [
      { name: `${name}, training`, color, values: train },
      { name: `${name}, test`, color, values: test, dashed: true, bridged },
    ];
  };
  const { terms, weights, readsLogits } = objectiveOf(plan.recipe.loss);
  const weighted = (k: number) => {
    const name = terms[k].replace("_", "-");
    return weights[k] === 1 ? name : `${String(weights[k]).replace("-", "−")} × ${name}`;
  };
  const frame = curves({
    title,
    panels: [
      {
        title: "Loss by term",
        yLabel: "loss",
        series: terms.flatMap((term, k) => pair(weighted(k), term, k, weights[k])),
      },
      {
        title: "Accuracy",
        yLabel: "accuracy",
        series: [
          ...(readsLogits ? pair("by logit", "accuracy_by_logit", 0) : []),
          ...pair("by nearest center", "accuracy_by_nearest_center", 1),
        ],
      },
    ],
  });
  await folder.write("curves.png", encodePng(frame));
}
