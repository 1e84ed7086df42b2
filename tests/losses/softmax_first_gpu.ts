/** The softmax that a loss on the angle begins with, step by step. */
import { assertAlmostEquals } from "@std/assert";
import { objectiveOf } from "../../src/losses/objective.ts";
import { CosineHead } from "../../src/model/heads.ts";
import { kaimingNormal } from "../../src/model/init.ts";
import { Random } from "../../src/model/random.ts";
import * as angular from "../../src/reference/angular_softmax.ts";
import { array64 } from "../../src/reference/array64.ts";
import { softmaxCrossEntropy } from "../../src/reference/softmax_cross_entropy.ts";
import { matmul } from "../../src/reference/matmul.ts";
import { uniform } from "../../src/reference/uniform.ts";
import { tensor } from "../../src/tensor/make_tensor.ts";
import { readAll } from "../../src/tensor/tensor.ts";
import { scope } from "../../src/tensor/scope.ts";
import { integers, rounded, upload } from "../on_gpu.ts";

Deno.test("a loss on the angle begins with a softmax over |x| cos, gives way in its last quarter, and ramps its margin afterwards", async () => {
  using _ = scope();
  const recipe = { kind: "arcface", scale: 10, margin: 0.5, ramp: 2, softmaxShare: 0.5 } as const;
  const objective = objectiveOf(recipe, 4), labels = [0, 1, 2, 3, 0];
  const [x, w] = [rounded(uniform([5, 3])), rounded(uniform([3, 4], { seed: 2 }))];
  const head = new CosineHead({ in: 3, out: 4 }, kaimingNormal(new Random(1, "weights")), 10);
  head.weight.write(w.data);
  const layer = objective.layer!({ featureDim: 3, classes: 4, steps: 16 }, undefined as never); // 8 of softmax
  const lengths = (t: Float64Array, at: (i: number, d: number) => number, n: number) =>
    Array.from({ length: n }, (_, i) => Math.hypot(...[0, 1, 2].map((d) => t[at(i, d)])));
  const wl = lengths(w.data, (k, d) => d * 4 + k, 4);
  const plain = matmul(x, array64([3, 4], w.data.map((v, i) => v / wl[i % 4])));
  const softmaxValue = softmaxCrossEntropy(plain, labels).data[0];
  for (let step = 1; step <= 11; step++) {
    const features = upload(x);
    const inputs = {
      features,
      logits: head.forward(features),
      centers: tensor([[0]]),
      labels: integers(labels),
      head,
      layer,
      training: true,
    };
    const [[own], [first]] = await readAll(objective.evaluate(inputs));
    const part = Math.min(1, Math.max(0, (4 * step - 3 * 8) / 8));
    const margin = 0.5 * Math.min(1, Math.max(0, step - 8) / 2);
    assertAlmostEquals(first, (1 - part) * softmaxValue, 1e-4, `softmax of step ${step}`);
    assertAlmostEquals(
      own,
      part * angular.arcFace([x, w, labels], 10, margin).data[0],
      1e-3,
      `arcface of step ${step}`,
    );
  }
});
