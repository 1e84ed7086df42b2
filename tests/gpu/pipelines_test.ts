import { assertEquals } from "@std/assert";
import { Kernel } from "../../src/gpu/kernel.ts";
import { Pipelines } from "../../src/gpu/pipelines.ts";

const TEXT = `struct Params {
  size: u32,
}

@group(0) @binding(0) var<uniform> params: Params;

@compute @workgroup_size(64)
fn main() {
}
`;

Deno.test("settled() lets nobody through before the checks are done", async () => {
  const { promise: scope, resolve } = Promise.withResolvers<GPUError | null>();
  const device = {
    pushErrorScope() {},
    popErrorScope: () => scope,
    createBindGroupLayout: () => ({}),
  };
  const events: string[] = [];
  const pipelines = new Pipelines(device as unknown as GPUDevice, {}, {
    failed: ({ message }) => events.push(message),
    compiled() {},
  });
  pipelines.get(new Kernel("k", TEXT), {}, "none");
  const waiting = [1, 2].map((caller) =>
    pipelines.settled().then(() => events.push(`caller ${caller}`))
  );
  await new Promise((done) => setTimeout(done));
  assertEquals(events, []);
  resolve({ message: "no such binding" });
  await Promise.all(waiting);
  assertEquals(events, ["kernels/k.wgsl: no such binding", "caller 1", "caller 2"]);
  await pipelines.settled();
});
