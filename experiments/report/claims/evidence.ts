/** Where the numbers of claims come from: tables in `results/`. */
import { join } from "node:path";
import { type Lines, numberIn, readLines } from "../../../src/base/csv_lines.ts";
import { type Plan, type Preset, PRESETS } from "../../plan/plan.ts";
import { readConfig } from "../../run_folder/config.ts";
import { readStudy } from "../../run_folder/study_config.ts";
import { foldersIn } from "../results.ts";

/** The results of one seed under one setting. A table that is not there has no lines, and its numbers are NaN. */
export class Evidence {
  readonly seed: number;
  /** Rows and studies whose tables were asked for. */
  readonly read: Set<string> = new Set();
  readonly #folder: (id: string, seed: number) => string;

  /** @param folder Where a row's or a study's results of a seed are. */
  constructor(seed: number, folder: (id: string, seed: number) => string) {
    this.seed = seed;
    this.#folder = folder;
  }

  /** What was trained as a row; undefined where there is no run of it. */
  async plan(id: string): Promise<Plan | undefined> {
    // What is wrong with a damaged one is for `readResults` to say.
    return (await readConfig(this.#folder(id, this.seed)).catch(() => undefined))?.plan;
  }

  /** Lines of a table of a row or a study. */
  async lines(id: string, file: string, seed = this.seed): Promise<Lines> {
    this.read.add(id);
    return await readLines(join(this.#folder(id, seed), file), { numbers: [] }) ?? [];
  }

  /** Those of them that are of the last epoch. */
  async lastEpoch(id: string, file: string): Promise<Lines> {
    const lines = await this.lines(id, file), last = lines.at(-1)?.epoch;
    return lines.filter(({ epoch }) => epoch === last);
  }

  /** Lines of a table over seeds, which lies with the first of them. */
  shared(id: string, file: string): Promise<Lines> {
    return this.lines(id, file, 1);
  }

  /** The number in a column of the first line with these fields. */
  async cell(
    [id, file]: readonly [id: string, file: string],
    where: Readonly<Record<string, string>>,
    column: string,
  ): Promise<number> {
    const line = (await this.lines(id, file)).find((line) =>
      Object.entries(where).every(([name, value]) => line[name] === value)
    );
    return line ? numberIn(line, column) : NaN;
  }

  /**
   * A metric of a row's run.
   *
   * @param at From the epochs' values to one; default: the last epoch's.
   */
  async metric(
    row: string,
    name: string,
    at: (values: number[]) => number = (values) => values.at(-1)!,
  ): Promise<number> {
    const lines = await this.lines(row, "metrics.csv");
    return lines.length > 0 ? at(lines.map((line) => numberIn(line, name))) : NaN;
  }
}

/** Runs that differ in their seed alone. */
export interface Setting {
  preset: Preset;
  /** What flags changed of it. */
  changed: readonly string[];
  /** Numbers of seeds, ascending. */
  seeds: readonly number[];
  folder: (id: string, seed: number) => string;
}

/** All settings of a folder of results: the nearest to what was published first. */
export function settingsIn(root: string): Setting[] {
  return PRESETS.flatMap((preset) => {
    const folders = foldersIn(join(root, preset)).map((path) => ({
      name: path.slice(join(root, preset).length + 1),
      seeds: foldersIn(path).map((it) => Number(/seed-(\d+)$/.exec(it)?.[1])).filter(
        Number.isFinite,
      ),
    }));
    const changesOf = (name: string) => name.split("+").slice(1).map((part) => `+${part}`).join("");
    const groups = [...Map.groupBy(folders, ({ name }) => changesOf(name))];
    return groups.sort(([a], [b]) => a < b ? -1 : 1).map(([suffix, own]): Setting => ({
      preset,
      changed: suffix.split("+").slice(1),
      seeds: [...new Set(own.flatMap(({ seeds }) => seeds))].sort((a, b) => a - b),
      folder: (id, seed) => join(root, preset, id + suffix, `seed-${seed}`),
    }));
  });
}

/** What the setting with the most seeds says, of equals the first; undefined where none has any. */
export function mostSeeds<Of extends { seeds: readonly unknown[] }>(
  found: readonly Of[],
): Of | undefined {
  const most = Math.max(1, ...found.map(({ seeds }) => seeds.length));
  return found.find(({ seeds }) => seeds.length === most);
}

/** A setting in words: preset, images, and what flags changed. */
export async function settingName(
  { preset, changed, folder }: Setting,
  id: string,
  seed: number,
): Promise<string> {
  // A damaged file has no name for its numbers; `readResults` says what is wrong with it.
  const nothing = () => undefined;
  const study = await readStudy(folder(id, seed)).catch(nothing), row = study?.runs[0]?.id ?? id;
  const config = await readConfig(folder(row, seed)).catch(nothing);
  const ofRuns = study?.runs.map(({ images }) => (images ?? study.images)?.train) ?? [];
  const images = ofRuns[0] ? ofRuns : changed.length > 0 ? [] : [config?.plan.trainSize];
  const counts = [...new Set(images)].filter((it) => it !== undefined);
  const shown = counts.map((count) => count.toLocaleString("en")).join(" or ");
  const known = counts.length === 0 ? [] : [`${shown} images`];
  const others = changed.filter((it) => counts.length === 0 || !it.startsWith("train-size="));
  return [preset, ...known, ...others.map((it) => it.replaceAll("-", " ").replace("=", " "))].join(
    ", ",
  );
}
