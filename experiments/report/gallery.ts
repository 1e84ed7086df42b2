/** Galleries: the features of each data set under each loss, of the training and of the test images. */
import { titleOfSet } from "../../data/sets/facts.ts";
import { join } from "node:path";
import { isThere } from "../../src/base/files.ts";
import { withSlashes } from "../../src/base/path.ts";
import { type Cell, type Column, tableOf } from "../compare/markdown.ts";
import type { Result } from "./results.ts";
import { lossName } from "../plan/loss_name.ts";

const WIDTH = 260;

/** Pictures of a set of two features, and of more, the first that is there. */
const SETS = [
  { set: "training", flat: ["train.gif"], deep: ["thumbnails-train.png", "train.gif"] },
  { set: "test", flat: ["val.gif"], deep: ["thumbnails.png", "val.gif"] },
];

/** A run with its picture of a set. */
interface Shown {
  id: string;
  preset: string;
  dim: number;
  loss: string;
  /** What stands before its line. */
  of: string;
  set: string;
  path: string;
}

/**
 * A table for each dimension of the features: data sets and their two sets down, losses across. Of the results of a row the
 * first counts: that of preset `fast` before `quick`, and the least seed.
 *
 * @param page The way from the page to the root of the project, such as `../`, and the sets that it shows; default: both.
 */
export async function galleryLines(
  results: readonly Result[],
  { to = "", sets = ["training", "test"] }: { to?: string; sets?: readonly string[] } = {},
): Promise<string[]> {
  const all = (await Promise.all(results.map(shownOf))).flat();
  const shown = all.filter(({ set }) => sets.includes(set))
    .map((one) => ({ ...one, path: to + one.path }));
  if (shown.length === 0) return ["No pictures are in the repository yet."];
  const dims = [...Map.groupBy(shown, ({ dim }) => dim)].sort(([a], [b]) => a - b);
  return dims.flatMap(([, own], i) => {
    const lines = [...Map.groupBy(own, ({ of }) => of)];
    const losses = [...new Set(own.map(({ loss }) => loss))];
    const columns = losses.map((title): Column<typeof lines[number]> => [
      title,
      "left",
      ([, runs]) => cellOf(runs.find(({ loss }) => loss === title)),
    ]);
    const first: typeof columns[number] = ["", "left", ([of]) => of];
    return [...(i > 0 ? [""] : []), ...tableOf([first, ...columns], lines)];
  });
}

async function shownOf({ folder, config: { plan } }: Result): Promise<Shown[]> {
  const { id, preset, dataset, recipe: { featureDim: dim, loss } } = plan;
  const shown: Shown[] = [];
  for (const { set, flat, deep } of SETS) {
    const paths = (dim === 2 ? flat : deep).map((name) => join(folder, name));
    const there = await Promise.all(paths.map(isThere));
    const path = paths.find((_, i) => there[i]);
    const of = `${titleOfSet(dataset)}, ${dim}-D, ${set}`;
    if (path) shown.push({ id, preset, dim, loss: lossName(loss), of, set, path });
  }
  return shown;
}

function cellOf(shown: Shown | undefined): Cell {
  if (!shown) return "";
  const { id, preset, set, path } = shown;
  const image = `<img src="${
    withSlashes(path)
  }" width="${WIDTH}" alt="Features of ${id}, ${set} images">`;
  return { markdown: `${image}<br>\`${id}\`, ${preset}` };
}
