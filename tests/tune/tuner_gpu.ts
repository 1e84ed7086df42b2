/** The tuner on the adapter: that it times what it should and computes right. No time is asserted. */
import { type SetName, SETS } from "../../data/sets/facts.ts";
import { assert, assertEquals, assertMatch, assertRejects } from "@std/assert";
import { trainingUses } from "../../experiments/plan/training_uses.ts";
import { planOf } from "../../experiments/plan/plan.ts";
import { CATALOG } from "../../experiments/rows/catalog.ts";
import { parseOptions } from "../experiments/parse_options.ts";
import { tilesOfNewRun } from "../../experiments/runner/tiles.ts";
import { gpu } from "../../src/gpu/device.ts";
import { type Tile, TILED } from "../../src/gpu/tiles/tiles.ts";
import { add, backward, conv2d, matmul, sum } from "../../src/ops/mod.ts";
import { tensor } from "../../src/tensor/make_tensor.ts";
import { shapesOf } from "../../src/tune/shapes_of.ts";
import { trialOf } from "../../src/tune/trial.ts";
import { tune } from "../../src/tune/tune.ts";
import { keyOf, type Use } from "../../src/tune/use.ts";
import { diskTest } from "../on_disk.ts";
import { printed } from "../printed.ts";

const CONVOLUTION = "2x7x5x3 3x2 to 5, stride 2, padding 1";
const plain = (rows: number): Tile => ({
  rows,
  cols: 1,
  lanes: 32,
  parallel: 4,
  share: "nothing",
});

Deno.test("shapesOf() hears every kernel that has tiles, forward and backward, once", () => {
  const own = gpu().tiles;
  const zeros = (...shape: number[]) =>
    tensor(new Float32Array(shape.reduce((a, b) => a * b)), { shape, requiresGrad: true });
  const uses = shapesOf(() => {
    const y = conv2d(zeros(2, 7, 5, 3), zeros(3, 2, 3, 5), undefined, { stride: 2, padding: 1 });
    const z = matmul(zeros(4, 6), zeros(6, 3));
    backward(add(sum(matmul(z, zeros(5, 3), { transposeB: true })), sum(y)));
  });
  assertEquals(uses.map(keyOf).toSorted(), [
    `conv2dForward ${CONVOLUTION}`,
    `conv2dInputGrad ${CONVOLUTION}`,
    `conv2dWeightGrad ${CONVOLUTION}`,
    "matmul 4x3 by 3x5T",
    "matmul 4x3 by 3x6T",
    "matmul 4x5 by 5x3",
    "matmul 4x6 by 6x3",
    "matmul 5x4T by 4x3",
    "matmul 6x4T by 4x3",
  ]);
  assertEquals(gpu().tiles, own);
});

Deno.test("trialOf() knows elements of every kernel's result, with strides, padding and odd channels", async () => {
  const uses: Use[] = [
    ...TILED.slice(1).map((kernel) => ({ kernel, shape: CONVOLUTION })),
    ...["5x7 by 7x3", "5x7T by 7x3", "5x7 by 7x3T", "5x7T by 7x3T"].map((shape): Use => ({
      kernel: "matmul",
      shape,
    })),
  ];
  for (const use of uses) {
    const trial = trialOf(use);
    for (const tile of [gpu().tiles[use.kernel], plain(2)]) {
      const contender = await trial.prepare(tile);
      assertEquals(trial.wrong(contender.results[0]), undefined, keyOf(use));
      contender.dispose();
    }
    trial.dispose();
  }
});

Deno.test("trialOf() refuses a tile that the adapter cannot run, and the device goes on", async () => {
  const own = gpu().tiles;
  const trial = trialOf({ kernel: "matmul", shape: "5x7 by 7x3" });
  const lanes = 2 * gpu().adapter.limits.maxComputeInvocationsPerWorkgroup;
  await assertRejects(() => trial.prepare({ ...plain(1), lanes }));
  assertEquals(gpu().tiles, own);
  const contender = await trial.prepare(plain(1));
  assertEquals(trial.wrong(contender.results[0]), undefined);
  contender.dispose();
  trial.dispose();
});

Deno.test("tune() finds a tile for each shape within its budget, and none without", async () => {
  const own = gpu().tiles;
  const uses: Use[] = [
    { kernel: "matmul", shape: "33x17 by 17x9" },
    { kernel: "conv2dForward", shape: CONVOLUTION },
  ];
  const huge = { ...plain(1), lanes: 1 << 20 };
  const candidates = Object.fromEntries(
    TILED.map((kernel) => [kernel, [plain(2), huge]]),
  ) as Record<typeof TILED[number], Tile[]>;
  const told: string[] = [];
  const found = await tune(uses, {
    candidates,
    budgetMs: Infinity,
    onTuned: (tuned) => void told.push(keyOf(tuned)),
  });
  assertEquals([found.map(keyOf), told], [uses.map(keyOf), uses.map(keyOf)]);
  for (const { kernel, tile, ms, defaultMs, dropped } of found) {
    assert([own[kernel], plain(2)].some((it) => JSON.stringify(it) === JSON.stringify(tile)));
    assert(ms > 0 && ms <= defaultMs);
    assertEquals(dropped, []);
  }
  assertEquals(gpu().tiles, own);
  assertEquals(await tune(uses, { candidates, budgetMs: 0 }), []);
  assertEquals(await tune(uses, { budgetMs: Infinity, stop: { requested: true } }), []);
});

diskTest(
  "tilesOfNewRun() looks for tiles at the start of a long run on a GPU, and says so",
  async (out) => {
    const { adapter, tiles } = gpu();
    const start = (line: string, steps: number) =>
      printed(() =>
        tilesOfNewRun(
          parseOptions(["cent-digits-2", "--out", out, ...line.split(" ")])!,
          { adapter: { ...adapter, software: false }, tiles },
          SETS.digits,
          steps,
          { requested: true }, // Ctrl-C at once: nothing is timed
        )
      );
    const { result, out: said } = await start("--preset paper", 2000);
    assertEquals(result, tiles);
    assertMatch(
      said,
      /^Looking for the fastest tiles of \d+ shapes, for 60 seconds at the most; they are kept in \S+tiles.json/,
    );
    assertEquals(said.trimEnd().split("\n").length, 1);
    assertEquals((await start("--preset paper --no-tune", 2000)).out, "");
    assertEquals((await start("--preset paper", 1999)).out, "");
    assertEquals((await start("--preset smoke", 2000)).out, "");
    assertEquals([...Deno.readDirSync(out)], []);
  },
);

Deno.test("trainingUses() gives the convolutions of a row's step, the most work first", () => {
  const { recipe, dataset } = planOf(CATALOG.get("cent-digits-2")!, "smoke");
  const keys = trainingUses(recipe, SETS[dataset as SetName]).map(keyOf);
  assertEquals(keys[0], "conv2dForward 8x26x26x16 3x3 to 8, stride 1, padding 1");
  assertEquals(new Set(keys).size, keys.length);
  assert(keys.includes("conv2dWeightGrad 8x7x7x32 3x3 to 32, stride 1, padding 1"));
});
