/** In what runs differ, in the words of the command line. */
import { asTaken, changes } from "../plan/differences.ts";
import { lossName } from "../plan/loss_name.ts";
import type { Plan } from "../plan/plan.ts";
import { SETTINGS, valueAt } from "../plan/variant.ts";
import { adapterName } from "../run_folder/config.ts";
import type { OpenedRun } from "./opened_run.ts";

/** Something that is not the same in all runs. */
export interface Difference {
  /** A flag without its dashes, or what else it is. */
  readonly name: string;
  /** Its value in a run; empty where the run has none. */
  of(run: OpenedRun): string;
  /** How it is told in a legend; empty where the run has none. */
  told(run: OpenedRun): string;
}

/** What is told by itself: `cent-mnist-2`, not `row=cent-mnist-2`. */
const plain = (name: string, of: (run: OpenedRun) => string): Difference => ({
  ...{ name, of, told: of },
});

const named = (name: string, of: (run: OpenedRun) => string): Difference => ({
  ...{ name, of, told: (run) => of(run) && `${name}=${of(run)}` },
});

const ofPlan = (of: (plan: Plan) => string) => ({ config }: OpenedRun) => of(config.plan);

const ROW = plain("row", ofPlan(({ id }) => id));
const NAME = plain("name", ofPlan(({ name = "" }) => name));
const PRESET = plain("preset", ofPlan(({ preset }) => preset));
const DATA = plain("data", ofPlan(({ dataset }) => dataset));
const LOSS = plain("loss", ofPlan(({ recipe }) => lossName(recipe.loss)));
const ADAPTER = plain("adapter", ({ config }) => adapterName(config));
const IMAGES = plain("images", ({ config }) => config.drawn ? "drawn digits" : "the data set's");

const FLAGS = SETTINGS.map(({ name, of, shown }) =>
  named(name, ({ config: { plan, counts } }) => {
    const value = of(asTaken(plan, counts));
    return value === undefined ? "" : shown(value);
  })
);

/** Of several rows the row says the rest, but for what flags changed. */
const OF_ROWS = ["weight-center", "weight-intra", "weight-inter", "alpha"];

/**
 * What is not the same in all of these runs, but their seeds: names, rows, presets, what flags set, then what only another
 * version of the program can have changed.
 */
export function differencesOf(runs: readonly OpenedRun[]): Difference[] {
  const differs = ({ of }: Difference) => new Set(runs.map(of)).size > 1;
  const after = [ADAPTER, IMAGES], before = [NAME, ROW, PRESET, DATA];
  if (!differs(ROW) && !differs(PRESET)) {
    const rest = others(runs.map(({ config }) => config.plan));
    return [...before, ...FLAGS, ...rest, ...after].filter(differs);
  }
  const changed = new Set(runs.flatMap(({ config }) => changedIn(config.plan)));
  const flags = FLAGS.filter(({ name }) => OF_ROWS.includes(name) || changed.has(name));
  return [...before, LOSS, ...flags, ...after].filter(differs);
}

/** Flags that changed a plan. */
function changedIn({ variant = "" }: Plan): string[] {
  return variant.split("+").map((part) => part.split("=")[0]);
}

/** Paths in the plans that no flag sets. */
function others([first, ...rest]: readonly Plan[]): Difference[] {
  const known = new Set([
    ...SETTINGS.map(({ path }) => path),
    "seed",
    "dataset",
    "ownData.source",
    "ownData.width",
  ]);
  const paths = new Set(rest.flatMap((plan) => changes(first, plan).map(({ name }) => name)));
  const shown = [...paths].filter((path) => !known.has(path) && !path.startsWith("figures"));
  return shown.map((path) =>
    named(
      path,
      ofPlan((plan) => {
        const value = valueAt(plan, path);
        return value === undefined ? "" : String(value);
      }),
    )
  );
}

/** What a run is called among others: its own name, or in what it differs; of other rows, what flags changed. */
export function labelOf(run: OpenedRun, differences: readonly Difference[]): string {
  const { name } = run.config.plan;
  if (name !== undefined) return name;
  const rows = differences.includes(ROW), changed = changedIn(run.config.plan);
  const told = differences.filter((it) =>
    !rows || (it !== LOSS && (!FLAGS.includes(it) || changed.includes(it.name)))
  );
  const parts = told.map((it) => it.told(run)).filter((part) => part);
  // Runs on another adapter or by another preset may still be of one row.
  return parts.length > 0 ? parts.join(", ") : run.config.plan.id;
}

/** The order of values: numbers by their size, after what has none. */
export function inOrder(a: string, b: string): number {
  if (a === b) return 0;
  const [x, y] = [a, b].map((text) => text === "" ? -Infinity : Number(text));
  if (Number.isNaN(x) || Number.isNaN(y)) return 0; // as they were given
  return x - y;
}
