/** What initializers, random numbers and networks refuse by name. */
import { assertThrows } from "@std/assert";
import { initializerOf, kaimingNormal } from "../../src/model/init.ts";
import { networkOf } from "../../src/model/networks.ts";
import { LENETPP } from "../../src/model/lenetpp.ts";
import { Random } from "../../src/model/random.ts";

Deno.test("initializerOf() refuses an unknown kind and settings out of range", () => {
  const wrong = [
    [
      { kind: "foo" },
      'Cannot draw weights: init.kind is "foo"; it must be one of kaiming-normal, ',
    ],
    [{ kind: "constructor" }, 'kind is "constructor"'],
    [{ kind: "xavier-uniform", magnitude: 3, fan: "out" }, 'fan is "out"; it must be one of in, '],
    [{ kind: "xavier-uniform", magnitude: NaN, fan: "in" }, "magnitude is NaN"],
  ] as const;
  for (const [recipe, message] of wrong) {
    const random = new Random(1, "weights");
    assertThrows(() => initializerOf(recipe as never, random), RangeError, message);
  }
});

Deno.test("Random refuses a seed or a stream that is no u32, and an unknown purpose", () => {
  for (const value of [-1, 1.5, 2 ** 32, NaN, "1" as unknown as number]) {
    const shown = JSON.stringify(value) === "null" ? "NaN" : JSON.stringify(value);
    assertThrows(() => new Random(value, "weights"), RangeError, `seed is ${shown}`);
    assertThrows(() => new Random(1, "shuffle", value), RangeError, `stream is ${shown}`);
  }
  const purpose = "toString" as "weights";
  assertThrows(() => new Random(1, purpose), RangeError, 'purpose is "toString"');
});

Deno.test("networkOf() refuses an unknown activation of LeNet++", () => {
  const sizes = { height: 8, width: 8, channels: 1, featureDim: 2, classes: 2, widthFactor: 1 };
  const variant = { ...LENETPP, kind: "lenetpp", activation: { kind: "relu" } } as never;
  assertThrows(
    () => networkOf(variant, sizes, kaimingNormal(new Random(1, "weights"))),
    RangeError,
    'Cannot build LeNet++: activation.kind is "relu"; it must be one of prelu, leaky',
  );
});
