/** The runs whose numbers are in the repository: `results/PRESET/ID/seed-N/`. */
import { parse } from "@std/csv";
import { join } from "node:path";
import { RunError } from "../src/errors.ts";
import { CATALOG } from "./catalog.ts";
import { readIfThere } from "./files.ts";
import { PRESETS } from "./presets.ts";
import { readStudy } from "./study_config.ts";
import { type Config, readConfig } from "./run_folder.ts";

/** Lines of a CSV file, by the names of its header. */
export type Lines = Record<string, string>[];

/** A run whose numbers are in the repository. */
export interface Result {
  /** Where they are. */
  folder: string;
  config: Config;
  /** Lines of `metrics.csv`: one an epoch. */
  metrics: Lines;
  /** Of all epochs together. */
  seconds: number;
}

/** All results, in the order of the rows, then presets, then seeds. */
export async function readResults(root: string): Promise<Result[]> {
  const results: Result[] = [];
  for (const preset of foldersIn(root).filter((name) => name !== "bench")) {
    for (const id of foldersIn(join(root, preset))) {
      for (const seed of foldersIn(join(root, preset, id))) {
        if (await readStudy(join(root, preset, id, seed))) continue;
        results.push(await readResult(root, [preset, id, seed]));
      }
    }
  }
  const ids = [...CATALOG.keys()], presets: readonly string[] = PRESETS;
  const place = ({ config: { plan } }: Result) => [
    ids.includes(plan.id) ? ids.indexOf(plan.id) : ids.length,
    presets.indexOf(plan.preset),
    plan.seed,
  ];
  const before = (a: Result, b: Result) => {
    const there = place(b);
    return place(a).map((at, i) => at - there[i]).find((way) => way !== 0) ?? 0;
  };
  return results.sort(before);
}

async function readResult(root: string, place: readonly string[]): Promise<Result> {
  const folder = join(root, ...place);
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
  const metrics = await readLines(join(folder, "metrics.csv"));
  const timing = await readLines(join(folder, "timing.csv"));
  if (!metrics || metrics.length === 0 || timing?.length !== metrics.length) {
    throw new RunError(
      `${folder} needs metrics.csv and timing.csv with a line for each finished epoch: ` +
        "deno task table --runs DIR copies them",
    );
  }
  return {
    folder,
    config,
    metrics,
    seconds: timing.reduce((sum, line) => sum + Number(line.seconds), 0),
  };
}

/** The lines of a CSV file, or undefined when it is not there. */
export async function readLines(path: string): Promise<Lines | undefined> {
  const bytes = await readIfThere(path);
  return bytes && parse(new TextDecoder().decode(bytes), { skipFirstRow: true }) as Lines;
}

/** A field as a number; NaN where it is empty. */
export function numberIn(line: Lines[number], name: string): number {
  return line[name] ? Number(line[name]) : NaN;
}

/** Names of the folders in a folder, sorted; none where it is not there. */
export function foldersIn(path: string): string[] {
  try {
    return [...Deno.readDirSync(path)].filter((it) => it.isDirectory).map((it) => it.name).sort();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) {
      return [];
    }
    throw error;
  }
}
