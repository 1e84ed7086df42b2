import { assertStringIncludes, assertThrows } from "@std/assert";
import { RunError } from "../../src/base/errors.ts";
import { granted } from "../permissions.ts";

Deno.test("system refuses files in one line where there is no Deno", async () => {
  if (!await granted("read")) return;
  const own = globalThis.Deno;
  const url = new URL("../../src/base/system.ts?elsewhere", import.meta.url);
  Object.defineProperty(globalThis, "Deno", { value: undefined, configurable: true });
  try {
    const { system } = await import(url.href);
    const { message } = assertThrows(() => system.readFile("a"), RunError);
    assertStringIncludes(message, "Cannot use files here: ");
  } finally {
    Object.defineProperty(globalThis, "Deno", { value: own, configurable: true });
  }
});
