/** Center loss, by each rule. */
import { CENTER_RULES, centerLoss } from "../../src/losses/center_loss.ts";
import { backward, mul } from "../../src/ops/mod.ts";
import { scope } from "../../src/tensor/scope.ts";
import { download, integers, rounded, upload } from "../on_gpu.ts";
import { testOp } from "../ops/op_case.ts";
import { scalar } from "../../src/reference/array64.ts";
import { assertClose } from "../reference/assert_close.ts";
import * as twin from "../../src/reference/center_loss.ts";
import { uniform } from "../../src/reference/uniform.ts";

/** Classes 1 and 3 are absent from a batch of seven. */
const LABELS = [0, 2, 2, 4, 0, 2, 5];
const BATCHES: [string, number[], number][] = [
  ["absent classes", LABELS, 2],
  ["a batch of one", [3], 2],
  ["features of one number", LABELS, 1],
  ["features of 128 numbers", LABELS, 128],
  ["a batch of one class", [1, 1, 1], 3],
  ["a long batch", Array.from({ length: 131 }, (_, i) => i * i % 6), 2],
];

for (const rule of CENTER_RULES) {
  const published = rule === "paper" || rule === "paper/batch";
  for (const [name, labels, dim] of BATCHES) {
    testOp("centerLoss", {
      name: `takes ${name}, by rule ${rule}`,
      inputs: [uniform([labels.length, dim]), uniform([6, dim], { seed: 2 })],
      gpu: (x, centers) => centerLoss(x, centers, integers(labels), { rule }),
      twin: (x, centers) => twin.centerLoss(x, centers, labels, rule),
      backward: (g, x, centers) =>
        Object.values(twin.centerLossBackward(g, x, centers, labels, rule)),
      differences: published ? [0] : undefined, // what the papers hand to the centers is no gradient of the loss
    });
  }

  Deno.test(`centerLoss() ${published ? "does not scale" : "scales"} centers by the loss weight, by rule ${rule}`, async () => {
    using _ = scope();
    const [x, c] = [rounded(uniform([7, 2])), rounded(uniform([6, 2], { seed: 2 }))];
    const [features, centers] = [upload(x, true), upload(c, true)];
    backward(mul(0.25, centerLoss(features, centers, integers(LABELS), { rule })));
    const expected = twin.centerLossBackward(scalar(0.25), x, c, LABELS, rule);
    const unscaled = twin.centerLossBackward(scalar(1), x, c, LABELS, rule);
    const [gradFeatures, gradCenters] = await download([features.grad!, centers.grad!]);
    assertClose(gradFeatures, expected.features, 1e-5, "gradient of the features");
    assertClose(gradCenters, expected.centers, 1e-5, "gradient of the centers");
    if (published) assertClose(gradCenters, unscaled.centers, 1e-5, "gradient of the centers");
  });
}
