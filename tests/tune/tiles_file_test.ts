import { assertEquals, assertRejects } from "@std/assert";
import { UsageError } from "../../src/base/errors.ts";
import type { Tile, Tiles } from "../../src/gpu/tiles/tiles.ts";
import { readTilesFile, tilesForAdapter } from "../../src/tune/tiles_file.ts";
import { granted } from "../permissions.ts";

const KEY = "matmul 8x4 by 4x2";
const tile: Tile = { rows: 4, cols: 2, lanes: 64, parallel: 16, share: "nothing" };
const TABLE: Tiles = {
  operands: "storage",
  matmul: tile,
  conv2dForward: tile,
  conv2dInputGrad: tile,
  conv2dWeightGrad: tile,
};
const adapter = { subgroupSize: 8, limits: { maxComputeInvocationsPerWorkgroup: 128 } };

Deno.test("readTilesFile() takes a file of tiles and a run's config, and refuses others", async () => {
  if (!await granted("read", "write")) return;
  const path = await Deno.makeTempFile();
  const write = (value: unknown) => Deno.writeTextFile(path, JSON.stringify(value));
  await write(TABLE);
  assertEquals(await readTilesFile(path), TABLE);
  await write({ plan: {}, tiles: TABLE, adapter: "any" });
  assertEquals(await readTilesFile(path), TABLE);
  await write({ ...TABLE, matmul: 7 });
  await assertRejects(
    () => readTilesFile(path),
    UsageError,
    `--tiles ${path} holds no tiles: matmul is 7; it must be an object`,
  );
  for (const text of ["", "{", "null", "[]"]) {
    await Deno.writeTextFile(path, text);
    await assertRejects(() => readTilesFile(path), UsageError, `--tiles ${path} holds no tiles: `);
  }
  const large = { ...tile, lanes: 256 };
  await write({ ...TABLE, tuned: { [KEY]: large } });
  const why = `the tile of ${KEY} does not run here: it has 256 lanes, but workgroups of this`;
  await assertRejects(() => tilesForAdapter(path, adapter), UsageError, `--tiles ${path}: ${why}`);
  await Deno.remove(path);
  const error = await assertRejects(() => readTilesFile(path), UsageError);
  assertEquals(error.message, `--tiles ${path} cannot be read: there is no such file`);
  await assertRejects(() => readTilesFile("."), UsageError, "--tiles . cannot be read: ");
});
