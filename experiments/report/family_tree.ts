/** The family tree of `docs/losses.md`: what the table of losses says of each, its picture, and runs in `results/`. */
import { join } from "node:path";
import { isThere } from "../../src/base/files.ts";
import { withSlashes } from "../../src/base/path.ts";
import { rangeWords } from "../../src/base/range.ts";
import type { Branch } from "../../src/losses/loss.ts";
import { objectiveOf } from "../../src/losses/objective.ts";
import {
  LOSSES,
  type LossKind,
  lossOf,
  type LossRecipe,
  settingsOf,
} from "../../src/losses/table.ts";
import { escaped, wrapped } from "../compare/markdown.ts";
import { RELATIVES } from "../rows/relatives.ts";
import type { Result } from "./results.ts";

/** Where the pictures are, from the root of the project. */
const PICTURES = join("docs", "losses");

const BRANCHES: Readonly<Record<Branch, [title: string, what: string]>> = {
  softmax: ["The trunk: a softmax", "Logits are products of features and weights."],
  centers: [
    "Centers",
    "A term about the centers of the classes stands beside the softmax, or alone.",
  ],
  lengths: ["Lengths", "The softmax stays as it is, and features get one length."],
  angles: [
    "Angles",
    "Weights, or features as well, have length 1: what is left of a product is a cosine.",
  ],
  pairs: ["Pairs of samples", "Samples of a batch are compared with each other."],
  proxies: ["Proxies", "Samples are compared with learned proxies of the classes, by cosines."],
  own: ["Your own", "A function of features, logits, labels and centers."],
};

const RULES = {
  "logit": "the largest logit",
  "nearest-center": "the nearest center",
  "cosine": "the largest cosine, which the logits are",
} as const;

/** Where a loss that goes by the nearest center has none. */
const NO_CENTERS = "the nearest class mean of the training features, as it has no centers";

/** Any number of classes: the answer is the same. */
const CLASSES = 10;

/** The block: branch by branch, in the order of the table. */
export async function familyTreeLines(results: readonly Result[]): Promise<string[]> {
  const kinds = Object.keys(LOSSES) as LossKind[], lines: string[] = [];
  for (const [branch, [title, what]] of Object.entries(BRANCHES)) {
    lines.push(`## ${title}`, "", ...wrapped(what), "");
    for (const kind of kinds.filter((it) => lossOf(it).branch === branch)) {
      lines.push(...await lossLines(kind, results));
    }
  }
  return lines.slice(0, -1);
}

async function lossLines(kind: LossKind, results: readonly Result[]): Promise<string[]> {
  const { name, idea, formula, source, evaluation, start, row } = lossOf(kind);
  const { centers } = objectiveOf(start as LossRecipe, CLASSES);
  const lines = [`### ${escaped(name)}`, "", ...wrapped(`${sentence(escaped(idea))}`), ""];
  lines.push("```text", formula, "```", "");
  const pictures = [[kind, "How", "sees the plane"], [`${kind}-push`, "What the push of", "adds"]];
  for (const [file, how, does] of pictures) {
    if (!await isThere(join(PICTURES, `${file}.png`))) continue;
    lines.push(`![${how} ${name} ${does}](losses/${file}.png)`, "");
  }
  for (const path of await runsOf(kind, results)) {
    lines.push(`![Test features under ${name}](../${withSlashes(path)})`, "");
  }
  const items = [
    `Kind \`${kind}\`; a sample is classified by ${
      evaluation === "nearest-center" && centers === "none" ? NO_CENTERS : RULES[evaluation]
    }.`,
    ...Object.entries(settingsOf(kind)).flatMap(([field, setting]) => {
      const value = (start as unknown as Record<string, unknown>)[field];
      if (!("flag" in setting) || value === undefined) return [];
      const flag = setting.flag === "weight-center" ? "lambda" : setting.flag;
      const words = escaped(setting.what.replace("; --lambda is the same", ""));
      return [`\`--${flag} ${value}\`: ${words}; ${rangeWords(setting.range)}.`];
    }),
    ...(row
      ? [
        `Rows ${
          RELATIVES.filter(({ recipe }) => recipe.loss.kind === kind).map(({ id }) => `\`${id}\``)
            .join(" and ")
        }.`,
      ]
      : []),
    `Source: ${escaped(source)}.`,
  ];
  return [...lines, ...items.flatMap((item) => wrapped(item, { item: true })), ""];
}

function sentence(words: string): string {
  return `${words[0].toUpperCase()}${words.slice(1)}.`;
}

/** Pictures of the test features of a loss's row on MNIST: of the first run that has one. */
async function runsOf(kind: LossKind, results: readonly Result[]): Promise<string[]> {
  for (const { folder, config: { plan } } of results) {
    if (plan.recipe.loss.kind !== kind || plan.dataset !== "mnist") continue;
    if (plan.recipe.featureDim !== 2) continue;
    const path = join(folder, "val.gif");
    if (await isThere(path)) return [path];
  }
  return [];
}
