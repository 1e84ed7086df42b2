/** What a page's script reads, within the room that a page has. */
import type { Sets } from "../../../src/dataset/image_set.ts";
import { base64 } from "../base64.ts";
import { colorsOf } from "../colors.ts";
import type { Predictions } from "../predictions.ts";
import { accuracyOf, rulesOf, type RunView } from "../read_run.ts";
import { titleOf } from "../titles.ts";
import { keptIn, lettersOf, type MapData, mapData, type Split, spread } from "./map_data.ts";
import { type Sheet, sheetOf } from "./thumbnails.ts";

/** A run with the images that it was trained on and tested with. */
export interface SeenRun {
  run: RunView;
  sets: Sets;
  predictions: Predictions | undefined;
}

/** A run, as the script reads it. */
export interface RunData {
  name: string;
  /** Epochs that were to be trained. */
  planned: number;
  map: MapData;
  /** By part and rule, an epoch each. */
  accuracy: Record<Split, Record<string, (number | null)[]>>;
  /** Of the shown test images. */
  predicted?: { rule: string; classes: string; certainty?: string };
}

/** All that the script reads. */
export interface ExplorerData {
  classes: { name: string; short: string; light: string; dark: string }[];
  runs: RunData[];
  /** The run that goes furthest: the scrubber goes through its epochs. */
  guide: number;
  /** Where thumbnails of both parts are, in the order of the samples of the first run. */
  thumbs: Record<Split, Omit<Sheet, "address"> & { id: string }>;
}

/** The data, and the images that stand beside it. */
export interface Explorer {
  data: ExplorerData;
  sheets: { id: string; address: string }[];
}

/** Samples of a page, of both parts of all runs together. */
const MOST_SAMPLES = 5000;
/** Epochs of a map; of more, so many are shown, evenly spaced. */
const MOST_EPOCHS = 120;
/** Letters of all that is below; the rest of a page is small. */
const MOST_LETTERS = 7_000_000;

/** Maps of runs on the same images: the same samples in each. Undefined where one of the runs keeps no features. */
export async function explorerData(seen: readonly SeenRun[]): Promise<Explorer | undefined> {
  const kept: NonNullable<Awaited<ReturnType<typeof keptIn>>>[] = [];
  for (const { run, sets } of seen) {
    const of = await keptIn(run.path, run.config, run.metrics.length, sets);
    if (!of) return undefined;
    kept.push(of);
  }
  const [train, test] = (["train", "test"] as const)
    .map((split) => Math.min(...kept.map((of) => of[split])));
  const [{ sets }] = seen;
  let chosen = chosenOf(train, test, Math.floor(MOST_SAMPLES / seen.length / 2));
  let sheets = sheetsOf(sets, chosen);
  const epochs = kept.map((of) => spread(of.epochs.length, MOST_EPOCHS).length);
  const letters = seen.reduce(
    (sum, { run }, i) => sum + lettersOf(run.config.plan.recipe.featureDim, epochs[i]),
    0,
  ) +
    sheets.reduce((sum, { address }) => sum + address.length, 0) /
      (chosen.train.length + chosen.test.length);
  const most = Math.floor(MOST_LETTERS / letters / 2);
  if (2 * most < chosen.train.length + chosen.test.length) {
    chosen = chosenOf(train, test, most);
    sheets = sheetsOf(sets, chosen);
  }
  const runs: RunData[] = [];
  for (const [i, of] of seen.entries()) {
    const shown = evenly(kept[i].epochs, epochs[i]);
    const map = await mapData(of.run.path, of.run.config, of.sets, { epochs: shown, ...chosen });
    runs.push(runData(of, map, chosen.test));
  }
  const places = sheets.map(({ address: _, ...rest }) => rest);
  return {
    data: {
      classes: classesOf(seen[0].run),
      runs,
      guide: guideOf(runs),
      thumbs: { train: places[0], test: places[1] },
    },
    sheets: sheets.map(({ id, address }) => ({ id, address })),
  };
}

function guideOf(runs: readonly RunData[]): number {
  const ends = runs.map(({ map }) => map.epochs.at(-1)!);
  return ends.indexOf(Math.max(...ends));
}

/** The thumbnails of both parts. */
function sheetsOf(sets: Sets, chosen: Record<Split, Int32Array>): (Sheet & { id: string })[] {
  return (["train", "test"] as const).map((split) => ({
    ...sheetOf(sets[split], chosen[split]),
    id: `thumbnails-${split}`,
  }));
}

/** So many of all, the first and the last among them. */
function evenly(all: readonly number[], count: number): number[] {
  return Array.from(
    { length: count },
    (_, k) => all[Math.round(k * (all.length - 1) / Math.max(1, count - 1))],
  );
}

/** As many of each part, or more of one where the other has fewer. */
function chosenOf(train: number, test: number, most: number): Record<Split, Int32Array> {
  const more = (own: number, other: number) => Math.min(own, most + Math.max(0, most - other));
  return { train: spread(train, more(train, test)), test: spread(test, more(test, train)) };
}

function runData({ run, predictions }: SeenRun, map: MapData, test: Int32Array): RunData {
  const { plan } = run.config, rules = rulesOf(run);
  const accuracy = (split: Split) =>
    Object.fromEntries(rules.map((rule) => [
      rule,
      run.metrics.map((_, i) => {
        const value = accuracyOf(run, rule, split, i + 1);
        return Number.isFinite(value) ? value : null;
      }),
    ]));
  const byLogit = predictions && predictions.certainty.length > 0;
  return {
    name: titleOf(run.config),
    planned: plan.epochs,
    map,
    accuracy: { train: accuracy("train"), test: accuracy("test") },
    ...(byLogit && {
      predicted: {
        rule: "logit",
        classes: base64(Int32Array.from(test, (i) => predictions.byLogit[i])),
        certainty: base64(Float32Array.from(test, (i) => predictions.certainty[i])),
      },
    }),
  };
}

/** Letters of a class's name that a center can carry, and classes whose centers carry any. */
const SHORT = 2, MOST_CARRIED = 30;

function classesOf({ classNames }: RunView): ExplorerData["classes"] {
  const short = classNames.every((name) => name.length <= SHORT);
  return classNames.map((name, k) => ({
    name,
    short: classNames.length > MOST_CARRIED ? "" : short ? name : String(k),
    ...colorsOf(k),
  }));
}
