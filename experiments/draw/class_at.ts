/** The class that a run's own rule gives each place in the plane of its features. */
import { join } from "node:path";
import { numberIn, readLines } from "../../src/base/csv_lines.ts";
import type { ClassAt } from "../../src/figures/mod.ts";
import type { Plan } from "../plan/plan.ts";

/**
 * The rule after an epoch: the largest logit, by the last layer in `classifier.csv`, or the nearest center.
 *
 * @param centers `[classes, 2]`.
 * @returns Undefined where the run does not have what it takes.
 */
export async function classAtOf(
  { scoring }: Plan,
  folder: { readonly path: string },
  epoch: number,
  centers: Float32Array | undefined,
): Promise<ClassAt | undefined> {
  if (scoring === "nearest-center") {
    return centers && highest(rowsOf(centers.length / 2, (k) => {
      const [a, b] = centers.subarray(2 * k);
      // The nearest center is that of the largest x c - |c|^2 / 2.
      return [a, b, -(a * a + b * b) / 2];
    }));
  }
  const needed = ["epoch", "class", "x0", "x1", "bias"];
  const lines = await readLines(join(folder.path, "classifier.csv"), { needed });
  const own = lines?.filter((line) => numberIn(line, "epoch") === epoch) ?? [];
  if (own.length === 0) return undefined;
  const planes = rowsOf(
    own.length,
    (k) => ["x0", "x1", "bias"].map((name) => numberIn(own[k], name)),
  );
  return planes.flat().every(Number.isFinite) ? highest(planes) : undefined;
}

function rowsOf(count: number, row: (k: number) => readonly number[]): readonly number[][] {
  return Array.from({ length: count }, (_, k) => [...row(k)]);
}

/** The class whose plane `a x + b y + c` lies highest. */
function highest(planes: readonly (readonly number[])[]): ClassAt {
  return (x, y) => {
    let best = 0, most = -Infinity;
    planes.forEach(([a, b, c], k) => {
      const height = a * x + b * y + c;
      if (height > most) [best, most] = [k, height];
    });
    return best;
  };
}
