/** Galleries: the features of each data set under each loss. */
import { join } from "node:path";
import { isThere } from "../../src/base/files.ts";
import { type Cell, type Column, tableOf } from "./markdown.ts";
import type { Result } from "./results.ts";
import { lossName } from "./results_table.ts";

const WIDTH = 260;

/** A run with its picture. */
interface Shown {
  id: string;
  preset: string;
  dataset: string;
  dim: number;
  loss: string;
  path: string;
}

/**
 * A table for each dimension of the features: data sets down, losses across.
 *
 * @param to From the page to the root of the project, such as `../`.
 */
export async function galleryLines(results: readonly Result[], to = ""): Promise<string[]> {
  const shown: Shown[] = [];
  for (const { folder, config: { plan } } of results) {
    const { id, preset, dataset, recipe: { featureDim: dim, loss } } = plan;
    const path = join(folder, dim === 2 ? "val.gif" : "thumbnails.png");
    if (!await isThere(path)) continue;
    shown.push({ id, preset, dataset, dim, loss: lossName(loss), path: to + path });
  }
  if (shown.length === 0) return ["No pictures are in the repository yet."];
  const dims = [...Map.groupBy(shown, ({ dim }) => dim)].sort(([a], [b]) => a - b);
  return dims.flatMap(([dim, own], i) => {
    const lines = [...Map.groupBy(own, ({ dataset }) => dataset)];
    const losses = [...new Set(own.map(({ loss }) => loss))];
    const columns = losses.map((title): Column<typeof lines[number]> => // Results come in the order of presets and seeds: the first is the nearest to what was published.
    [title, "left", ([, runs]) => cellOf(runs.find(({ loss }) => loss === title))]);
    const first: typeof columns[number] = ["", "left", ([dataset]) => `${dataset}, ${dim}-D`];
    return [...(i > 0 ? [""] : []), ...tableOf([first, ...columns], lines)];
  });
}

function cellOf(shown: Shown | undefined): Cell {
  if (!shown) return "";
  const { id, preset, path } = shown;
  const image = `<img src="${path}" width="${WIDTH}" alt="Test features of ${id}">`;
  return { markdown: `${image}<br>\`${id}\`, ${preset}` };
}
