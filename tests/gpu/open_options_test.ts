/** Options that openGpu() refuses before it asks for an adapter. */
import { assertRejects } from "@std/assert";
import { type GpuOptions, openGpu } from "../../src/gpu/device.ts";
import { GPU_TILES } from "../../src/gpu/tiles/tiles.ts";

const matmul = { ...GPU_TILES.matmul, rows: 0 };
const wrong: [object, typeof TypeError | typeof RangeError, string][] = [
  [
    { adapter: "foo" },
    RangeError,
    'Cannot open the GPU: adapter is "foo"; it must be one of high-performance, low-power, software',
  ],
  [{ adapter: "toString" }, RangeError, 'adapter is "toString"'],
  [{ limits: "foo" }, RangeError, 'limits is "foo"; it must be one of adapter, default'],
  [{ submitMs: 0 }, RangeError, "cannot take 0 ms: submitMs must be a number above 0"],
  [{ submitMs: "20" }, RangeError, "cannot take 20 ms: submitMs must be a number above 0"],
  [{ tiles: {} }, TypeError, "Cannot open the GPU with these tiles: it lacks operands"],
  [{ tiles: { ...GPU_TILES, matmul } }, TypeError, "matmul.rows is 0; it must be a whole number"],
];
Deno.test("openGpu() fails by its own options, whoever opens at the same time", async () => {
  const all = wrong.slice(0, 4).map(([options, , message]) =>
    assertRejects(() => openGpu(options as GpuOptions), RangeError, message)
  );
  await Promise.all(all);
});

for (const [options, errorClass, message] of wrong) {
  Deno.test(`openGpu() refuses: ${message}`, async () => {
    await assertRejects(() => openGpu(options as GpuOptions), errorClass, message);
  });
}
