/** Losses that a map may train: those of the library's table, and what of them can be turned. */
import type { Branch, NumberSetting, Setting } from "../../src/losses/loss.ts";
import {
  LOSSES as TABLE,
  type LossKind as AnyKind,
  lossOf as entryOf,
  type LossRecipe,
  settingsOf,
} from "../../src/losses/table.ts";
import type { Field, NumberField } from "./field.ts";

/** Kinds that a page can train from the start: not those that need a function, or an earlier stage. */
export type LossKind = Exclude<AnyKind, "own" | "center-alone">;

/** A loss as a map has it. */
export interface LossForm {
  title: string;
  about: string;
  formula: string;
  /** Whether it sees a feature's direction, more than its length. */
  angular: boolean;
  /** Settings by their names in a recipe. */
  fields: Readonly<Record<string, Field>>;
}

const LEFT_OUT: ReadonlySet<string> = new Set(["own", "center-alone"]);

/** Their names, in the order of the table. */
export const LOSS_KINDS = Object.keys(TABLE).filter((kind) => !LEFT_OUT.has(kind)) as LossKind[];

/** What visitors call a setting, where its flag is not the word. */
const LABELS: Readonly<Record<string, string>> = {
  "weight-center": "lambda",
  "weight-intra": "pull",
  "weight-inter": "push",
};

/** Branches of the family that see directions. */
const ON_ANGLES: ReadonlySet<Branch> = new Set(["angles", "proxies"]);

/** Where a number stands that a recipe may leave out. */
const OPTIONAL_START = 10;

/** Where a map begins otherwise than rows of published tables do: drawn digits are few. */
const BEGINNINGS: Partial<Record<LossKind, MapSettings["values"]>> = { center: { weight: 0.1 } };

/** By kind. */
export const LOSSES = Object.fromEntries(LOSS_KINDS.map((kind) => [kind, formOf(kind)])) as {
  readonly [Kind in LossKind]: LossForm;
};

function formOf(kind: LossKind): LossForm {
  const { name, idea, formula, start, branch, directions = false } = entryOf(kind);
  const given = { ...start, ...BEGINNINGS[kind] } as unknown as Record<string, number | string>;
  const fields = Object.entries(settingsOf(kind)).flatMap(([field, setting]) => {
    const made = fieldOf(field, setting, given[field]);
    return made ? [[field, made] as const] : [];
  });
  const angular = ON_ANGLES.has(branch) || directions;
  return {
    title: name,
    about: sentence(idea),
    formula,
    angular,
    fields: Object.fromEntries(fields),
  };
}

/** Words of the library's lists as a sentence; a flag of the command line is none of a page. */
function sentence(words: string): string {
  return `${words[0].toUpperCase()}${words.slice(1).replace(/; --.*/, "")}.`;
}

/** The control of a setting; none for what only a file can say. */
function fieldOf(name: string, setting: Setting, value?: number | string): Field | undefined {
  if ("words" in setting) {
    const choices = setting.words.map((word) => [word, word] as const);
    return {
      kind: "choice",
      label: name,
      help: sentence(setting.what),
      choices,
      default: value ?? choices[0][0],
    };
  }
  return "range" in setting ? sliderOf(setting, Number(value ?? OPTIONAL_START)) : undefined;
}

/** A slider that reaches well beyond the value that a recipe begins with, in both directions. */
function sliderOf({ flag, what, range }: NumberSetting, value: number): NumberField {
  const label = LABELS[flag] ?? flag.replaceAll("-", " ");
  const { low: least = 0, high: most = Infinity, whole, above } = range;
  const made = { kind: "number", label, help: sentence(what), default: value } as const;
  if (whole || most <= 10) {
    const high = Math.min(most, Math.max(8, 100 * value));
    return { ...made, low: least, high, step: whole ? 1 : 0.01 };
  }
  const low = least > 0 || above ? Math.max(least, value / 100) : 0;
  return { ...made, low, high: Math.min(most, Math.max(10, 20 * value)), log: true };
}

/** A loss and its settings. */
export interface MapSettings {
  kind: LossKind;
  values: Record<string, number | string>;
}

/** A loss with its defaults, but for what is given. */
export function mapOf(kind: LossKind, values: MapSettings["values"] = {}): MapSettings {
  const fields = Object.entries(LOSSES[kind].fields);
  return {
    kind,
    values: { ...Object.fromEntries(fields.map(([name, f]) => [name, f.default])), ...values },
  };
}

/** Whether a setting counts: the margin of a push belongs to one form of it. */
export function counts({ values }: MapSettings, name: string): boolean {
  return name !== "margin" || values.form === undefined || values.form === "margin";
}

/** The recipe of the library. */
export function lossRecipeOf(map: MapSettings): LossRecipe {
  const given = Object.entries(map.values).filter(([name]) => counts(map, name));
  return { kind: map.kind, ...Object.fromEntries(given) } as unknown as LossRecipe;
}
