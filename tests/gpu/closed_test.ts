import { assertThrows } from "@std/assert";
import { gpu } from "../../src/gpu/device.ts";

Deno.test("gpu() says what to call when no device is open", () => {
  assertThrows(() => gpu(), TypeError, "No GPU is open: call `await openGpu()` first");
});
