/** Standalone center loss. */
import { SEPARATION_FORMS } from "../../src/losses/inter_class_separation.ts";
import { standaloneLoss } from "../../src/losses/standalone.ts";
import { integers } from "../on_gpu.ts";
import { testOp } from "../ops/op_case.ts";
import * as twin from "../../src/reference/standalone.ts";
import { uniform } from "../../src/reference/uniform.ts";

/** Classes 1 and 3 are absent. */
const LABELS = [0, 2, 2, 4, 0, 2, 5];
const WEIGHTS = [[1, 0.1], [0.5, 2], [0, 1], [1, 0]];

for (const form of [undefined, ...SEPARATION_FORMS]) {
  for (const [weightIntra, weightInter] of WEIGHTS) {
    const weights = { weightIntra, weightInter };
    const options = { ...weights, form, ...(form === "margin" && { margin: 0.7 }) };
    const ofTwin = { ...weights, form: form === "margin" ? 0.7 : form };
    testOp("standaloneLoss", {
      name: `weighs its terms ${weightIntra} and ${weightInter}, in the form ${
        form ?? "by default"
      }`,
      inputs: [uniform([7, 3]), uniform([6, 3], { seed: 2 })],
      gpu: (x, centers) => standaloneLoss(x, centers, integers(LABELS), options),
      twin: (x, centers) => twin.standaloneLoss(x, centers, LABELS, ofTwin),
      backward: (g, x, centers) =>
        Object.values(twin.standaloneLossBackward(g, x, centers, LABELS, ofTwin)),
    });
  }
}
