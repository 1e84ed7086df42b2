/** Calls that are refused, and the tests made of them. */
import { assertEquals, assertThrows } from "@std/assert";
import { add } from "../src/ops/mod.ts";
import { scope } from "../src/tensor/scope.ts";
import { tensor } from "../src/tensor/make_tensor.ts";

/** What is done, the error's class, and words of its message. */
export type Refusal = [
  act: string,
  f: () => unknown,
  errorClass: typeof TypeError | typeof RangeError,
  ...parts: string[],
];

/** Registers a test for each: the call throws in these words, and the GPU goes on as if nothing was. */
export function testRefusals(refusals: readonly Refusal[]): void {
  for (const [act, f, errorClass, ...parts] of refusals) {
    Deno.test(`${act} is refused`, async () => {
      using _ = scope();
      for (const part of parts) assertThrows(f, errorClass, part);
      assertEquals([...await add(tensor([1]), 1).read()], [2]);
    });
  }
}
