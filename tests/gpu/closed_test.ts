import { assertStringIncludes, assertThrows } from "@std/assert";
import { noAdapterMessage } from "../../src/gpu/adapter.ts";
import { gpu } from "../../src/gpu/device.ts";

Deno.test("gpu() says what to call when no device is open", () => {
  assertThrows(() => gpu(), TypeError, "No GPU is open: call `await openGpu()` first");
});

Deno.test("noAdapterMessage() names the fix for each system", () => {
  assertStringIncludes(noAdapterMessage("linux"), "apt-get install -y mesa-vulkan-drivers");
  assertStringIncludes(noAdapterMessage("darwin"), "Metal");
  assertStringIncludes(noAdapterMessage("windows"), "Direct3D 12");
});
