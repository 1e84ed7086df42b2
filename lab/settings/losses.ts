/** Losses that a map may train: what a visitor calls them, and which of their settings can be turned. */
import { CENTER_RULES } from "../../src/losses/center_loss.ts";
import { SEPARATION_FORMS } from "../../src/losses/inter_class_separation.ts";
import type { LossRecipe } from "../../src/losses/objective.ts";
import type { Field, NumberField } from "./field.ts";

/** Kinds that a page can train from the start: not those that need a function, or an earlier stage. */
export type LossKind = Exclude<LossRecipe["kind"], "own" | "center-alone">;

/** A loss as a map has it. */
export interface LossForm {
  title: string;
  /** One sentence. */
  about: string;
  /** Settings by their names in a recipe. */
  fields: Readonly<Record<string, Field>>;
}

const weight = (label: string, help: string, value: number, high = 10): NumberField => ({
  ...{ kind: "number", label, help, low: 0, high, default: value, log: true },
});
const intra = (value: number) => weight("pull", "How strongly a class is pulled together.", value);
const inter = (value: number) => weight("push", "How strongly classes are pushed apart.", value);
const exponent: NumberField = {
  ...{ kind: "number", label: "exponent", low: 0.001, high: 1, default: 0.05, log: true },
  help: "Factor in the exponent of the pull.",
};

/** All of them; a kind that the library learns does not compile until it has an entry. */
export const LOSSES: { readonly [Kind in LossKind]: LossForm } = {
  "cross-entropy": {
    title: "cross-entropy",
    about: "Softmax alone: classes only have to be told apart, so each becomes a ray.",
    fields: {},
  },
  center: {
    title: "center loss",
    about: "Cross-entropy, and a pull of each sample towards the center of its class.",
    fields: {
      weight: weight("lambda", "How strongly each sample is pulled to its center.", 0.1),
      rule: {
        ...{ kind: "choice", label: "center rule", default: "autograd" },
        help: "Which gradient moves the centers; the published programs differ.",
        choices: CENTER_RULES.map((rule) => [rule, rule] as const),
      },
    },
  },
  standalone: {
    title: "standalone",
    about: "No softmax: a pull to the centers, and a push between samples of different classes.",
    fields: {
      weightIntra: intra(1),
      weightInter: inter(0.1),
      form: {
        ...{ kind: "choice", label: "form", default: "log1p", help: "How the push falls off." },
        choices: SEPARATION_FORMS.map((form) => [form, form] as const),
      },
      margin: {
        ...{ kind: "number", label: "margin", low: 0.1, high: 1000, default: 10, log: true },
        help: "Form margin: the squared distance from which on nothing pushes.",
      },
    },
  },
  "center-repulsion": {
    title: "center repulsion",
    about: "No softmax: a pull to the centers, and centers that push each other.",
    fields: { alpha: exponent, weightIntra: intra(1), weightInter: inter(1) },
  },
  "center-softmax": {
    title: "center softmax",
    about: "A pull to the centers, and a softmax that has to tell only the centers apart.",
    fields: { alpha: exponent, weightIntra: intra(1), weightInter: inter(1) },
  },
};

/** Their names, in the order of the list. */
export const LOSS_KINDS = Object.keys(LOSSES) as LossKind[];

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

/** The recipe of the library. */
export function lossOf({ kind, values }: MapSettings): LossRecipe {
  const { margin, ...rest } = values;
  const given = kind === "standalone" && values.form !== "margin" ? rest : { ...rest, margin };
  if (margin === undefined) delete (given as { margin?: unknown }).margin;
  return { kind, ...given } as unknown as LossRecipe;
}
