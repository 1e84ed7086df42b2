/**
 * The tiles of every kind of adapter give correct results on the adapter here. The other tests run with those chosen
 * for it, so what is here is what they leave out.
 */
import { gpu } from "../../src/gpu/device.ts";
import { defaultTiles, type Tiles } from "../../src/gpu/tiles.ts";
import { convCase } from "./conv2d.ts";
import { matmulCase } from "./matmul.ts";
import { type OpCase, testOp } from "./op_case.ts";

/** Tiles fitted to the adapter here, as if it were of this kind. */
function tilesOf(software: boolean, subgroups: boolean): Tiles {
  const subgroupSize = subgroups ? gpu().adapter.subgroupSize : 0;
  return defaultTiles({ ...gpu().adapter, software, subgroupSize });
}

function check(kind: string, tiles: () => Tiles, cases: [string, OpCase][]) {
  for (const [op, test] of cases) {
    testOp(op, { ...test, name: `${test.name}, with ${kind}`, tiles });
  }
}

// One image row of more pixels than a workgroup takes, and more channels than a thread takes.
check("SOFTWARE_TILES", () => tilesOf(true, true), [
  ["matmul", matmulCase([131, 3, 17], true, true)],
  ["conv2d", convCase("handles a long row", { x: [1, 1, 257, 3], kernel: 1, out: 4 })],
  ["conv2d", convCase("strides", { x: [1, 8, 7, 3], kernel: 3, out: 5, stride: 2, padding: 1 })],
]);
check("SOFTWARE_TILES without subgroups", () => tilesOf(true, false), [
  ["conv2d", convCase("strides", { x: [1, 8, 7, 3], kernel: 3, out: 5, stride: 2, padding: 1 })],
]);
check("GPU_TILES", () => tilesOf(false, true), [
  ["matmul", matmulCase([257, 3, 9], false, false)],
  ["matmul", matmulCase([65, 3, 17], true, true)],
  ["conv2d", convCase("handles a long row", { x: [1, 1, 521, 3], kernel: 1, out: 4 })],
  ["conv2d", convCase("takes many channels", { x: [2, 4, 3, 9], kernel: 3, out: 9, padding: 1 })],
  ["conv2d", convCase("strides", { x: [1, 8, 7, 9], kernel: 3, out: 9, stride: 2, padding: 1 })],
]);
