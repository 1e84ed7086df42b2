import { assertEquals } from "@std/assert";
import { type Backend, backendOf } from "../../../src/gpu/adapter/backend.ts";

/** An adapter that refuses as wgpu and browsers do: features are looked at before limits. */
function adapterWith(features: string[]): GPUAdapter {
  const requestDevice = ({ requiredFeatures = [] }: GPUDeviceDescriptor) =>
    Promise.reject(
      [...requiredFeatures].every((feature) => features.includes(feature))
        ? new DOMException("Limit 'max_bind_groups' is better than allowed 8", "OperationError")
        : new TypeError("requiredFeatures must be a subset of the adapter features"),
    );
  return { requestDevice } as unknown as GPUAdapter;
}

Deno.test("backendOf() tells the backends by what wgpu gives all their adapters", async () => {
  const opengl = ["wgpu-clear-texture"];
  const direct = [...opengl, "wgpu-mappable-primary-buffers"];
  const vulkan = [...direct, "wgpu-pipeline-cache"];
  const cases: [string[], string, Backend][] = [
    [vulkan, "linux", "vulkan"],
    [vulkan, "windows", "vulkan"],
    [vulkan, "darwin", "vulkan"],
    [direct, "darwin", "metal"],
    [direct, "windows", "d3d12"],
    [direct, "linux", "unknown"],
    [opengl, "linux", "opengl"],
    [opengl, "windows", "opengl"],
    [["timestamp-query"], "linux", "unknown"],
  ];
  for (const [features, os, backend] of cases) {
    assertEquals(await backendOf(adapterWith(features), os), backend, `${features} on ${os}`);
  }
});
