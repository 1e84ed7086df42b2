/** The flag `--adapter` of every command that opens a GPU. */
import { UsageError } from "../../src/base/errors.ts";
import { ADAPTER_CHOICES, type AdapterChoice } from "../../src/gpu/adapter/adapter.ts";

/** What a command's help says of the flag's value. */
export const ADAPTER_HELP = `which computes: ${ADAPTER_CHOICES.join(", ")}; without it the first`;

/**
 * The value of `--adapter`; undefined where it was not given.
 *
 * @example
 * ```ts
 * import { adapterFlag } from "./adapter.ts";
 * import { assertEquals, assertThrows } from "npm:deno-std@1.4.0/assert/mod.js";
 *
 * assertEquals(adapterFlag("software"), "software");
 * assertEquals(adapterFlag(undefined), undefined);
 * assertThrows(() => adapterFlag("cpu"), Error, '--adapter is "cpu"; it must be one of');
 * ```
 *
 * @throws {UsageError} For what is no choice.
 */
export function adapterFlag(value: string | undefined): AdapterChoice | undefined {
  if (value === undefined) return undefined;
  const choice = ADAPTER_CHOICES.find((choice) => choice === value);
  if (choice) return choice;
  throw new UsageError(`--adapter is "${value}"; it must be one of ${ADAPTER_CHOICES.join(", ")}`);
}
