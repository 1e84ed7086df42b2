/** Names of tensors in parts of a network, and those that are frozen. */
import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { kaimingNormal } from "../../src/model/init.ts";
import { named, parametersOf } from "../../src/model/layer.ts";
import { BatchNorm, Linear } from "../../src/model/layers.ts";
import { Random } from "../../src/model/random.ts";
import { scope } from "../../src/tensor/scope.ts";
import { stateDict } from "../../src/train/checkpoint.ts";

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
