import { assertEquals, assertThrows } from "@std/assert";
import { DeviceLost, RunError } from "../../src/base/errors.ts";
import { Failures } from "../../src/gpu/failures.ts";

Deno.test("Failures put what the compiler said before the pipeline that cannot be used, in any order", () => {
  const device = Object.assign(new EventTarget(), { lost: new Promise(() => {}) });
  const failures = new Failures(device as unknown as GPUDevice);
  const refused = () => {
    const event = new Event("uncapturederror", { cancelable: true });
    device.dispatchEvent(Object.assign(event, { error: { message: "invalid pipeline" } }));
  };
  const compiler = new RunError("kernels/k.wgsl:3:4: what is x?");
  for (
    const order of [[refused, () => failures.report(compiler)], [
      () => failures.report(compiler),
      refused,
    ]]
  ) {
    for (const tell of order) tell();
    assertThrows(() => failures.throwIfAny(), RunError, "kernels/k.wgsl:3:4");
    assertEquals(failures.take(), compiler);
    failures.throwIfAny();
  }
  refused();
  assertThrows(() => failures.throwIfAny(), RunError, "WebGPU: invalid pipeline");
  failures.report(compiler);
  failures.lose("gone");
  assertThrows(() => failures.throwIfAny(), DeviceLost);
});

Deno.test("Failures say what makes room where the GPU's memory is full", () => {
  const device = Object.assign(new EventTarget(), { lost: new Promise(() => {}) });
  const failures = new Failures(device as unknown as GPUDevice);
  class GPUOutOfMemoryError extends Error {}
  const event = new Event("uncapturederror", { cancelable: true });
  device.dispatchEvent(Object.assign(event, { error: new GPUOutOfMemoryError("not enough") }));
  assertThrows(
    () => failures.throwIfAny(),
    RunError,
    "Cannot allocate more on the GPU, whose memory other programs may hold, too (not enough): use a smaller batch",
  );
});
