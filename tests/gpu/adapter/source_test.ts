import { assertEquals, assertRejects } from "@std/assert";
import { RunError } from "../../../src/base/errors.ts";
import { gpuOfRuntime, provideGpu } from "../../../src/gpu/adapter/source.ts";

/** Runs `act` in a runtime without WebGPU. */
async function withoutNavigator(act: () => Promise<void>): Promise<void> {
  const own = Object.getOwnPropertyDescriptor(globalThis, "navigator")!;
  Object.defineProperty(globalThis, "navigator", { value: {}, configurable: true });
  try {
    await act();
  } finally {
    Object.defineProperty(globalThis, "navigator", own);
  }
}

Deno.test("gpuOfRuntime() is the runtime's own, or what is provided, made once", async () => {
  const gpu = {} as GPU;
  let made = 0;
  await withoutNavigator(async () => {
    assertEquals(await gpuOfRuntime(), undefined);
    provideGpu(() => (made++, Promise.resolve(gpu)));
    assertEquals([await gpuOfRuntime() === gpu, await gpuOfRuntime() === gpu, made], [
      true,
      true,
      1,
    ]);
  });
  assertEquals(await gpuOfRuntime() === navigator.gpu, true);
});

Deno.test("gpuOfRuntime() tells a package that is missing from one that does not load", async () => {
  await withoutNavigator(async () => {
    const missing = Object.assign(new Error("no webgpu"), { code: "ERR_MODULE_NOT_FOUND" });
    provideGpu(() => Promise.reject(missing));
    assertEquals(await gpuOfRuntime(), undefined);
    provideGpu(() => Promise.reject(new Error("wrong GLIBC")));
    await assertRejects(() => gpuOfRuntime(), RunError, "does not load (wrong GLIBC)");
  });
});
