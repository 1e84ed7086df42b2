/** Labels that are no class, and rows that are not there: refused by their number, wherever that is known. */
import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { adaCosScale } from "../../src/losses/adacos.ts";
import { anchorLogits, classAnchorTerms } from "../../src/losses/class_anchors.ts";
import { contrastiveCenterLoss } from "../../src/losses/contrastive_center.ts";
import { gitSeparation } from "../../src/losses/git_loss.ts";
import { proxyAnchorLoss } from "../../src/losses/proxy_anchor.ts";
import { rangeTerms } from "../../src/losses/range_loss.ts";
import { softTripleTerms } from "../../src/losses/soft_triple.ts";
import { tripletCenterLoss } from "../../src/losses/triplet_center.ts";
import { CENTER_RULES, centerLoss } from "../../src/losses/center_loss.ts";
import { centerRepulsion } from "../../src/losses/center_repulsion.ts";
import { softmaxCrossEntropy } from "../../src/losses/cross_entropy.ts";
import { interClassSeparation } from "../../src/losses/inter_class_separation.ts";
import { standaloneLoss } from "../../src/losses/standalone.ts";
import { add, argmax, backward, cast, gather, ones, sum } from "../../src/ops/mod.ts";
import { recorded } from "../../src/tensor/recorded.ts";
import { scope } from "../../src/tensor/scope.ts";
import type { Tensor } from "../../src/tensor/tensor.ts";
import { tensor } from "../../src/tensor/make_tensor.ts";
import { gpu } from "../../src/gpu/device.ts";
import { integers } from "../on_gpu.ts";

/** Labels whose numbers the CPU does not know. */
const hidden = (...values: number[]) => cast(tensor(values), "i32");

const OF_CLASSES = "and there are 4 classes, 0 to 3";
/** Of three labels, where one of 4 rows is named. */
const uses: [name: string, f: (labels: Tensor) => Tensor, said: string][] = [
  ["softmaxCrossEntropy()", (labels) => softmaxCrossEntropy(ones([3, 4]), labels), OF_CLASSES],
  ...CENTER_RULES.map((rule): [string, (labels: Tensor) => Tensor, string] => [
    `centerLoss() by ${rule}`,
    (labels) => centerLoss(ones([3, 2]), ones([4, 2]), labels, { rule }),
    OF_CLASSES,
  ]),
  [
    "standaloneLoss()",
    (labels) =>
      standaloneLoss(ones([3, 2]), ones([4, 2]), labels, { weightIntra: 1, weightInter: 1 }),
    OF_CLASSES,
  ],
  [
    "centerRepulsion()",
    (labels) => {
      const options = { alpha: 1, weightIntra: 1, weightInter: 1 };
      return centerRepulsion(ones([3, 2]), ones([4, 2]), labels, options);
    },
    OF_CLASSES,
  ],
  ["gather()", (rows) => gather(ones([4, 2]), rows), "and the table has 4 rows, 0 to 3"],
];

/** Losses that are built of ops, and what they call themselves. */
const built: [act: string, f: (labels: Tensor) => unknown][] = [
  ["the contrastive-center loss", (l) => contrastiveCenterLoss(ones([3, 2]), ones([4, 2]), l)],
  ["the triplet-center loss", (l) => tripletCenterLoss(ones([3, 2]), ones([4, 2]), l)],
  ["the Git loss", (l) => gitSeparation(ones([3, 2]), ones([4, 2]), l)],
  ["the proxy-anchor loss", (l) => proxyAnchorLoss(ones([3, 2]), ones([2, 4]), l)],
  ["the SoftTriple loss", (l) => softTripleTerms(ones([3, 2]), ones([2, 4]), l, { proxies: 1 })],
  ["the range loss", (l) => rangeTerms(ones([3, 2]), l, { classes: 4, margin: 1 })],
  ["the class anchors", (l) => classAnchorTerms(anchorLogits(ones([3, 4])), l)],
  ["the scale of AdaCos", (l) => adaCosScale(ones([3, 4]), l, { scale: 1 })],
];
for (const [act, f] of built) {
  Deno.test(`a label that is no class is refused in the name of ${act}`, () => {
    using _ = scope();
    const message = `Cannot take ${act}: the label of row 1 is 4, ${OF_CLASSES}`;
    assertThrows(() => f(integers([0, 4, 3])), RangeError, message);
  });
}

for (const [name, f, said] of uses) {
  for (const wrong of [4, -1, 2 ** 31 - 1]) {
    Deno.test(`${name} refuses the number ${wrong}, at once where the CPU knows it`, async () => {
      using _ = scope();
      assertThrows(() => f(integers([0, wrong, 3])), RangeError, `of row 1 is ${wrong}, ${said}`);
      // As f32 the largest i32 is one more, which cast() bounds.
      const y = f(hidden(0, wrong, 3));
      await assertRejects(() => y.read(), RangeError, `of row 1 is ${wrong}, ${said}`);
      assertEquals([...await add(tensor([1]), 1).read()], [2]); // it is said once
    });
  }
  Deno.test(`${name} takes the first and the last number`, async () => {
    using _ = scope();
    const known = await f(integers([0, 3, 3])).read();
    assertEquals(await f(hidden(0, 3, 3)).read(), known);
  });
}

Deno.test("interClassSeparation() takes any class, and refuses negative labels", async () => {
  using _ = scope();
  const x = tensor([[0, 0], [3, 4]]);
  await interClassSeparation(x, hidden(0, 1_000_000)).read();
  const message = "the label of row 1 is -2, and labels are from 0";
  assertThrows(() => interClassSeparation(x, integers([0, -2])), RangeError, message);
  const y = interClassSeparation(x, hidden(0, -2));
  await assertRejects(() => y.read(), RangeError, message);
});

Deno.test("a recorded step looks at its labels in every replay", async () => {
  using _ = scope();
  const labels = integers([0, 1, 2]);
  const logits = ones([3, 4]);
  const step = recorded(() => softmaxCrossEntropy(logits, labels));
  const right = await step().item();
  labels.write([0, 1, 9]);
  await assertRejects(() => step().read(), RangeError, "the label of row 2 is 9");
  labels.write([3, 3, 3]);
  assertEquals(await step().item(), right);
  step.dispose();
});

Deno.test("write() is known, also through another tensor on the memory", () => {
  using _ = scope();
  const labels = integers([0, 1, 2]), same = labels.alias([3]);
  same.write([0, 4, 2]);
  assertThrows(() => gather(ones([4, 2]), labels), RangeError, "of row 1 is 4");
  same.write([0, 3, 2]);
  gather(ones([4, 2]), labels);
});

Deno.test("the first of several faults is said, the smallest row of it", async () => {
  using _ = scope();
  const y = gather(ones([4, 2]), hidden(...Array(200).fill(0).with(150, 5).with(70, 6)));
  gather(ones([3, 2]), hidden(7));
  await assertRejects(() => y.read(), RangeError, "of row 70 is 6, and the table has 4 rows");
  assertEquals(await sum(tensor([1, 2])).item(), 3);
});

Deno.test("numbers that are known to be right are looked at by no kernel", () => {
  using _ = scope();
  const x = ones([3, 4]);
  const dispatched = (f: () => void) => {
    const before = gpu().counts.dispatches;
    f();
    return gpu().counts.dispatches - before;
  };
  const [known, unknown] = [integers([0, 1, 2]), hidden(0, 1, 2)];
  const below3 = argmax(ones([2, 3])), below4 = argmax(x);
  assertEquals([known, below3, below4, unknown].map((rows) => dispatched(() => gather(x, rows))), [
    ...[1, 1],
    ...[2, 2],
  ]);
});

Deno.test("a gradient by a wrong label stays inside of the table", async () => {
  using _ = scope();
  const [features, centers] = [ones([3, 2]), ones([4, 2])];
  features.requiresGrad = centers.requiresGrad = true;
  backward(centerLoss(features, centers, hidden(0, 2 ** 30, -5), { rule: "autograd" }));
  await assertRejects(() => centers.grad!.read(), RangeError, `of row 1 is ${2 ** 30}`);
  assertEquals([...await centers.read()], Array(8).fill(1));
});
