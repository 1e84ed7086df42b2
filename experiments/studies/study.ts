/** A question that takes several rows to answer: what it trains, and what it makes of the runs. */
import type { Plan } from "../plan/plan.ts";
import { nameOfRun } from "../plan/variant.ts";
import type { StudyRun } from "./study_run.ts";

/** A study. */
export interface Study {
  id: string;
  /** One line for the list. */
  summary: string;
  /** Ids of the rows it compares, in the order of its pictures. */
  rows: readonly string[];
  /** What it makes of the rows' finished runs with one seed, in the order of {@linkcode rows}. */
  compose(runs: readonly StudyRun[], folder: StudyFolder): Promise<void>;
  /** What it makes of several seeds, each as above; into the folder of the first. */
  overSeeds?(seeds: readonly (readonly StudyRun[])[], folder: StudyFolder): Promise<void>;
}

/** Where a study writes: each file whole or not at all. */
export interface StudyFolder {
  /** `runs/<study>/<preset>/seed-<n>`. */
  readonly path: string;
  /** Writes a file of that name. */
  write(name: string, content: Uint8Array | string): Promise<void>;
  /** Says a line to the user. */
  say(line: string): void;
}

/** What flags changed of any of its rows. */
export function variantOf(runs: readonly { readonly plan: Plan }[]): string {
  const parts = runs.flatMap(({ plan: { variant } }) => variant ? variant.split("+") : []);
  return [...new Set(parts)].join("+");
}

/** The title of its pictures: what flags changed of the rows, and the preset. */
export function titleOf({ id }: Pick<Study, "id">, runs: readonly StudyRun[]): string {
  const [{ plan }] = runs;
  return `${nameOfRun({ ...plan, id, variant: variantOf(runs) })} · ${plan.preset}`;
}
