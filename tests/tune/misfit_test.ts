import { assertEquals } from "@std/assert";
import type { Tile } from "../../src/gpu/tiles/tiles.ts";
import { misfit } from "../../src/tune/misfit.ts";

const tile: Tile = { rows: 4, cols: 2, lanes: 64, parallel: 16, share: "nothing" };
const limits = { maxComputeInvocationsPerWorkgroup: 256, maxComputeWorkgroupSizeX: 128 };

Deno.test("misfit() knows the lanes of workgroups and subgroups", () => {
  const room = { subgroupSize: 32, limits };
  assertEquals(misfit(tile, room), undefined);
  assertEquals(misfit({ ...tile, lanes: 128, share: "workgroup" }, room), undefined);
  assertEquals(misfit({ ...tile, lanes: 32, share: "subgroup" }, room), undefined);
  assertEquals(
    misfit({ ...tile, lanes: 129 }, room),
    "it has 129 lanes, but workgroups of this adapter at most 128",
  );
  const shared: Tile = { ...tile, share: "subgroup" };
  assertEquals(
    misfit(shared, room),
    "it shares within subgroups of 64 lanes, but those of this adapter have 32",
  );
  assertEquals(
    misfit(shared, { ...room, subgroupSize: 0 }),
    "it shares within subgroups of 64 lanes, but those of this adapter have no fixed size",
  );
});
