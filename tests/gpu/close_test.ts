import { assertEquals, assertRejects } from "@std/assert";
import type { BufferView } from "../../src/gpu/dispatch.ts";
import { Failures } from "../../src/gpu/failures.ts";
import { Gpu } from "../../src/gpu/gpu.ts";
import { readBack } from "../../src/gpu/readback.ts";
import { GPU_TILES } from "../../src/gpu/tiles/tiles.ts";

/** A device that counts how often it is destroyed, and can be lost. */
function opened() {
  let destroyed = 0;
  const { promise: lost, resolve: lose } = Promise.withResolvers<GPUDeviceLostInfo>();
  const device = {
    limits: { maxTextureDimension2D: 1, maxStorageBufferBindingSize: 4 },
    addEventListener() {},
    destroy: () => void destroyed++,
    lost,
  } as unknown as GPUDevice;
  const known = { software: false, features: [] as string[], limits: {} };
  const facts = known as unknown as ConstructorParameters<typeof Gpu>[1];
  const gpu = new Gpu(device, facts, GPU_TILES);
  const goAway = async () => {
    lose({ message: "gone", reason: "destroyed" } as GPUDeviceLostInfo);
    await lost;
  };
  return { gpu, destroyed: () => destroyed, goAway };
}

Deno.test("a device is destroyed by its last user, once", () => {
  const { gpu, destroyed } = opened();
  {
    using _first = gpu.join();
    {
      using _second = gpu.join();
      gpu.join().close();
      assertEquals([gpu.closed, destroyed()], [false, 0]);
    }
    assertEquals([gpu.closed, destroyed()], [false, 0]);
  }
  assertEquals([gpu.closed, destroyed()], [true, 1]);
  gpu.close();
  assertEquals(destroyed(), 1);
});

Deno.test("a device that was lost is closed by the first user, for all", async () => {
  const { gpu, destroyed, goAway } = opened();
  for (let user = 0; user < 3; user++) gpu.join();
  await goAway();
  assertEquals([gpu.lost, gpu.closed], [true, false]);
  gpu.close();
  assertEquals([gpu.closed, destroyed()], [true, 1]);
});

Deno.test("a read that nobody awaited before the GPU was closed says so", async () => {
  const lost = new Promise(() => {}), device = { addEventListener() {}, lost };
  const failures = new Failures(device as unknown as GPUDevice);
  const buffer = () => {
    failures.close();
    throw new DOMException("validation error occurred");
  };
  const parts = { failures, residence: { buffer } } as unknown as Parameters<typeof readBack>[0];
  const read = () => readBack(parts, [{ bytes: 4 } as BufferView]);
  await assertRejects(read, TypeError, "Cannot read: the GPU was closed meanwhile");
});
