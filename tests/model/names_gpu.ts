/** Names of tensors in parts of a network, and those that are frozen. */
import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { kaimingNormal } from "../../src/model/init.ts";
import { named, parametersOf } from "../../src/model/layer.ts";
import { BatchNorm, Linear } from "../../src/model/layers.ts";
import { Random } from "../../src/model/random.ts";
import { scope } from "../../src/tensor/scope.ts";
import { tensor } from "../../src/tensor/make_tensor.ts";
import { loadStateDict, stateDict } from "../../src/train/checkpoint.ts";

const parts = () => {
  const init = kaimingNormal(new Random(1, "weights"));
  return { body: new Linear({ in: 2, out: 3 }, init), head: new Linear({ in: 3, out: 2 }, init) };
};

Deno.test("two tensors of one name are refused where a map would keep the last", async () => {
  using _ = scope();
  const { body, head } = parts(), entries = () => [...body.entries(), ...head.entries()];
  const message = "Cannot tell two tensors apart that are both called weight: give the parts names";
  assertThrows(() => parametersOf({ entries }), TypeError, message);
  await assertRejects(() => stateDict(entries()), TypeError, message);
  const apart = named({ body, head });
  assertEquals((await stateDict(apart)).size, 4);
  assertEquals(parametersOf({ entries: () => apart }).size, 4);
});

Deno.test("what is frozen stays frozen, whoever looks at its layer, and is no parameter", async () => {
  using _ = scope();
  const { body } = parts(), norm = new BatchNorm(3);
  assertEquals([norm.weight.requiresGrad, norm.runningMean.requiresGrad], [true, false]);
  body.weight.requiresGrad = false;
  await stateDict(body.entries());
  assertEquals(body.weight.requiresGrad, false);
  assertEquals([...parametersOf(body).keys()], ["bias"]);
});

Deno.test("a layout that a tensor cannot have in PyTorch is refused before anything is saved", async () => {
  using _ = scope();
  const entry = { name: "w", tensor: tensor([[1, 2, 3]]), trainable: true };
  const flattened = { height: 5, width: 5, channels: 3 };
  for (
    const [torch, words] of [
      [{ kind: "conv" }, "Cannot keep w [1, 3] as PyTorch's conv: that has 4 axes"],
      [{ kind: "linear", flattened }, "these are 75 inputs, not 1"],
    ] as const
  ) {
    await assertRejects(() => stateDict([{ ...entry, torch }]), TypeError, words);
    assertThrows(() => loadStateDict([{ ...entry, torch }], new Map(), "f"), TypeError, words);
  }
  const init = kaimingNormal(new Random(1, "weights"));
  assertThrows(
    () => new Linear({ in: 100, out: 2, flattened }, init),
    TypeError,
    "flattened from 5x5 pixels of 3 channels: these are 75 inputs, not 100",
  );
});
