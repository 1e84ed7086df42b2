/** The relatives of center loss at their edges: NaN, vectors of zeros, directions that coincide, batches of one sample. */
import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { backward } from "../../src/ops/mod.ts";
import { adaCosScale } from "../../src/losses/adacos.ts";
import { objectiveOf } from "../../src/losses/objective.ts";
import { LOSSES, type LossKind, lossOf, type LossRecipe } from "../../src/losses/table.ts";
import { rangeTerms } from "../../src/losses/range_loss.ts";
import { simplexWeights } from "../../src/losses/simplex.ts";
import { weightedSum } from "../../src/losses/weighted_sum.ts";
import { Linear } from "../../src/model/layers.ts";
import type { Initializer } from "../../src/model/init.ts";
import { uniform } from "../../src/reference/uniform.ts";
import { scope } from "../../src/tensor/scope.ts";
import { tensor } from "../../src/tensor/make_tensor.ts";
import { readAll } from "../../src/tensor/tensor.ts";
import { integers } from "../on_gpu.ts";

const CLASSES = 4, DIM = 3;
/** All that the table makes rows of. */
const KINDS = (Object.keys(LOSSES) as LossKind[]).filter((kind) => lossOf(kind).row);

/** The loss of some features, and its gradients for them and for all that it trains; weights are all 1 without `drawn`. */
async function lossAndGradients(
  recipe: LossRecipe,
  rows: readonly number[][],
  labels: number[],
  drawn = true,
): Promise<{ loss: number; gradients: Record<string, number[]> }> {
  using _ = scope();
  const objective = objectiveOf(recipe, CLASSES);
  const make = (shape: readonly number[]) => {
    const { data } = uniform(shape, { seed: 7 });
    return tensor(drawn ? data : data.map(() => 1), { shape, requiresGrad: true });
  };
  const init: Initializer = { weight: make, bias: make };
  const head = (objective.head ?? ((sizes, it) => new Linear(sizes, it)))(
    { in: DIM, out: CLASSES, bias: true },
    init,
  );
  const layer = objective.layer?.({ featureDim: DIM, classes: CLASSES }, init);
  const features = tensor(rows.flat(), { shape: [rows.length, DIM], requiresGrad: true });
  const centers = make([CLASSES, DIM]);
  const terms = objective.evaluate({
    ...{ features, centers, head, layer, labels: integers(labels), training: true },
    logits: head.forward(features),
  });
  const loss = weightedSum(terms.slice(0, objective.terms.length), objective.weights);
  backward(loss);
  const trained = [
    ["features", features] as const,
    ...(objective.centers === "learned" ? [["centers", centers] as const] : []),
    ...[...head.entries(), ...layer?.entries() ?? []].filter((e) => e.trainable).map((e) =>
      [e.name, e.tensor] as const
    ),
  ].filter(([, t]) => t.grad);
  const [value, ...grads] = await readAll([loss, ...trained.map(([, t]) => t.grad!)]);
  return {
    loss: value[0],
    gradients: Object.fromEntries(trained.map(([name], i) => [name, [...grads[i]]])),
  };
}

/** Its own form, from the first step: the softmax that some begin with trains weights that SupCon's own form does not read. */
function recipeOf(kind: LossKind): LossRecipe {
  const start = lossOf(kind).start as LossRecipe;
  return "softmaxShare" in start ? { ...start, softmaxShare: 0 } : start;
}

const finite = ({ loss, gradients }: Awaited<ReturnType<typeof lossAndGradients>>) =>
  [loss, ...Object.values(gradients).flat()].every(Number.isFinite);

for (const kind of KINDS) {
  Deno.test(`${kind}: the loss of a NaN is NaN`, async () => {
    const rows = [[1, 2, 3], [NaN, 1, 0], [0, 1, 1]];
    const { loss } = await lossAndGradients(recipeOf(kind), rows, [0, 1, 1]);
    assert(Number.isNaN(loss), `${loss}`);
  });

  Deno.test(`${kind}: features of zeros, and all alike, have finite losses and gradients`, async () => {
    const batches: [rows: number[][], labels: number[]][] = [
      [[[0, 0, 0], [1, 2, 3], [0, 0, 0]], [0, 1, 0]],
      [[[0, 0, 0]], [3]],
      [[[1, 1, 1], [2, 2, 2], [1, 1, 1]], [2, 2, 2]],
      [[[-1, -1, -1], [1, 1, 1]], [0, 1]],
    ];
    for (const [rows, labels] of batches) {
      for (const drawn of [true, false]) {
        const found = await lossAndGradients(recipeOf(kind), rows, labels, drawn);
        assert(finite(found), `${JSON.stringify(rows)}: ${JSON.stringify(found)}`);
      }
    }
  });

  Deno.test(`${kind}: each sample has a gradient, and so has what the loss trains`, async () => {
    const { shape: [rows], data } = uniform([8, DIM], { seed: 2 });
    const batch = Array.from(
      { length: rows },
      (_, i) => [...data.subarray(i * DIM, (i + 1) * DIM)],
    );
    const found = await lossAndGradients(recipeOf(kind), batch, [0, 1, 0, 1, 2, 2, 0, 1]);
    assert(finite(found));
    const moved = Object.entries(found.gradients).filter(([, g]) => g.some((v) => v !== 0));
    assertEquals(moved.map(([name]) => name), Object.keys(found.gradients));
    assert(Object.keys(found.gradients).length > (kind === "supcon" || kind === "simplex" ? 0 : 1));
  });
}

Deno.test("adaCosScale() is finite at scales whose exponentials are not", async () => {
  using _ = scope();
  const cosines = tensor([[0.95, 0.93, -1], [0.97, 0.2, 0.94]]), scale = 500;
  const next = await adaCosScale(cosines, integers([0, 0]), { scale }).item();
  const others = scale * 0.94 + Math.log((1 + Math.exp(-scale * 0.01)) / 2);
  assertAlmostEquals(next / (others / 0.97), 1, 1e-5);
});

Deno.test("rangeTerms() has the harmonic mean and its gradient of distances beyond a million", async () => {
  using _ = scope();
  const x = tensor([[0, 0], [3e6, 0], [0, 4e6]], { requiresGrad: true });
  const { within } = rangeTerms(x, integers([0, 0, 0]), { classes: 1, margin: 1 });
  backward(within);
  assertAlmostEquals(await within.item() / (2 / (1 / 25e12 + 1 / 16e12)), 1, 1e-5);
  assert((await x.grad!.read()).slice(2).every((v) => v !== 0));
});

Deno.test("simplexWeights() has vectors of one length, every two at the widest angle, in dimensions enough and more", async () => {
  for (const [dim, classes, scale] of [[1, 2, 1], [2, 3, 0.5], [9, 10, 1], [128, 10, 3]]) {
    using _ = scope();
    const weight = [...await simplexWeights(dim, classes, { scale }).read()];
    for (let a = 0; a < classes; a++) {
      for (let b = 0; b < classes; b++) {
        let product = 0;
        for (let d = 0; d < dim; d++) product += weight[d * classes + a] * weight[d * classes + b];
        const expected = scale ** 2 * (a === b ? 1 : -1 / (classes - 1));
        assertAlmostEquals(product, expected, 1e-6 * scale ** 2, `${a} and ${b} of ${classes}`);
      }
    }
  }
});
