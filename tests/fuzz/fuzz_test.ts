import { assertEquals, assertNotEquals } from "@std/assert";
import { RunError } from "../../src/base/errors.ts";
import { fuzz } from "./fuzz.ts";
import { Dice, mutated } from "./mutate.ts";
import { type Parser, right } from "./parser.ts";

const seeds = [new TextEncoder().encode('{"a":[1,2,3]}'), new TextEncoder().encode("{}")];
const options = { count: 50, seed: 1, stream: 0, place: "" };
const tried = (read: Parser["read"]) => fuzz({ name: "it", seeds: () => seeds, read }, options);

Deno.test("mutated() damages by the seed and the number alone", () => {
  const inputs = (seed: number) =>
    Array.from({ length: 20 }, (_, i) => mutated(seeds, new Dice(seed, i)));
  assertEquals(inputs(1), inputs(1));
  assertNotEquals(inputs(1), inputs(2));
  assertEquals(new Set(inputs(1).map(String)).size > 15, true);
});

Deno.test("fuzz() takes a right value and a refusal in one line", async () => {
  const whole = new Set(seeds.map(String));
  assertEquals(
    await tried((bytes) => {
      if (!whole.has(String(bytes))) throw new RunError("Cannot read a.json: it is damaged");
    }),
    [],
  );
});

const wrong: [string, Parser["read"], string][] = [
  ["a good input that is refused", () => {
    throw new RunError("no");
  }, "its good input: RunError: no"],
  ["a program's mistake", (bytes) => JSON.parse(new TextDecoder().decode(bytes)).a.b, "TypeError"],
  ["the engine's words in a refusal", (bytes) => {
    if (!seeds.includes(bytes)) throw new RunError("Cannot read a: Cannot read properties of null");
  }, "the engine's words"],
  ["a wrong value", (bytes) => right(seeds.includes(bytes), "size"), "WrongValue: size"],
  ["a line without end", (bytes) => {
    if (!seeds.includes(bytes)) throw new RunError("a".repeat(5000));
  }, "a line of 5000 characters"],
  ["NaN from nowhere", (bytes) => {
    if (!seeds.includes(bytes)) throw new RunError("it has NaN lines");
  }, "a NaN that was not given"],
];
for (const [what, read, message] of wrong) {
  Deno.test(`fuzz() reports ${what}`, async () => {
    const failures = await tried(read);
    assertEquals(failures.some((failure) => failure.what.includes(message)), true, message);
  });
}
