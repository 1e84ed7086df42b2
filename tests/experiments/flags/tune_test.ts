import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { CATALOG } from "../../../experiments/rows/catalog.ts";
import { tuningPays, withTuned } from "../../../experiments/runner/tiles.ts";
import { HELP, parseTuneOptions } from "../../../experiments/flags/tune.ts";
import { tuneTable } from "../../../src/tune/table.ts";
import { UsageError } from "../../../src/base/errors.ts";
import { GPU_TILES } from "../../../src/gpu/tiles/tiles.ts";

const parse = (line: string) => parseTuneOptions(line.split(" ").filter((word) => word !== ""));

Deno.test("parseTuneOptions() takes the published rows when none is named", () => {
  const { plans, ...rest } = parse("")!;
  assertEquals(rest, {
    bench: false,
    adapter: undefined,
    cache: "runs/tiles.json",
    budgetMs: 300_000,
    again: false,
    write: undefined,
  });
  const published = [...CATALOG.values()].filter((row) => row.source);
  assertEquals(
    plans.map(({ id, preset }) => [id, preset]),
    published.map((row) => [row.id, "paper"]),
  );
  for (const id of ["xent-mnist-2", "wen-mnist"]) assert(plans.some((plan) => plan.id === id), id);
});

Deno.test("parseTuneOptions() puts every flag where it belongs", () => {
  const { plans, ...rest } = parse(
    "cent-digits-2 cent-mnist-2 --preset smoke --bench --adapter software --again --cache c --budget 0.5 --write w",
  )!;
  assertEquals(rest, {
    bench: true,
    adapter: "software",
    cache: "c",
    budgetMs: 500,
    again: true,
    write: "w",
  });
  assertEquals(plans.map(({ id, recipe }) => [id, recipe.batchSize]), [
    ["cent-digits-2", 8],
    ["cent-mnist-2", 8],
  ]);
  assertEquals(parse("cent-mnist-2 --help"), undefined);
  for (
    const flag of ["preset", "bench", "budget", "again", "adapter", "cache", "write", "verbose"]
  ) {
    assertStringIncludes(HELP, `  --${flag}`);
  }
});

const refusals: [string, string][] = [
  ["--tiles x", "Unknown argument --tiles: see deno task tune --help"],
  ["cent-mnist-3", 'There is no row "cent-mnist-3"; did you mean cent-mnist-2? `deno task exp`'],
  ["--preset huge", '--preset is "huge"; it must be one of paper, fast, quick, smoke'],
  ["--budget 0", '--budget is "0"; it must be a number of seconds above 0'],
  ["--budget soon", '--budget is "soon"; it must be a number of seconds above 0'],
  ["--budget=", '--budget is ""; it must be a number of seconds above 0'],
  ["--adapter cpu", '--adapter is "cpu"; it must be one of high-performance'],
  ["--cache=", "--cache needs a file: --cache FILE"],
  ["--write=", "--write needs a file: --write FILE"],
];
for (const [line, message] of refusals) {
  Deno.test(`parseTuneOptions() refuses "${line}"`, () => {
    assertThrows(() => parse(line), UsageError, message);
  });
}

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

Deno.test("parseTuneOptions() refuses to write the tiles over their cache", () => {
  assertThrows(
    () => parseTuneOptions(["--cache", "a.json", "--write", "./a.json"]),
    UsageError,
    "is the cache itself",
  );
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
