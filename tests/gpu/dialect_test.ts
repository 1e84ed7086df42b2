import { assertEquals } from "@std/assert";
import type { AdapterFacts } from "../../src/gpu/adapter.ts";
import { dialectOf } from "../../src/gpu/dialect.ts";

/** A device whose compiler says this of every text. */
function device(said: { type: string }[], error: unknown, asked: string[] = []): GPUDevice {
  return {
    limits: { maxStorageTexturesPerShaderStage: 4 },
    pushErrorScope: () => {},
    popErrorScope: () => Promise.resolve(error),
    createShaderModule: ({ code }: { code: string }) => {
      asked.push(code);
      return { getCompilationInfo: () => Promise.resolve({ messages: said }) };
    },
  } as unknown as GPUDevice;
}

type Facts = Pick<AdapterFacts, "backend" | "description">;
const browser: Facts = { backend: "unknown", description: "SwiftShader" };
const lavapipe: Facts = { backend: "vulkan", description: "llvmpipe (LLVM 15.0.6, 256 bits)" };

Deno.test("dialectOf() asks the compiler whether it takes `enable subgroups;`, if there are any", async () => {
  const enable = async (given: GPUDevice, subgroups = true) =>
    (await dialectOf(given, browser, subgroups)).enable;
  assertEquals(await enable(device([], null)), true);
  assertEquals(await enable(device([{ type: "info" }], null)), true);
  assertEquals(await enable(device([{ type: "error" }], { message: "" })), false);
  assertEquals(await enable(device([{ type: "error" }], null)), false);
  const asked: string[] = [];
  assertEquals(await enable(device([], null, asked), false), false);
  assertEquals(asked, []);
});

Deno.test("dialectOf() disguises parameters on llvmpipe's Vulkan alone, and knows how many textures may be bound", async () => {
  const of = (facts: Facts) => dialectOf(device([], null), facts, false);
  assertEquals(await of(browser), { opaque: false, mostTextures: 4, enable: false });
  assertEquals((await of(lavapipe)).opaque, true);
  assertEquals((await of({ ...lavapipe, backend: "opengl" })).opaque, false);
  assertEquals((await of({ ...browser, backend: "vulkan" })).opaque, false);
});
