/** The runs whose numbers are in the repository: `results/PRESET/ID/seed-N/`. */
import { columnOf, readMetrics, readSummary } from "../run_folder/run_summary.ts";
import { join } from "node:path";
import { RunError } from "../../src/base/errors.ts";
import { CATALOG } from "../rows/catalog.ts";
import { type Lines, numberIn, readLines } from "../../src/base/csv_lines.ts";
import { PRESETS } from "../plan/plan.ts";
import { readStudy } from "../run_folder/study_config.ts";
import { type Config, readConfig } from "../run_folder/config.ts";

/** A run whose numbers are in the repository. */
export interface Result {
  /** Where they are. */
  folder: string;
  config: Config;
  /** Lines of `metrics.csv`: one an epoch. */
  metrics: Lines;
  /** Of all epochs together. */
  seconds: number;
  /** Of the fastest epoch: others may have shared their processor. */
  fastest: number;
}

/**
 * All results, in the order of the rows, then presets, then seeds.
 *
 * @param damaged Takes what is wrong with those that are damaged; without it the first one is thrown.
 * @throws {RunError} When a file is missing or says what cannot be.
 */
export async function readResults(root: string, damaged?: RunError[]): Promise<Result[]> {
  const results: Result[] = [];
  for (const folder of runFoldersIn(root)) {
    try {
      if (!await readStudy(folder)) results.push(await readResult(root, folder));
    } catch (error) {
      if (!(error instanceof RunError) || !damaged) throw error;
      damaged.push(error);
    }
  }
  const ids = [...CATALOG.keys()];
  const place = ({ config: { plan: { id, preset, seed } } }: Result) => [
    CATALOG.has(id) ? ids.indexOf(id) : ids.length,
    PRESETS.indexOf(preset),
    seed,
  ];
  return results.sort((a, b) => {
    const there = place(b);
    return place(a).map((at, i) => at - there[i]).find((way) => way !== 0) ?? 0;
  });
}

async function readResult(root: string, folder: string): Promise<Result> {
  const config = await readConfig(folder);
  if (!config?.plan.recipe.loss) {
    throw new RunError(
      `${folder} has no config.json of a run: deno task table --runs DIR copies one`,
    );
  }
  const { id, preset, seed } = config.plan;
  if (join(root, preset, id, `seed-${seed}`) !== folder) {
    throw new RunError(
      `${folder} holds a run of ${id}, preset ${preset}, seed ${seed}: it lies in the wrong place`,
    );
  }
  const metrics = await readMetrics(folder);
  const timing = await readLines(join(folder, "timing.csv"), { needed: ["epoch", "seconds"] });
  if (!metrics || metrics.length === 0 || timing?.length !== metrics.length) {
    throw new RunError(
      `${folder} needs metrics.csv and timing.csv with a line for each finished epoch: ` +
        "deno task table --runs DIR copies them",
    );
  }
  await readSummary(folder, config.plan, "deno task table --runs DIR copies the run's own");
  const rule = columnOf(config.plan.scoring);
  const odd = metrics.find((line) => !(numberIn(line, rule) >= 0 && numberIn(line, rule) <= 1));
  if (odd) {
    throw new RunError(
      `${join(folder, "metrics.csv")}, epoch ${odd.epoch}: ${rule} is "${
        odd[rule]
      }"; it must be from 0 to 1`,
    );
  }
  return {
    folder,
    config,
    metrics,
    seconds: timing.reduce((sum, line) => sum + Number(line.seconds), 0),
    fastest: Math.min(...timing.map((line) => Number(line.seconds))),
  };
}

/** Folders three levels down, where `runs/ID/PRESET/seed-N` and `results/PRESET/ID/seed-N` are. */
export function runFoldersIn(root: string): string[] {
  return foldersIn(root).flatMap(foldersIn).flatMap(foldersIn);
}

/** Paths of the folders in a folder, sorted; none where it is not there. */
export function foldersIn(path: string): string[] {
  try {
    const names = [...Deno.readDirSync(path)].filter((it) => it.isDirectory).map((it) => it.name);
    return names.sort().map((name) => join(path, name));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) {
      return [];
    }
    throw error;
  }
}
