import { assertEquals, assertThrows } from "@std/assert";
import { parse } from "../../../cli/flags.ts";
import { CATALOG } from "../../../experiments/rows/catalog.ts";
import { tuningPays, withTuned } from "../../../experiments/runner/tiles.ts";
import { TUNE, tuneTask } from "../../../experiments/flags/tune.ts";
import { tuneTable } from "../../../src/tune/table.ts";
import { UsageError } from "../../../src/base/errors.ts";
import { GPU_TILES } from "../../../src/gpu/tiles/tiles.ts";

const task = (line: string) => tuneTask(parse(TUNE, line.split(" ").filter(Boolean))!);

Deno.test("tuneTask() takes the published rows when none is named", () => {
  const { plans, ...rest } = task("");
  assertEquals(rest, {
    ...{ bench: false, adapter: undefined, cache: "runs/tiles.json", budgetMs: 300_000 },
    ...{ again: false, write: undefined, verbose: false },
  });
  const published = [...CATALOG.values()].filter((row) => row.source);
  assertEquals(
    plans.map(({ id, preset }) => [id, preset]),
    published.map((row) => [row.id, "paper"]),
  );
});

Deno.test("tuneTask() puts every flag where it belongs", () => {
  const { plans, ...rest } = task(
    "cent-digits-2 cent-mnist-2 --preset smoke --bench --adapter software --again --cache c --budget 0.5 --write w",
  );
  assertEquals(rest, {
    ...{ bench: true, adapter: "software", cache: "c", budgetMs: 500, again: true, write: "w" },
    verbose: false,
  });
  assertEquals(plans.map(({ id, recipe }) => [id, recipe.batchSize]), [
    ["cent-digits-2", 8],
    ["cent-mnist-2", 8],
  ]);
});

Deno.test("tuneTask() refuses a row that is not there, and the cache as the file to write", () => {
  const refuse = (line: string, words: string) => assertThrows(() => task(line), UsageError, words);
  refuse(
    "cent-mnist-3",
    'There is no row "cent-mnist-3"; did you mean cent-mnist-2? `deno task exp`',
  );
  refuse("--cache a.json --write ./a.json", "is the cache itself");
  refuse("--budget 0", '--budget is "0"; it must be a number above 0');
});

Deno.test("tuningPays() for long runs of a row as published, on a GPU", () => {
  const run = { software: false, preset: "paper", steps: 46_800 };
  assertEquals(tuningPays(run), true);
  for (
    const other of [{ software: true }, { preset: "quick" }, { preset: "smoke" }, { steps: 1999 }]
  ) {
    assertEquals(tuningPays({ ...run, ...other }), false, JSON.stringify(other));
  }
});

Deno.test("withTuned() adds tiles of single shapes, and leaves a table without them alone", () => {
  const tile = GPU_TILES.matmul, other = { ...tile, rows: 1 };
  assertEquals(withTuned(GPU_TILES, {}), GPU_TILES);
  const tuned = withTuned({ ...GPU_TILES, tuned: { a: tile, b: tile } }, { b: other });
  assertEquals(tuned, { ...GPU_TILES, tuned: { a: tile, b: other } });
});

Deno.test("tuneTable() stands in columns", () => {
  const use = { kernel: "matmul", shape: "8x4 by 4x2" } as const;
  const { titles, line } = tuneTable([use]);
  const tile = { rows: 4, cols: 2, lanes: 64, parallel: 9 };
  assertEquals(
    [
      titles,
      line(use, { tile: { ...tile, share: "nothing" }, ms: 1, defaultMs: 1.5 }),
      line(use, {
        tile: { ...tile, share: "workgroup", lanesX: 16, depth: 8 },
        ms: 0.01234,
        defaultMs: 123.4,
      }),
    ],
    [
      "kernel  shape          own ms  best ms    ratio  tile",
      "matmul  8x4 by 4x2       1.50     1.00     1.50  4x8, 64 lanes, 9 groups",
      "matmul  8x4 by 4x2        123   0.0123 10000.00  4x8, 64 lanes (16 along columns), 9 groups, workgroup, " +
      "depth 8",
    ],
  );
});
