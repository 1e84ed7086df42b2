/** The README's table of speeds by machine. */
import { assertEquals } from "@std/assert";
import { speedTableOf } from "../../../experiments/report/speed_table.ts";
import { cellsOf } from "./cells.ts";

const row = (adapter: string, work: string, shape: string, gflops: number, images?: number) => ({
  adapter,
  work,
  shape,
  gflops,
  imagesPerSecond: images ?? null,
});
const software = [
  row("llvmpipe", "matmul", "512x512 by 512x512", 27.12),
  row("llvmpipe", "training step", "ResNet, center loss, 32x28x28x1", 5, 123.4),
  row("llvmpipe", "training step", "ResNet, center loss, 128x28x28x1", 5, 1),
];

Deno.test("speedTableOf() has machines down and works across", () => {
  const lines = speedTableOf([software, [row("Some GPU", "matmul", "512x512 by 512x512", 12345)]]);
  assertEquals(cellsOf(lines[0])[2], "matmul 512");
  assertEquals(cellsOf(lines[2]), ["llvmpipe", "", "27.1", "", "", "", "", "123"]);
  assertEquals(cellsOf(lines[3]), ["Some GPU", "", "12345", "", "", "", "", ""]);
  assertEquals(lines[4], "");
});

Deno.test("speedTableOf() leaves a row empty while no GPU was measured", () => {
  const lines = speedTableOf([software]);
  assertEquals(cellsOf(lines[3]), ["a GPU: none could be used yet", ...new Array(7).fill("")]);
});
