// deno-lint-ignore-file no-console
/** `deno task tune [ID...]`: finds the fastest tiles for the shapes of training steps on this adapter. */
import { type SetName, SETS } from "../data/sets/facts.ts";
import { mainOf, runCli } from "../cli/run_cli.ts";
import { gpu, openGpu } from "../src/gpu/device.ts";
import { TILED } from "../src/gpu/tiles/tiles.ts";
import { TaskWatch } from "../cli/task_watch.ts";
import { tune } from "../src/tune/tune.ts";
import { keyOf, type Use, worthTuning } from "../src/tune/use.ts";
import { renamedIn } from "./rows/catalog.ts";
import { writeWhole } from "../src/base/files.ts";
import { checkOutsideRuns } from "./run_folder/folder_contents.ts";
import { withTuned } from "./runner/tiles.ts";
import { cachedTiles, storeTiles, tilesOf } from "../src/tune/cache.ts";
import { trainingUses } from "./plan/training_uses.ts";
import { TUNE, type TuneTask, tuneTask } from "./flags/tune.ts";
import { tileWords, tuneTable } from "../src/tune/table.ts";

/** Runs the command. */
export const main = mainOf(TUNE, async (given) => {
  const task = tuneTask(given);
  renamedIn(given.words).forEach((line) => console.log(line));
  for (const file of [task.cache, task.write]) if (file !== undefined) await checkOutsideRuns(file);
  using _watch = new TaskWatch({ advice: "the shapes that were tuned are kept" });
  using gpu = await openGpu({ adapter: task.adapter });
  const { adapter } = gpu;
  const cached = await cachedTiles(task.cache, adapter);
  const uses = usesOf(task);
  console.log(`${adapter.description}, Deno ${Deno.version.deno}\n`);
  const table = tuneTable(uses);
  console.log(table.titles);
  const wanted = uses.filter((use) => task.again || !(keyOf(use) in cached));
  for (const use of uses) {
    if (!wanted.includes(use)) console.log(table.line(use, cached[keyOf(use)]));
  }
  const tuned = await tune(wanted, {
    budgetMs: task.budgetMs,
    onTuned: async (tuned) => {
      console.log(table.line(tuned, tuned));
      for (const { tile, why } of tuned.dropped) console.log(`  ${tileWords(tile)} ${why}`);
      // Kept at once: a Ctrl-C loses the shape it comes in, and no other.
      await storeTiles(task.cache, adapter, [tuned]);
    },
  });
  const left = wanted.length - tuned.length;
  console.log(
    `\n${left === 0 ? "" : `${left} shapes were left when the time was over (--budget). `}` +
      `The tiles are in ${task.cache}; runs beside it (--out) that begin now use them.`,
  );
  if (task.write !== undefined) {
    const all = tilesOf(await cachedTiles(task.cache, adapter));
    const keys = uses.map(keyOf).filter((key) => key in all);
    const tiles = withTuned(gpu.tiles, Object.fromEntries(keys.map((key) => [key, all[key]])));
    const advice = "name another file with --write";
    await writeWhole(task.write, `${JSON.stringify(tiles, null, 2)}\n`, advice);
    console.log(`${task.write} holds them for deno task exp ID --tiles ${task.write}`);
  }
  return 0;
});

/** Every kernel and shape that was asked for, once. */
function usesOf({ plans, bench }: TuneTask): Use[] {
  const all = plans.flatMap((plan) => trainingUses(plan.recipe, SETS[plan.dataset as SetName]));
  if (bench) all.push(...benchUses());
  return worthTuning([...new Map(all.map((use) => [keyOf(use), use])).values()]);
}

/** The shapes of `deno task bench`; on a GPU also its large product, and LeNet++ at the rows' batch of 128. */
function benchUses(): Use[] {
  const convolutions = [
    "32x28x28x32 5x5 to 32, stride 1, padding 2",
    "32x26x26x32 3x3 to 32, stride 1, padding 1",
  ].flatMap((shape) => TILED.slice(1).map((kernel): Use => ({ kernel, shape })));
  const { software } = gpu().adapter;
  const products = (software ? [512] : [512, 2048])
    .map((n): Use => ({ kernel: "matmul", shape: `${n}x${n} by ${n}x${n}` }));
  const lenetpp = { network: "lenetpp" as const, featureDim: 2, widthFactor: 1, batchSize: 128 };
  const steps = software ? [] : trainingUses(lenetpp, SETS.mnist);
  return [...products, ...convolutions, ...steps];
}

if (import.meta.main) await runCli(main);
