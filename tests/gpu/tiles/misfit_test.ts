import { assertEquals } from "@std/assert";
import type { Tile } from "../../../src/gpu/tiles/tiles.ts";
import { misfit, misfitAmong } from "../../../src/gpu/tiles/misfit.ts";

const tile: Tile = { rows: 4, cols: 2, lanes: 64, parallel: 16, share: "nothing" };
const adapter = {
  subgroupSize: 32,
  limits: { maxComputeInvocationsPerWorkgroup: 256, maxComputeWorkgroupSizeX: 128 },
};

Deno.test("misfit() knows the lanes of workgroups and subgroups", () => {
  assertEquals(misfit(tile, adapter), undefined);
  assertEquals(misfit({ ...tile, lanes: 128, share: "workgroup" }, adapter), undefined);
  assertEquals(misfit({ ...tile, lanes: 32, share: "subgroup" }, adapter), undefined);
  assertEquals(
    misfit({ ...tile, lanes: 129 }, adapter),
    "it has 129 lanes, but workgroups of this adapter at most 128",
  );
  const shared: Tile = { ...tile, share: "subgroup" };
  assertEquals(
    misfit(shared, adapter),
    "it shares within subgroups of 64 lanes, but those of this adapter have 32",
  );
  assertEquals(
    misfit(shared, { ...adapter, subgroupSize: 0 }),
    "it shares within subgroups of 64 lanes, but those of this adapter have no fixed size",
  );
});

Deno.test("misfitAmong() names the tile that the adapter cannot run, also of a single shape", () => {
  const key = "matmul 8x4 by 4x2", large = { ...tile, lanes: 256 };
  assertEquals(
    misfitAmong({ operands: "storage", matmul: tile, tuned: { [key]: tile } }, adapter),
    undefined,
  );
  const why = "does not run here: it has 256 lanes, but workgroups of this adapter at most 128";
  assertEquals(misfitAmong({ matmul: large }, adapter), `the tile of matmul ${why}`);
  assertEquals(misfitAmong({ tuned: { [key]: large } }, adapter), `the tile of ${key} ${why}`);
});
