import { assertEquals, assertThrows } from "@std/assert";
import { GPU_TILES, SOFTWARE_TILES } from "../../src/gpu/tiles/tiles.ts";
import { parseTile } from "../../src/gpu/tiles/parse_tile.ts";
import { parseTiles } from "../../src/tune/parse_tiles.ts";

const tile = { rows: 4, cols: 2, lanes: 64, parallel: 2048, share: "nothing" };
const KEY = "matmul 8x4 by 4x2";

Deno.test("parseTiles() takes every table, with tuned tiles or without", () => {
  for (const table of [GPU_TILES, SOFTWARE_TILES, { ...GPU_TILES, tuned: { [KEY]: tile } }]) {
    assertEquals(parseTiles(JSON.parse(JSON.stringify(table))), table);
  }
});

Deno.test("parseTile() takes what tiles with workgroup memory have besides", () => {
  for (const more of [{}, { lanesX: 8 }, { lanesX: 16, depth: 4 }]) {
    const shared = { ...tile, share: "workgroup", ...more };
    assertEquals(parseTile(shared, "t") as unknown, shared);
  }
});

const wrong: [Record<string, unknown> | unknown[] | null, string][] = [
  [null, "t is null; it must be an object"],
  [[], "t is []; it must be an object"],
  [{ ...tile, rows: 0 }, "t.rows is 0; it must be a whole number from 1 to 64"],
  [{ ...tile, cols: 2.5 }, "t.cols is 2.5; it must be a whole number from 1 to 64"],
  [{ ...tile, lanes: "64" }, 't.lanes is "64"; it must be a whole number from 1 to 1024'],
  [{ ...tile, lanes: 2048 }, "t.lanes is 2048; it must be a whole number from 1 to 1024"],
  [{ ...tile, parallel: -1 }, "t.parallel is -1; it must be a whole number from 1 to 1048576"],
  [{ ...tile, share: "all" }, 't.share is "all"; it must be one of nothing, subgroup, workgroup'],
  [{ ...tile, depth: 8 }, 't has depth, which goes with share "workgroup" alone'],
  [{ ...tile, winograd: true }, 't has winograd, which goes with share "subgroup" alone'],
  [{ ...tile, share: "subgroup", winograd: 1 }, "t.winograd is 1; it must be true or false"],
  [{ ...tile, share: "workgroup", depth: 7 }, "t.depth is 7; it must be one of 4, 8, 16, 32"],
  [{ ...tile, share: "workgroup", lanesX: "8" }, 't.lanesX is "8"; it must be one of 1, 2, 4'],
  [{ ...tile, share: "workgroup", lanesX: 128 }, "t.lanesX is 128; of 64 lanes it may be 64 at"],
  [{ ...tile, share: "workgroup", lanes: 16 }, "t.lanes is 16; it must be one of 32, 64, 128"],
  [
    { ...tile, share: "workgroup", lanes: 36, lanesX: 16 },
    "t.lanes is 36; it must be one of 32, 64, 128, 256, 512, 1024",
  ],
  [{ ...tile, row: 1 }, "t has the unknown field row"],
  [{ rows: 1 }, "t lacks cols"],
];
for (const [json, message] of wrong) {
  Deno.test(`parseTile() refuses ${JSON.stringify(json)}`, () => {
    assertThrows(() => parseTile(json, "t"), TypeError, message);
  });
}

Deno.test("parseTiles() refuses what lacks a kernel, or has something else", () => {
  const { matmul: _, ...lacking } = GPU_TILES;
  const refused: [unknown, string][] = [
    [7, "it is 7; it must be an object"],
    [lacking, "it lacks matmul"],
    [{ ...GPU_TILES, conv3d: tile }, "it has the unknown field conv3d"],
    [
      { ...GPU_TILES, operands: "paper" },
      'operands is "paper"; it must be one of storage, texture',
    ],
    [{ ...GPU_TILES, conv2dForward: {} }, "conv2dForward lacks rows"],
    [{ ...GPU_TILES, tuned: [] }, "tuned is []; it must be an object"],
    [{ ...GPU_TILES, tuned: { "matmul 8x4": tile } }, 'tuned has "matmul 8x4", which names no'],
    [
      { ...GPU_TILES, tuned: { [KEY]: { ...tile, rows: 0 } } },
      `tuned["${KEY}"].rows is 0; it must`,
    ],
  ];
  for (const [json, message] of refused) {
    assertThrows(() => parseTiles(json), TypeError, message);
  }
});

Deno.test("parseTile() refuses tiles that would compile for minutes", () => {
  assertThrows(
    () => parseTile({ ...SOFTWARE_TILES.matmul, rows: 64, cols: 16 }, "matmul"),
    TypeError,
    "matmul has 64 rows x 16 cols; it may have 128 at most",
  );
});
