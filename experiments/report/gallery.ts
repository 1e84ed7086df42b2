/** The README's gallery: the features of each data set under each loss. */
import { join } from "node:path";
import { type MarkdownCell, padded } from "./markdown.ts";
import type { Result } from "./results.ts";
import { lossName } from "./results_table.ts";

const WIDTH = 260;

/** A table for each kind of picture: data sets down, losses across. */
export function galleryLines(results: readonly Result[]): string[] {
  const shown = results.flatMap((result) => {
    const name = result.config.plan.recipe.featureDim === 2 ? "val.gif" : "thumbnails.png";
    const path = join(result.folder, name);
    return isFile(path) ? [{ result, path }] : [];
  });
  if (shown.length === 0) return ["No pictures are in the repository yet."];
  const dims = unique(shown.map(({ result }) => result.config.plan.recipe.featureDim));
  return dims.sort((a, b) => a - b).flatMap((dim, i) => {
    const own = shown.filter(({ result }) => result.config.plan.recipe.featureDim === dim);
    const losses = unique(own.map(({ result }) => lossName(result.config.plan.recipe.loss)));
    const rows = unique(own.map(({ result }) => result.config.plan.dataset)).map((dataset) => [
      `${dataset}, ${dim}-D`,
      ...losses.map((loss) => {
        // Results come in the order of presets and seeds: the first is the nearest to what was published.
        const first = own.find(({ result: { config: { plan } } }) =>
          plan.dataset === dataset && lossName(plan.recipe.loss) === loss
        );
        return first ? cell(first.result, first.path) : "";
      }),
    ]);
    const columns = ["", ...losses].map((title) => [title, "left"] as const);
    return [...(i > 0 ? [""] : []), ...padded(columns, rows)];
  });
}

function cell({ config: { plan: { id, preset } } }: Result, path: string): MarkdownCell {
  const image = `<img src="${path}" width="${WIDTH}" alt="Test features of ${id}">`;
  return { markdown: `${image}<br>\`${id}\`, ${preset}` };
}

function unique<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}

function isFile(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}
