import { assertEquals, assertRejects } from "@std/assert";
import { RunError } from "../../../src/base/errors.ts";
import { ADAPTER_CHOICES, requestAdapter } from "../../../src/gpu/adapter/adapter.ts";

/** Runs `act` while WebGPU answers every request with this. */
async function answering<T>(
  answer: (options?: GPURequestAdapterOptions) => unknown,
  act: () => Promise<T>,
): Promise<T> {
  const own = navigator.gpu.requestAdapter;
  navigator.gpu.requestAdapter = (options) => Promise.resolve(answer(options) as GPUAdapter | null);
  try {
    return await act();
  } finally {
    navigator.gpu.requestAdapter = own;
  }
}

const hardware = { info: { isFallbackAdapter: false, description: "A GPU" } };

Deno.test("requestAdapter() asks for what was chosen", async () => {
  const asked: unknown[] = [];
  const software = { info: { isFallbackAdapter: false, description: "SwiftShader Device" } };
  for (const choice of ADAPTER_CHOICES) {
    await answering((options) => (asked.push(options), software), () => requestAdapter(choice));
  }
  assertEquals(asked, [
    { powerPreference: "high-performance" },
    { powerPreference: "low-power" },
    { forceFallbackAdapter: true },
  ]);
});

Deno.test("requestAdapter() takes no GPU for a software adapter", async () => {
  for (const answer of [hardware, null]) {
    await assertRejects(
      () => answering(() => answer, () => requestAdapter("software")),
      RunError,
      "WebGPU finds no software adapter on this system (--adapter software): ",
    );
  }
  await answering(() => hardware, () => requestAdapter("low-power"));
});

Deno.test("requestAdapter() says what mends a machine without an adapter", async () => {
  await assertRejects(
    () => answering(() => null, () => requestAdapter("high-performance")),
    RunError,
    "WebGPU finds no adapter on this system: ",
  );
});

Deno.test("requestAdapter() takes its adapter from where it is told", async () => {
  const asked: unknown[] = [];
  const own = { requestAdapter: (options: unknown) => (asked.push(options), hardware) };
  const adapter = await answering(
    () => null,
    () => requestAdapter("low-power", own as unknown as GPU),
  );
  assertEquals([adapter as unknown, asked], [hardware, [{ powerPreference: "low-power" }]]);
  await assertRejects(
    () => requestAdapter("low-power", {} as GPU),
    TypeError,
    "Cannot open the GPU with gpu an Object: it must be a GPU object, as `navigator.gpu` is",
  );
});

Deno.test("requestAdapter() says where WebGPU is to be had where there is none", async () => {
  const own = Object.getOwnPropertyDescriptor(globalThis, "navigator")!;
  Object.defineProperty(globalThis, "navigator", { value: undefined, configurable: true });
  try {
    await assertRejects(() => requestAdapter("low-power"), RunError, "npm install webgpu");
  } finally {
    Object.defineProperty(globalThis, "navigator", own);
  }
});
