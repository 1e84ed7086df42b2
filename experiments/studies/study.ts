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
  /** Flags that belong to its question, with their values. The name of its folder does not repeat them. */
  flags?: Readonly<Record<string, unknown>>;
  /** Whether it draws what it can of rows with any number of features; default: all have two. */
  anyFeatures?: boolean;
  /** Whether its runs are measured when they end. */
  measures?: boolean;
  /** Whether it says something of some of its rows, too: it takes `--only`, and a row that fails does not stop it. */
  partial?: boolean;
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

/** What flags changed of any of its rows, beside its own. */
export function variantOf(
  { flags = {} }: Pick<Study, "flags">,
  runs: readonly { readonly plan: Plan }[],
): string {
  const own = Object.entries(flags).map(([name, value]) => `${name}=${value}`);
  const parts = runs.flatMap(({ plan: { variant } }) => variant ? variant.split("+") : []);
  return [...new Set(parts)].filter((part) => !own.includes(part)).join("+");
}

/** The title of its pictures: what flags changed of the rows, and the preset. */
export function titleOf(study: Pick<Study, "id" | "flags">, runs: readonly StudyRun[]): string {
  const [{ plan }] = runs;
  const own = { ...plan, id: study.id, variant: variantOf(study, runs) };
  return `${nameOfRun(own)} · ${plan.preset}`;
}
