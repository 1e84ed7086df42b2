/** Ops over 100,000 classes: software adapters end the loops of a thread after 65,535 passes, without a word. */
import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { CENTER_RULES, centerLoss } from "../../src/losses/center_loss.ts";
import { crossEntropyOfRows, softmaxCrossEntropy } from "../../src/losses/cross_entropy.ts";
import { logOdds } from "../../src/metrics/certainty.ts";
import { argmax, argmin } from "../../src/ops/argmax.ts";
import { backward } from "../../src/ops/backward.ts";
import { gather } from "../../src/ops/gather.ts";
import { matmul } from "../../src/ops/matmul.ts";
import { squaredDistances } from "../../src/ops/squared_distances.ts";
import { scope } from "../../src/tensor/scope.ts";
import type { Tensor } from "../../src/tensor/tensor.ts";
import { tensor } from "../../src/tensor/make_tensor.ts";

const CLASSES = 100_000;
/** Of the two samples: the last, and one beyond what a loop of 65,535 passes reaches. */
const LABELS = [CLASSES - 1, 70_000];

const wave = (size: number, step: number) =>
  Float32Array.from({ length: size }, (_, i) => Math.sin(step * i));

/** Logits of two samples, largest at their labels. */
function logits(): Float32Array {
  const values = wave(2 * CLASSES, 12.9898);
  LABELS.forEach((label, i) => values[i * CLASSES + label] = 8 + i);
  return values;
}

const rowOf = (values: ArrayLike<number>, i: number) =>
  Float64Array.from({ length: CLASSES }, (_, c) => values[i * CLASSES + c]);

/** log sum exp of a row, in float64. */
function logSum(row: Float64Array): number {
  const largest = row.reduce((a, b) => Math.max(a, b));
  return largest + Math.log(row.reduce((total, x) => total + Math.exp(x - largest), 0));
}

const labelsOf = () => tensor(LABELS, { dtype: "i32" });

async function assertNear(found: Tensor, wanted: readonly number[], relative = 1e-5) {
  const values = await found.read();
  wanted.forEach((want, i) => assertAlmostEquals(values[i], want, relative * (1 + Math.abs(want))));
}

Deno.test("argmax() and argmin() over 100,000 classes give the first among equals", async () => {
  using _ = scope();
  const values = logits();
  const x = tensor(values, { shape: [2, CLASSES] });
  assertEquals([...await argmax(x).read()], LABELS);
  const least = [0, 1].map((i) => {
    const row = rowOf(values, i);
    return row.indexOf(row.reduce((a, b) => Math.min(a, b)));
  });
  assertEquals([...await argmin(x).read()], least);
  const same = tensor(new Float32Array(CLASSES).fill(3, 65_600, 65_700), { shape: [1, CLASSES] });
  assertEquals([...await argmax(same).read(), ...await argmin(same).read()], [65_600, 0]);
  values.fill(NaN, CLASSES - 2, CLASSES);
  const broken = tensor(values, { shape: [2, CLASSES] });
  assertEquals([...await argmax(broken).read()], [CLASSES - 2, LABELS[1]]);
});

Deno.test("softmaxCrossEntropy() and its gradient over 100,000 classes", async () => {
  using _ = scope();
  const values = logits();
  const x = tensor(values, { shape: [2, CLASSES], requiresGrad: true });
  const rows = [0, 1].map((i) => rowOf(values, i)), sums = rows.map(logSum);
  const losses = sums.map((s, i) => s - rows[i][LABELS[i]]);
  await assertNear(crossEntropyOfRows(x, labelsOf()), losses);
  const loss = softmaxCrossEntropy(x, labelsOf());
  await assertNear(loss, [(losses[0] + losses[1]) / 2]);
  backward(loss);
  const grad = await x.grad!.read();
  rows.forEach((row, i) =>
    row.forEach((value, c) => {
      const wanted = (Math.exp(value - sums[i]) - (c === LABELS[i] ? 1 : 0)) / 2;
      const found = grad[i * CLASSES + c];
      assert(Math.abs(found - wanted) < 1e-5 * Math.abs(wanted) + 1e-12, `${i}, ${c}: ${found}`);
    })
  );
});

Deno.test("logOdds() over 100,000 classes", async () => {
  using _ = scope();
  const values = logits();
  const x = tensor(values, { shape: [2, CLASSES] });
  const p = [0, 1].map((i) => Math.exp(values[i * CLASSES + LABELS[i]] - logSum(rowOf(values, i))));
  await assertNear(logOdds(x), p.map((q) => Math.log(q / (1 - q))));
  values[CLASSES - 1] = NaN;
  const [broken] = await logOdds(tensor(values, { shape: [2, CLASSES] })).read();
  assertEquals(broken, NaN);
});

Deno.test("matmul() sums over 100,000 classes, whichever operand is transposed", async () => {
  using _ = scope();
  const g = wave(2 * CLASSES, 0.37), w = wave(3 * CLASSES, 0.11);
  const wanted = [0, 1].flatMap((i) =>
    [0, 1, 2].map((j) => {
      let total = 0;
      for (let c = 0; c < CLASSES; c++) total += g[i * CLASSES + c] * w[j * CLASSES + c];
      return total;
    })
  );
  const turned = (values: Float32Array, rows: number) =>
    tensor(values.map((_, at) => values[at % rows * CLASSES + Math.floor(at / rows)]), {
      shape: [CLASSES, rows],
    });
  const [a, at] = [tensor(g, { shape: [2, CLASSES] }), turned(g, 2)];
  const [bt, b] = [tensor(w, { shape: [3, CLASSES] }), turned(w, 3)];
  // The sums are small beside what they are made of.
  await assertNear(matmul(a, b), wanted, 1e-3);
  await assertNear(matmul(at, b, { transposeA: true }), wanted, 1e-3);
  await assertNear(matmul(a, bt, { transposeB: true }), wanted, 1e-3);
  await assertNear(matmul(at, bt, { transposeA: true, transposeB: true }), wanted, 1e-3);
});

Deno.test("gather(), centerLoss() and squaredDistances() find the last of 100,000 centers", async () => {
  using _ = scope();
  const values = wave(2 * CLASSES, 0.7);
  const own = LABELS.map((label) => values.subarray(2 * label, 2 * label + 2));
  const centers = tensor(values, { shape: [CLASSES, 2], requiresGrad: true });
  const features = tensor([[3, 4], [1, 0]], { requiresGrad: true });
  assertEquals([...await gather(centers, labelsOf()).read()], own.flatMap((c) => [...c]));
  const wanted = [[3, 4], [1, 0]].map((f, i) => (f[0] - own[i][0]) ** 2 + (f[1] - own[i][1]) ** 2);
  const d = squaredDistances(features, centers);
  await assertNear(
    gather(
      d.alias([2 * CLASSES, 1]),
      tensor([CLASSES - 1, CLASSES + 70_000], {
        dtype: "i32",
      }),
    ),
    wanted,
  );
  for (const rule of CENTER_RULES) {
    centers.grad?.dispose();
    centers.grad = undefined;
    backward(centerLoss(features, centers, labelsOf(), { rule }));
    const moved = [...(await centers.grad!.read()).entries()].filter(([, g]) => g !== 0);
    const places = new Set(moved.map(([at]) => Math.floor(at / 2)));
    assertEquals([...places], [70_000, CLASSES - 1], rule);
  }
});
