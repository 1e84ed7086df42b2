import { assertEquals, assertNotEquals, assertRejects } from "@std/assert";
import { join } from "node:path";
import { adapterKey, cachedTiles, storeTiles, tilesOf } from "../../src/tune/cache.ts";
import { RunError } from "../../src/base/errors.ts";
import type { AdapterFacts } from "../../src/gpu/adapter/facts.ts";
import type { Tile } from "../../src/gpu/tiles/tiles.ts";
import type { Tuned } from "../../src/tune/tune_one.ts";
import { diskTest } from "../on_disk.ts";

const adapter: AdapterFacts = {
  description: "A GPU",
  vendor: "4318",
  architecture: "",
  backend: "vulkan",
  software: false,
  features: [],
  subgroupSize: 32,
  limits: { maxComputeInvocationsPerWorkgroup: 256 },
};
const tile: Tile = { rows: 4, cols: 2, lanes: 64, parallel: 2048, share: "nothing" };
const KEY = "matmul 8x4 by 4x2", OTHER = "matmul 8x4 by 4x3";
const tuned = (shape: string, ms = 1): Tuned => ({
  kernel: "matmul",
  shape,
  tile,
  ms,
  defaultMs: 2,
  dropped: [{ tile, why: "wrong" }],
});

/** Where a cache is to be. */
const pathIn = (folder: string) => join(folder, "runs", "tiles.json");

Deno.test("adapterKey() tells adapters and versions of Deno apart", () => {
  const key = adapterKey(adapter, "2.9.6");
  assertEquals(key, "A GPU, vendor 4318, vulkan, subgroups of 32, Deno 2.9.6");
  const others: Partial<AdapterFacts>[] = [
    { description: "Another" },
    { vendor: "1" },
    { architecture: "x" },
    { backend: "d3d12" },
    { subgroupSize: 0 },
  ];
  for (const other of others) assertNotEquals(adapterKey({ ...adapter, ...other }, "2.9.6"), key);
  assertNotEquals(adapterKey(adapter, "2.9.7"), key);
});

diskTest(
  "storeTiles() from several processes at a time leaves a whole file and no parts",
  async (folder) => {
    const path = pathIn(folder);
    await Promise.all(
      Array.from({ length: 8 }, () => storeTiles(path, adapter, [tuned("8x4 by 4x2")])),
    );
    assertEquals(Object.keys(await cachedTiles(path, adapter)), [KEY]);
    assertEquals([...Deno.readDirSync(join(folder, "runs"))].map(({ name }) => name), [
      "tiles.json",
    ]);
  },
);

diskTest(
  "storeTiles() keeps what is there, of other shapes and of other adapters",
  async (folder) => {
    const path = pathIn(folder);
    const another = { ...adapter, description: "Another" };
    assertEquals(await cachedTiles(path, adapter), {});
    await storeTiles(path, adapter, [tuned("8x4 by 4x2")]);
    await storeTiles(path, another, [tuned("8x4 by 4x2", 7)]);
    await storeTiles(path, adapter, [tuned("8x4 by 4x3")]);
    await storeTiles(path, adapter, [tuned("8x4 by 4x2", 1.5)]);
    const found = await cachedTiles(path, adapter);
    assertEquals(found, {
      [KEY]: { tile, ms: 1.5, defaultMs: 2 },
      [OTHER]: { tile, ms: 1, defaultMs: 2 },
    });
    assertEquals(tilesOf(found), { [KEY]: tile, [OTHER]: tile });
    assertEquals(await cachedTiles(path, another), { [KEY]: { tile, ms: 7, defaultMs: 2 } });
    assertEquals(await cachedTiles(path, { ...adapter, vendor: "0" }), {});
    assertEquals([...Deno.readDirSync(join(path, ".."))].map((it) => it.name), ["tiles.json"]);
  },
);

diskTest("cachedTiles() refuses a file that is broken or something else", async (folder) => {
  const path = pathIn(folder);
  const advice = "; delete it (deno task tune makes it anew), or leave it out of a run with " +
    "--no-tune";
  await storeTiles(path, adapter, [tuned("8x4 by 4x2")]);
  const good = JSON.parse(await Deno.readTextFile(path)), name = adapterKey(adapter);
  const withEntry = (key: string, entry: unknown) => ({
    ...good,
    adapters: { [name]: { [key]: entry } },
  });
  const entry = good.adapters[name][KEY], place = `adapters["${name}"]`;
  const refused: [unknown, string][] = [
    [[], "it is []; it must be an object"],
    [{}, "it lacks format"],
    [{ ...good, format: "centerlab tiles 2" }, 'its format is "centerlab tiles 2"'],
    [{ ...good, plan: 1 }, "it has the unknown field plan"],
    [{ ...good, adapters: 3 }, "adapters is 3; it must be an object"],
    [{ ...good, adapters: { x: null } }, 'adapters["x"] is null; it must be an object'],
    [withEntry("conv2d", entry), `${place} has "conv2d", which names no kernel and shape`],
    [withEntry(KEY, { ...entry, ms: 0 }), `${place}["${KEY}"] has a time of 0`],
    [withEntry(KEY, { tile }), `${place}["${KEY}"] lacks ms`],
    [
      withEntry(KEY, { ...entry, tile: { ...tile, rows: 99 } }),
      `${place}["${KEY}"].tile.rows is 99; it must be a whole number from 1 to 64`,
    ],
    [
      withEntry(KEY, { ...entry, tile: { ...tile, lanes: 512 } }),
      `the tile of ${KEY} does not run here: it has 512 lanes, but workgroups of this adapter at most 256`,
    ],
  ];
  for (const [json, state] of refused) {
    await Deno.writeTextFile(path, JSON.stringify(json));
    const error = await assertRejects(() => cachedTiles(path, adapter), RunError);
    assertEquals(error.message, `${path} is no cache of tiles: ${state}${advice}`);
  }
  for (const text of ["", "{", "PNG"]) {
    await Deno.writeTextFile(path, text);
    const error = await assertRejects(() => storeTiles(path, adapter, []), RunError);
    assertEquals(error.message.startsWith(`${path} is no cache of tiles: `), true);
    assertEquals(error.message.includes("\n"), false);
    assertEquals(await Deno.readTextFile(path), text);
  }
  const file = join(folder, "file"), blocked = join(file, "tiles.json");
  await Deno.writeTextFile(file, "");
  await assertRejects(() => storeTiles(blocked, adapter, []), RunError, file);
});
