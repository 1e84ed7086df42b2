// deno-lint-ignore-file no-console
/** `deno task exp STUDY`: trains the rows of a study, or what is not finished of them, and draws what they say together. */
import { basename, dirname, join } from "node:path";
import { RunError, UsageError } from "../../src/base/errors.ts";
import { printable } from "../../src/base/printable.ts";
import type { Experiment } from "../rows/experiment.ts";
import { CATALOG } from "../rows/catalog.ts";
import { writeWhole } from "../../src/base/files.ts";
import type { Options, QueueOptions } from "../plan/request.ts";
import { runAll } from "../runner/queue.ts";
import type { ExpGiven } from "../flags/exp.ts";
import { queueOf } from "../flags/queue.ts";
import { currentCommit } from "../plan/commit.ts";
import { readConfig } from "../run_folder/config.ts";
import { RunFolder } from "../run_folder/run_folder.ts";
import { readSummary } from "../run_folder/run_summary.ts";
import { pathOf } from "../run_folder/path.ts";
import { STUDY_NAME, type StudyConfig } from "../run_folder/study_config.ts";
import { type Study, type StudyFolder, variantOf } from "./study.ts";
import { StudyRun } from "./study_run.ts";

/** A study that was asked for, and its runs. */
export interface StudyTask {
  study: Study;
  queue: QueueOptions;
  /** Runs of all its rows: the queue's, and of a partial study those that were not asked for this time. */
  all: readonly Options[];
}

/**
 * A study as it was asked for.
 *
 * @throws {UsageError} For what its rows do not take, or its pictures.
 */
export function studyTask(study: Study, given: ExpGiven): StudyTask {
  const own = { ...study.flags, ...(study.measures && { measures: true }) };
  const asked = Object.fromEntries([...given.names].map((name) => [name, flagOf(given, name)]));
  const all = { ...given, flags: { ...given.flags, ...own, ...asked } };
  const rows = study.rows.map((id) => CATALOG.get(id) as Experiment);
  const queue = queueOf(all, rows, study.partial);
  const whole = queueOf({ ...all, flags: { ...all.flags, only: [] } }, rows);
  const { featureDim } = queue.runs[0].plan.recipe;
  checkQuestion(study, queue);
  checkDifferent(study, queue);
  if (featureDim === 2 || study.anyFeatures) return { study, queue, all: whole.runs };
  throw new UsageError(
    `--feat-dim is ${featureDim}, but ${study.id} draws two features: leave it out`,
  );
}

function flagOf({ flags }: ExpGiven, name: string): unknown {
  return flags[name as keyof typeof flags];
}

/** A flag of the study's question that changes nothing would train other runs than the study's, in its folder. */
function checkQuestion({ id, flags = {} }: Study, { runs }: QueueOptions): void {
  for (const name of Object.keys(flags)) {
    const changes = (it: string) => it.startsWith(`${name}=`);
    if (runs.every(({ plan: { variant = "" } }) => variant.split("+").some(changes))) continue;
    throw new UsageError(
      `${id} is about --${name}, which changes nothing here: give another value`,
    );
  }
}

/** An option that sets what a study varies would leave it nothing to compare. */
function checkDifferent({ id }: Study, { runs }: QueueOptions): void {
  const { seed: first } = runs[0].plan;
  const recipes = runs.filter(({ plan }) => plan.seed === first).map(({ plan }) =>
    JSON.stringify([plan.dataset, plan.recipe, plan.secondStage])
  );
  if (new Set(recipes).size === recipes.length) return;
  const flags = runs[0].changed.map((name) => `--${name}`).join(", ");
  throw new UsageError(
    `${id} compares rows that ${flags} makes the same: leave out what the study itself varies`,
  );
}

/**
 * Runs what is not finished, and composes when all is; where a run failed, the seeds that it does not belong to.
 *
 * @param runs What runs the queue; tests bring their own.
 * @returns The exit code of the runs.
 */
export async function runStudy(
  { study, queue, all }: StudyTask,
  runs: typeof runAll = runAll,
): Promise<number> {
  const code = await runs(queue);
  if (code !== 0 && code !== 1) return code;
  if (code === 0 && !study.partial) {
    await compose(study, queue.runs);
    return code;
  }
  const whole: Options[] = [];
  for (const own of bySeed(study.partial ? all : queue.runs)) {
    const ended = await Promise.all(own.map((options) => isWhole(pathOf(options))));
    if (study.partial || ended.every((it) => it)) whole.push(...own.filter((_, i) => ended[i]));
  }
  if (whole.length > 0) await composeSeeds(study, whole);
  return code;
}

/** Whether a run is finished, and its files are as they were written: what is wrong else, the queue has said. */
async function isWhole(path: string): Promise<boolean> {
  try {
    const config = await readConfig(path);
    if (!config || !await readSummary(path, config.plan)) return false;
    await new RunFolder(path, config.plan).verify(config);
    return true;
  } catch (error) {
    if (error instanceof RunError) return false;
    throw error;
  }
}

function bySeed(all: readonly Options[]): Options[][] {
  const seeds = [...new Set(all.map(({ plan }) => plan.seed))];
  return seeds.map((seed) => all.filter(({ plan }) => plan.seed === seed));
}

/**
 * Draws and writes what a study says of finished runs, seed by seed, and then over all seeds.
 *
 * @throws {RunError} When a run of a seed is damaged; the other seeds are composed all the same, and what is over all is not.
 */
export async function compose(study: Study, all: readonly Options[]): Promise<void> {
  const opened = await composeSeeds(study, all);
  if (!study.overSeeds) return;
  const [{ plan: { seed } }] = all;
  // Another seed by itself: its machine may lack the others.
  if (seed === 1) await study.overSeeds(opened, folderOf(study, all));
  else console.log(`What ${study.id} says of all seeds comes with --seeds ${seed}`);
}

async function composeSeeds(study: Study, all: readonly Options[]): Promise<StudyRun[][]> {
  const opened: StudyRun[][] = [], damaged: RunError[] = [];
  for (const own of bySeed(all)) {
    try {
      const runs: StudyRun[] = [];
      for (const options of own) runs.push(await StudyRun.open(options));
      const folder = folderOf(study, own);
      await study.compose(runs, folder);
      await folder.write(STUDY_NAME, await describe(study, own, runs.map(countsOf)));
      opened.push(runs);
      console.log(
        `${study.id}, seed ${own[0].plan.seed}: everything is in ${printable(folder.path)}`,
      );
    } catch (error) {
      if (!(error instanceof RunError)) throw error;
      damaged.push(error);
    }
  }
  const last = damaged.pop();
  for (const { message } of damaged) console.error(message);
  if (last) throw last;
  return opened;
}

function folderOf(study: Study, runs: readonly Options[]): StudyFolder {
  const [{ out, plan }] = runs;
  const path = pathOf({ out, plan: { ...plan, id: study.id, variant: variantOf(study, runs) } });
  return {
    path,
    write: (name, content) => writeWhole(join(path, name), content),
    say: (line) => console.log(printable(line)),
  };
}

type Counts = NonNullable<StudyConfig["images"]>;

function countsOf({ sets: { train, test } }: StudyRun): Counts {
  return { train: train.count, test: test.count };
}

/** `study.json`: what was compared, and with what. */
async function describe(
  { id }: Study,
  runs: readonly Options[],
  counts: readonly Counts[],
): Promise<string> {
  const configs = await Promise.all(runs.map((options) => readConfig(pathOf(options))));
  const { preset, seed } = runs[0].plan;
  const config: StudyConfig = {
    study: id,
    preset,
    seed,
    ...(runs[0].plan.ownData && { ownData: true }),
    images: counts[0],
    commit: await currentCommit(),
    deno: Deno.version.deno,
    runs: configs.map((config, i) => ({
      id: config!.plan.id,
      ...folderBeside(runs[i], config!.plan.id),
      ...(Object.values(counts[i]).join() !== Object.values(counts[0]).join() &&
        { images: counts[i] }),
      drawn: config!.drawn,
      adapter: config!.adapter,
      commit: config!.commit,
    })),
  };
  return JSON.stringify(config, null, 2) + "\n";
}

/** The name of a run's row in its path, where options have changed it. */
function folderBeside(options: Options, id: string): { folder?: string } {
  const folder = basename(dirname(dirname(pathOf(options))));
  return folder === id ? {} : { folder };
}
