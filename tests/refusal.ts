/** Calls that are refused, and the tests made of them. */
import { assertEquals, assertThrows } from "@std/assert";
import { add } from "../src/ops/mod.ts";
import { scope } from "../src/tensor/scope.ts";
import { tensor } from "../src/tensor/make_tensor.ts";

/** The words of the message that refuses a call, ` ... ` standing for other words between; and the call. */
type Refusal = readonly [message: string, call: () => unknown];

/** A refusal for each of some values. */
export function each<T>(values: readonly T[], refusal: (value: T) => Refusal): Refusal[] {
  return values.map(refusal);
}

/** A test's name: the function that the call is of, where its source names one, and the message. */
function nameOf(message: string, call: () => unknown): string {
  const [, called] = /=>\s*(?:\w+\.)?(\w+)\(/.exec(String(call)) ?? [];
  return called ? `${called}() refuses: ${message}` : message;
}

/** Registers a test for each: the call throws in these words, and the GPU goes on as if nothing was. */
export function testRefusals(
  errorClass: typeof TypeError | typeof RangeError,
  ...refusals: (Readonly<Record<string, () => unknown>> | readonly Refusal[])[]
): void {
  const all = refusals.flatMap((it) => Array.isArray(it) ? it : Object.entries(it)) as Refusal[];
  for (const [message, call] of all) {
    Deno.test(nameOf(message, call), async () => {
      using _ = scope();
      for (const part of message.split(" ... ")) assertThrows(call, errorClass, part);
      assertEquals([...await add(tensor([1]), 1).read()], [2]);
    });
  }
}
