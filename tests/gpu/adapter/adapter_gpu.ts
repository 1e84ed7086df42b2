import { assertEquals } from "@std/assert";
import { RunError } from "../../../src/base/errors.ts";
import { requestAdapter } from "../../../src/gpu/adapter/adapter.ts";
import { adapterFacts } from "../../../src/gpu/adapter/facts.ts";

Deno.test("adapterFacts() knows this machine's adapter, and that a forced one is software", async () => {
  const { software } = await adapterFacts(await requestAdapter("high-performance"));
  try {
    assertEquals((await adapterFacts(await requestAdapter("software"))).software, true);
  } catch (error) {
    // A machine with a GPU alone has none.
    assertEquals([error instanceof RunError, software], [true, false]);
  }
});
