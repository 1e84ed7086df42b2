/** Networks that flags and rows make otherwise: more blocks a group, layers without a bias. */
import { assert, assertEquals, assertThrows } from "@std/assert";
import { kaimingNormal } from "../../src/model/init.ts";
import { LENETPP } from "../../src/model/lenetpp.ts";
import { networkOf, type NetworkRecipe } from "../../src/model/networks.ts";
import { Random } from "../../src/model/random.ts";
import { backward } from "../../src/ops/backward.ts";
import { sum } from "../../src/ops/reduce.ts";
import { full } from "../../src/ops/fill.ts";
import { keep, scope } from "../../src/tensor/scope.ts";

const SIZES = { height: 8, width: 8, channels: 1, featureDim: 2, classes: 3, widthFactor: 0.125 };

function build(recipe: NetworkRecipe, sizes: Partial<typeof SIZES & { blocks: number }> = {}) {
  return networkOf(recipe, { ...SIZES, ...sizes }, kaimingNormal(new Random(1, "weights")));
}

Deno.test("networkOf() gives each group of a ResNet its blocks, by the names of the reference network", async () => {
  using _ = scope();
  const one = build("resnet").entries(), two = build("resnet", { blocks: 2 }).entries();
  const added = two.map(({ name }) => name).filter((name) => !one.some((it) => it.name === name));
  const block = ["bn1", "bn2"].flatMap((bn) =>
    ["weight", "bias", "running_mean", "running_var"].map((part) => `${bn}.${part}`)
  ).concat(["conv1", "conv2"].flatMap((conv) => [`${conv}.weight`, `${conv}.bias`]));
  // A second block changes neither channels nor size, and has no skip_conv.
  const wanted = [1, 2, 3, 4, 5].flatMap((group) => block.map((it) => `group${group}.1.${it}`));
  assertEquals(added.toSorted(), wanted.toSorted());
  assertEquals(two.length, one.length + wanted.length);
  assertEquals(
    build("resnet", { blocks: 1 }).entries().map(({ name }) => name),
    one.map((e) => e.name),
  );
  // The first draws are those of the published network.
  const conv1 = (entries: typeof one) =>
    entries.find(({ name }) => name === "conv1.weight")!.tensor;
  assertEquals(await conv1(two).read(), await conv1(one).read());
});

Deno.test("a ResNet of two blocks a group trains all of its parameters", async () => {
  using _ = scope();
  const network = build("resnet", { blocks: 2 });
  const x = full([2, 8, 8, 1], 0.5);
  const { features, logits } = network.forward(x, { training: true });
  assertEquals([features.shape, logits.shape], [[2, 2], [2, 3]]);
  for (const { tensor } of network.entries()) assert((await tensor.read()).every(Number.isFinite));
  backward(sum(logits));
  const missing = network.entries().filter(({ trainable, tensor }) => trainable && !tensor.grad);
  assertEquals(missing.map(({ name }) => name), []);
});

Deno.test("LeNet++ with a fixed slope holds no tensor beside its entries", () => {
  using _ = scope();
  const activation = { kind: "leaky", slope: 0.01 } as const;
  const network = (() => {
    using _inner = scope();
    const made = build({ kind: "lenetpp", ...LENETPP, activation });
    for (const { tensor } of made.entries()) keep(tensor);
    return made;
  })();
  const { logits } = network.forward(full([2, 8, 8, 1], 0.5), { training: true });
  assertEquals(logits.shape, [2, 3]);
});

Deno.test("networkOf() refuses blocks that are no number of them, and networks without any", () => {
  using _ = scope();
  const of = "Cannot build ResNet of 0 blocks a group: it must be a whole number from 1";
  assertThrows(() => build("resnet", { blocks: 0 }), RangeError, of);
  const none = "Cannot build a network of 2 blocks a group: resnet has them";
  for (const recipe of ["lenetpp", "four-convs"] as const) {
    assertThrows(() => build(recipe, { blocks: 2 }), RangeError, none);
  }
});

Deno.test("networkOf() leaves the biases of LeNet++ out where its variant says so", () => {
  using _ = scope();
  const biases = (variant: Partial<typeof LENETPP>) =>
    build({ kind: "lenetpp", ...LENETPP, ...variant }).entries().map(({ name }) => name)
      .filter((name) => /^fc.\.bias$/.test(name));
  assertEquals(biases({}), ["fc1.bias", "fc2.bias"]);
  assertEquals(biases({ featureBias: false }), ["fc2.bias"]);
  assertEquals(biases({ featureBias: false, outputBias: false }), []);
});

Deno.test("LeNetPlusPlus refuses a last pool that is none", () => {
  for (const [kernel, stride] of [[2, 0], [0, 2], [1.5, 1], [2, NaN]]) {
    const message =
      `Cannot build LeNet++ with a last pool of kernel ${kernel} and stride ${stride}: both are whole numbers from 1`;
    assertThrows(
      () => build({ kind: "lenetpp", ...LENETPP, lastPool: { kernel, stride } }),
      RangeError,
      message,
    );
  }
});
