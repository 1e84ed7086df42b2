// deno-lint-ignore-file no-console
/** The program behind `deno task bench`: correct first, timed second. */
import { digits, percent } from "../src/base/format.ts";
import { checkWritable, save } from "./output_file.ts";
import { mainOf, runCli } from "../cli/run_cli.ts";
import { UsageError } from "../src/base/errors.ts";
import { openGpu } from "../src/gpu/device.ts";
import type { Gpu } from "../src/gpu/gpu.ts";
import { csvOfRows } from "../src/base/csv.ts";
import { type Limits, measureLimits } from "./limits/limits.ts";
import { mediansMs } from "./measure.ts";
import { TaskWatch } from "../cli/task_watch.ts";
import { growth, measureMemory, MEMORY_BAR, MEMORY_STRIDE } from "./memory.ts";
import { BENCH, benchOptions, type Options } from "./options.ts";
import { tilesForAdapter } from "../src/tune/tiles_file.ts";
import { copying, measureOverhead, outside, OVERHEAD_BAR, type Stretch } from "./overhead.ts";
import { NAMED_GPUS } from "./named_gpus.ts";
import { profile, profileRows } from "./profile.ts";
import { ASSUMPTIONS, LABEL, launchesOf, project } from "./project.ts";
import { GPU_TILES } from "../src/gpu/tiles/tiles.ts";
import { limitsTable, profileTable, projectionTable, worksTable } from "./table.ts";
import { trainingStep } from "./works/training_step.ts";
import { type Prepared, type Row, rowOf, type Work } from "./work.ts";
import { allWorks, matching } from "./works/works.ts";

/** Runs the command. */
export const main = mainOf(BENCH, async (given) => {
  const options = benchOptions(given);
  // A file that cannot be written is refused before the minutes of work, not after.
  for (const file of [options.json, options.csv]) {
    if (file !== undefined) await checkWritable(file);
  }
  using _watch = new TaskWatch();
  using gpu = await openGpu({ adapter: options.adapter });
  if (options.tiles !== undefined) {
    gpu.tiles = await tilesForAdapter(options.tiles, gpu.adapter);
  }
  console.log(`${gpu.adapter.description}, Deno ${Deno.version.deno}\n`);
  return await RUN[options.mode](options, gpu);
});

/** Steps of an epoch of `--overhead`: enough that what comes once an epoch counts as in a real one, of 250 or more. */
const OVERHEAD_STEPS = { software: 120, gpu: 400 };
const MEMORY_STEPS = 1000;

const RUN = {
  works: timeWorks,
  profile: showProfile,
  overhead: showOverhead,
  memory: showMemory,
  project: showProjection,
};

async function timeWorks({ only, batch, json, csv }: Options, gpu: Gpu): Promise<number> {
  const all = allWorks(batch, gpu.adapter.software);
  const works = matching(all, only);
  if (works.length === 0) {
    const names = [...new Set(all.map(({ work }) => work))].join(", ");
    throw new UsageError(`--only "${only}" fits no work; there are: ${names}`);
  }
  const rows: Row[] = [];
  const limits = await showLimits(rows);
  const { titles, line } = worksTable(works);
  console.log(`Works timed in turns: ${works.length}. Their table comes when all have had five.\n`);
  const found = await timed(works, gpu.adapter.description);
  console.log(titles);
  for (const row of found) console.log(line(row, limits));
  rows.push(...found);
  if (json !== undefined) await save(json, `${JSON.stringify(rows, null, 2)}\n`);
  if (csv !== undefined) await save(csv, csvOfRows(rows));
  return 0;
}

async function showLimits(rows: Row[] = []): Promise<Limits> {
  const { titles, line } = limitsTable();
  console.log(titles);
  const limits = await measureLimits((row) => {
    rows.push(row);
    console.log(line(row));
  });
  console.log();
  return limits;
}

async function timed(works: readonly Work[], adapter: string): Promise<Row[]> {
  const prepared: Prepared[] = [];
  for (const work of works) prepared.push(await work.prepare());
  const ms = await mediansMs(prepared);
  for (const it of prepared) it.dispose();
  return works.map((work, i) => rowOf(work, ms[i], adapter));
}

async function showProfile({ network, batch, csv }: Options): Promise<number> {
  const limits = await showLimits();
  const rows = profileRows(await profile(trainingStep(network, batch).step), limits);
  console.log(`Training step of ${network}, ${batch} images\n`);
  console.log(profileTable(rows));
  if (csv !== undefined) await save(csv, csvOfRows(rows));
  return 0;
}

async function showProjection(
  { network, batch, tiles, csv }: Options,
  gpu: Gpu,
): Promise<number> {
  if (tiles === undefined) gpu.tiles = GPU_TILES;
  const launches = launchesOf(trainingStep(network, batch).step);
  const rows = NAMED_GPUS.map((named) => project(launches, batch, named));
  console.log(
    `Training step of ${network}, ${batch} images, ${launches.length} launches: ${LABEL}\n`,
  );
  console.log(projectionTable(rows));
  console.log(`\n${ASSUMPTIONS}`);
  if (csv !== undefined) await save(csv, csvOfRows(rows));
  return 0;
}

async function showOverhead({ network, batch, steps }: Options, gpu: Gpu): Promise<number> {
  const count = steps ?? OVERHEAD_STEPS[gpu.adapter.software ? "software" : "gpu"];
  const found = await measureOverhead(network, batch, count);
  const shown = (what: string, stretch: Stretch) =>
    `${what}: ${digits(stretch.wallMs)} ms, of which ${digits(stretch.passMs)} in ` +
    `${stretch.passes} compute passes; outside of shaders ${percent(outside(stretch), 1)}, ` +
    `among that ${percent(copying(stretch), 1)} in the GPU's copies`;
  console.log(shown(`${count} steps of ${network}, ${batch} images each`, found.steps));
  const verdict = against(outside(found.epoch), OVERHEAD_BAR);
  console.log(`${shown("The epoch, with its evaluation", found.epoch)}, ${verdict}`);
  return 0;
}

async function showMemory({ network, batch, steps = MEMORY_STEPS }: Options): Promise<number> {
  const resident = await measureMemory(network, batch, steps);
  const mib = (bytes: number) => `${(bytes / (1 << 20)).toFixed(1)} MiB`;
  resident.forEach((bytes, i) =>
    console.log(`after ${(i + 1) * MEMORY_STRIDE} steps ${mib(bytes)}`)
  );
  const share = growth(resident);
  console.log(`growth ${percent(share, 1)}, ${against(share, MEMORY_BAR)}`);
  return 0;
}

function against(share: number, bar: number): string {
  return `${share < bar ? "within" : "beyond"} the bar of ${percent(bar, 1)}`;
}

if (import.meta.main) await runCli(main);
