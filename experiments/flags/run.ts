/** Flags of a run, which `exp` and `demo` share, and what they ask for. */
import { type Flag, flag, type Given } from "../../cli/flags.ts";
import { ADAPTER, DATA_DIR, TILES } from "../../cli/shared.ts";
import { number, path, withDefault } from "../../cli/values.ts";
import { whole } from "../../src/base/range.ts";
import { SUBMIT_MS } from "../../src/gpu/submit_budget.ts";
import { CHOICE_FLAGS, CHOICE_NAMES, withChoices } from "../plan/choices.ts";
import {
  NUMBER_NAMES,
  type NumberName,
  NUMBERS,
  type PlanNumber,
  withNumbers,
} from "../plan/numbers.ts";
import { withFrom } from "../plan/from.ts";
import { planOf } from "../plan/plan.ts";
import type { Options } from "../plan/request.ts";
import { variantOf } from "../plan/variant.ts";
import { isRunName } from "../plan/checks.ts";
import type { Experiment } from "../rows/experiment.ts";
import { OWN_DATA_FLAGS, OWN_DATA_NAMES, withOwnData } from "./own_data.ts";
import { PRESET } from "./row.ts";

/** Flags of the numbers of a plan. */
export const NUMBER_FLAGS = Object.fromEntries(
  NUMBER_NAMES.map((name) => {
    const { range, what, alias }: PlanNumber = NUMBERS[name];
    return [name, { ...number(range, what), alias }];
  }),
) as Record<NumberName, Flag<number | undefined>>;

const NAME: Flag<string | undefined> = {
  takes: "NAME",
  help:
    "what the run is called, in place of its flags: its folder is ID+NAME, and pictures and tables say so",
  expected: "at most 64 letters, digits, _, . and -, without spaces",
  default: undefined,
  read: (text) => isRunName(text.normalize()) ? text.normalize() : undefined,
};

/** The flags, by name. */
export const RUN_FLAGS = {
  preset: PRESET,
  ...NUMBER_FLAGS,
  ...CHOICE_FLAGS,
  ...OWN_DATA_FLAGS,
  from: path(
    "RUN",
    "start from another run's weights: its folder, or a checkpoint in it; a row of two stages is its second alone then",
  ),
  predict: path(
    "FILE",
    "a CSV of images without labels: predictions.csv is written when the run ends",
  ),
  font: path(
    "FILE",
    "a TrueType or OpenType font for letters that pictures lack, such as those of Chinese",
  ),
  name: NAME,
  out: withDefault(path("DIR", "folder for runs"), "runs"),
  "data-dir": DATA_DIR,
  adapter: ADAPTER,
  // Windows resets a GPU after two seconds.
  "submit-ms": number(
    whole(1, 1000),
    `milliseconds of work in one submit; default: ${SUBMIT_MS}; 20 keeps a screen on the same GPU responsive`,
  ),
  tiles: TILES,
  "no-tune": flag(
    "the adapter's table of tiles, without what the tuner found or would look for",
  ),
  regions: flag("tint 2-D maps by the class that the row's rule gives each place"),
  contours: flag(
    "draw lines around the densest half of each class in 2-D maps; default: where dots hide each other",
  ),
  "no-contours": flag("draw none of these lines"),
  angles: flag("draw features by their direction: two on a circle, three on a sphere that turns"),
  measures: flag(
    "write measures.csv when the run ends: accuracies, retrieval, silhouette, neural collapse, unknown classes",
  ),
  "no-events": flag("write no event file for TensorBoard"),
  resume: flag("continue at the last finished epoch; give the flags that the run began with"),
  overwrite: flag("start again in a folder that is in use"),
} as const;

/** Flags of a run that exclude each other. */
export const RUN_EXCLUSIVE = [
  [["resume", "overwrite"], "continue the run, or start it again"],
  [["contours", "no-contours"], "draw the lines, or leave them out"],
  [["test-share", "test-data"], "the one holds out a part of --data, the other names other images"],
] as const;

/** What is not the run's own number, but where it lies, or on which images it is. */
const PLACE: ReadonlySet<string> = new Set(["seed", "data"]);

/**
 * What is asked of a row.
 *
 * @throws {UsageError} For what the row does not take.
 */
export function optionsOf(row: Experiment, flags: Given<typeof RUN_FLAGS>["flags"]): Options {
  const { preset, from, name } = flags, published = planOf(row, preset);
  const base = from === undefined ? published : withFrom(published, from);
  const plan = withChoices(withNumbers(withOwnData(base, flags), flags), flags);
  const variant = variantOf({ ...base, from: undefined }, plan);
  const numbers = [...NUMBER_NAMES, ...CHOICE_NAMES, ...OWN_DATA_NAMES, "from"] as const;
  return {
    plan: { ...plan, ...(variant && { variant }), ...(name !== undefined && { name }) },
    out: flags.out,
    dataDir: flags["data-dir"],
    adapter: flags.adapter,
    submitMs: flags["submit-ms"],
    tiles: flags.tiles,
    predict: flags.predict,
    font: flags.font,
    tune: !flags["no-tune"],
    regions: flags.regions,
    contours: flags.contours ? true : flags["no-contours"] ? false : undefined,
    angles: flags.angles,
    events: !flags["no-events"],
    measures: flags.measures,
    resume: flags.resume,
    overwrite: flags.overwrite,
    verbose: flags.verbose,
    changed: numbers.filter((name) => !PLACE.has(name) && flags[name] !== undefined),
  };
}
