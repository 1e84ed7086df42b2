/** What flags change of a row under its preset, in the shortest form: the name of a run beside its row's. */
import { resolve } from "node:path";
import { nameOf, parseSource } from "../../data/own/source.ts";
import { UsageError } from "../../src/base/errors.ts";
import { rowOf } from "../rows/catalog.ts";
import { CHOICE_NAMES, CHOICES } from "./choices.ts";
import { NUMBER_NAMES, NUMBERS } from "./numbers.ts";
import { type Plan, planOf, withEpochs } from "./plan.ts";

/** What a flag sets in a plan. */
export interface Setting {
  /** The flag, without the dashes. */
  readonly name: string;
  /** Where it stands in a plan. */
  readonly path: string;
  /** Its value there; undefined where the plan has none. */
  of(plan: Plan): unknown;
  /** A value as the name of a folder can hold it. */
  shown(value: unknown): string;
  /** The plan with another value. */
  with(plan: Plan, value: unknown): Plan;
}

/** What flags change of a plan, but not the seed, which has a folder of its own. */
export const SETTINGS: readonly Setting[] = [
  ...NUMBER_NAMES.filter((name) => name !== "seed").map((name) => setting(name, NUMBERS[name])),
  ...CHOICE_NAMES.map((name) => setting(name, CHOICES[name])),
  {
    ...{ name: "from", path: "from", of: ({ from }) => from, with: (plan) => plan },
    shown: (from) => `${from}`.split(/[\\/]/).slice(-4).join("-").replace(/[^\w.-]/g, "-"),
  },
  ofOwnData(
    "test-data",
    "test",
    ({ test }) => test && placeOf(test),
    (place) => nameOf(parseSource(`${place}`)),
  ),
  ofOwnData("test-share", "testShare", ({ test, testShare }) => test ? undefined : testShare),
  ofOwnData(
    "image-size",
    "height",
    ({ height, width }) => height === width ? height : `${height}x${width}`,
  ),
  ofOwnData("channels", "channels", ({ channels }) => channels),
];

function setting(name: string, it: { readonly path: string; with: unknown }): Setting {
  return {
    name,
    path: it.path,
    of: (plan) => valueAt(plan, it.path),
    shown: String, // a list has commas
    with: it.with as Setting["with"],
  };
}

function ofOwnData(
  name: string,
  field: string,
  of: (ownData: NonNullable<Plan["ownData"]>) => unknown,
  shown: Setting["shown"] = String,
): Setting {
  return {
    ...{ name, path: `ownData.${field}`, shown },
    of: ({ ownData }) => ownData && of(ownData),
    with: (plan) => plan,
  };
}

function placeOf(source: string): string {
  const { kind, path } = parseSource(source);
  return `${kind}:${resolve(path)}`;
}

/** What a plan holds at a path such as `recipe.loss.weight`. */
export function valueAt(plan: Plan, path: string): unknown {
  return path.split(".").reduce<unknown>(
    (value, name) => (value as Record<string, unknown> | undefined)?.[name],
    plan,
  );
}

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

/** Without a word of the user, a share of this much of one's own images is held out. */
const DEFAULTS: Readonly<Record<string, unknown>> = { "test-share": 0.2 };

/**
 * What flags made of a plan, in the order of help, as in `weight-center=0.1+schedule=step+step-size=3`. What follows from
 * another flag is left out; so is what the row has already. Empty where nothing is left.
 *
 * @param base The row under its preset.
 */
export function variantOf(base: Plan, plan: Plan): string {
  const parts: string[] = [];
  let reached = base;
  for (const { name, of, shown, with: set } of SETTINGS) {
    const value = of(plan);
    if (value === undefined || same(value, of(reached) ?? DEFAULTS[name])) continue;
    parts.push(`${name}=${shown(value)}`);
    reached = set(reached, value);
  }
  return parts.join("+");
}

/** A plan with so many epochs, which its variant says where the plan has one; the first of two stages stays as long as it is. */
export function ofEpochs(plan: Plan, epochs: number): Plan {
  const { variant, ...rest } = withEpochs(plan, epochs), row = rowPlan(plan);
  if (variant === undefined) return rest;
  const own = row ? variantOf(row, rest) : variant.replace(/^epochs=\d+/, `epochs=${epochs}`); // a row of a file, which is not looked up
  return { ...rest, ...(own && { variant: own }) };
}

/** The flags that repeat a run, and find its folder again, beside preset, seed and images: those of its variant, and its name. */
export function ownFlags(plan: Plan): [name: string, value: string][] {
  const names = variantIn(plan).split("+").map((part) => part.split("=")[0]);
  const flags = SETTINGS.filter(({ name }) => names.includes(name)).map((
    { name, of },
  ): [string, string] => [
    name,
    name === "test-data" ? plan.ownData!.test! : `${of(plan)}`,
  ]);
  return plan.name === undefined ? flags : [...flags, ["name", plan.name]];
}

/** The variant of a plan. Runs of earlier versions, and those that grew, do not say it themselves. */
function variantIn(plan: Plan): string {
  const base = plan.variant === undefined ? rowPlan(plan) : undefined;
  return base ? variantOf(base, plan) : plan.variant ?? "";
}

/** Of these flags those that say something else in two plans, with their values. */
export function disagreeing(
  names: readonly string[],
  there: Plan,
  here: Plan,
): { name: string; there: unknown; here: unknown }[] {
  const asked = SETTINGS.filter(({ name }) => names.includes(name));
  return asked.map(({ name, of }) => ({ name, there: of(there), here: of(here) }))
    .filter(({ there, here }) => !same(there, here));
}

/** The row of a plan under its preset; undefined where there is none (any more). */
export function rowPlan({ id, preset }: Pick<Plan, "id" | "preset">): Plan | undefined {
  const row = rowOf(id);
  try {
    return row && planOf(row, preset);
  } catch (error) {
    if (error instanceof UsageError) return undefined;
    throw error;
  }
}

/** Room for it in a title. */
const MOST_LETTERS = 44;

/** What a run has of its own, for titles, legends and tables: its name, or what differs from its row; empty where nothing does. */
export function ownOf(plan: Plan, mostLetters = MOST_LETTERS): string {
  if (plan.name !== undefined) return plan.name;
  const parts = variantIn(plan).split("+");
  const shown = [parts[0]];
  for (const part of parts.slice(1)) {
    if ([...shown, part].join(", ").length > mostLetters) break;
    shown.push(part);
  }
  const left = parts.length - shown.length;
  return shown.join(", ") + (left > 0 ? ` and ${left} more` : "");
}

/** The row with what the run has of its own, such as "cent-mnist-2 · weight-center=0.1". */
export function nameOfRun(plan: Plan): string {
  return [plan.id, ownOf(plan)].filter((part) => part).join(" · ");
}
