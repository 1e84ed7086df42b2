/** What was measured of a network, for a reader: a line a kind of measure. */
import { digits, percent } from "../../base/format.ts";
import type { Measures } from "./measures.ts";

type Told = readonly [measure: keyof Measures, words: string, shown: (value: number) => string];

const SHARE = (value: number) => percent(value), NUMBER = (value: number) => digits(value);

/** All of them, in the order of their table. */
const GROUPS: readonly (readonly [title: string, measures: readonly Told[]])[] = [
  ["accuracy by", [
    ["byLogit", "logit", SHARE],
    ["byCenter", "center", SHARE],
    ["byMean", "mean", SHARE],
    ["byCosine", "cosine", SHARE],
    ["byKnn", "knn", SHARE],
  ]],
  ["classes", [
    ["withinToBetween", "within to between", NUMBER],
    ["silhouette", "silhouette", NUMBER],
  ]],
  ["retrieval", [
    ["recallAt1", "recall@1", SHARE],
    ["map", "mAP", NUMBER],
    ["mapAtR", "mAP@R", NUMBER],
    ["recallAt1ByCosine", "by cosine", SHARE],
    ["mapByCosine", "mAP", NUMBER],
  ]],
  ["neural collapse", [
    ["nc1", "nc1", NUMBER],
    ["nc2Norms", "nc2 norms", NUMBER],
    ["nc2Angles", "angles", NUMBER],
    ["nc2Maximal", "maximal", NUMBER],
    ["nc3", "nc3", NUMBER],
    ["nc4", "nc4", NUMBER],
  ]],
  ["calibration", [["calibrationError", "expected error", SHARE]]],
  ["unknown classes", [
    ["unknownByDistance", "AUROC by distance", NUMBER],
    ["unknownByCosine", "by cosine", NUMBER],
  ]],
];

/** Their names, in the order of their table. */
export const MEASURE_NAMES = GROUPS.flatMap(([, told]) => told.map(([name]) => name));

/** Lines of at most 100 characters; what a network has not is left out. */
export function measureLines(measures: Measures): string[] {
  const groups = GROUPS.map(([title, told]) => ({
    title,
    parts: told.filter(([name]) => !Number.isNaN(measures[name]))
      .map(([name, words, shown]) => `${words} ${shown(measures[name])}`),
  })).filter(({ parts }) => parts.length > 0);
  const width = Math.max(0, ...groups.map(({ title }) => title.length));
  return groups.map(({ title, parts }) => `${title.padEnd(width)}  ${parts.join(", ")}`);
}

/** What a network has of them, in the order of their table. */
export function measurable(measures: Measures): Partial<Measures> {
  const known = MEASURE_NAMES.filter((name) => !Number.isNaN(measures[name]));
  return Object.fromEntries(known.map((name) => [name, measures[name]]));
}
