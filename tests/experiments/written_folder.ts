/** Run folders as a run leaves them, but without a run: features of clusters that part. */
import { dirname, join } from "node:path";
import type { FigureOptions } from "../../experiments/rows/experiment.ts";
import { keepsPredictions } from "../../experiments/run_folder/epoch_samples.ts";
import { epochFile } from "../../experiments/run_folder/path.ts";
import { RunFolder } from "../../experiments/run_folder/run_folder.ts";
import type { Plan } from "../../experiments/plan/plan.ts";
import type { Sets } from "../../src/dataset/image_set.ts";
import { encodeNpy } from "../../src/base/npy.ts";
import { Random } from "../../src/model/random.ts";
import { noise } from "../image_set.ts";

/** What {@linkcode writeRunFolder} writes. */
export interface RunFolderOptions {
  dim: number;
  epochs: number;
  train: number;
  test: number;
  /** How many of each set have features in the files; all without it. */
  kept?: number;
  /** What the row asks for; where that needs predictions, they are written: of each sample its own class, or the next one. */
  figures?: FigureOptions;
}

/** A folder, and what it belongs to. */
export interface Written {
  folder: RunFolder;
  plan: Plan;
  sets: Sets;
  /** `[classes, dim]` after the last epoch. */
  centers: Float32Array;
}

/** Writes features, centers and metrics; the first training sample of every epoch is left out (NaN). */
export async function writeRunFolder(path: string, options: RunFolderOptions): Promise<Written> {
  const { dim, epochs, train, test, kept = Infinity, figures } = options;
  const make = (split: string, count: number) => ({
    ...noise({ count, height: 3, width: 4, classes: 3, seed: count }),
    split,
  });
  const sets = { train: make("train", train), test: make("test", test) };
  const random = new Random(1, "weights");
  const base = Float32Array.from({ length: 3 * dim }, () => random.uniform() - 0.5);
  const lines = [["epoch", "class", ...Array.from({ length: dim }, (_, k) => `x${k}`)].join(",")];
  await Deno.mkdir(join(path, "features"), { recursive: true });
  const recipe: Pick<Plan["recipe"], "featureDim" | "loss"> = {
    featureDim: dim,
    loss: { kind: "center", weight: 1, rule: "autograd" },
  };
  const row = { id: "cent-noise", dataset: "noise", preset: "paper", seed: 1, epochs, figures };
  const plan = { ...row, recipe } as unknown as Plan;
  const folder = new RunFolder(path, plan);
  for (let epoch = 1; epoch <= epochs; epoch++) {
    const rows: number[] = [];
    for (const set of [sets.train, sets.test]) {
      for (let i = 0; i < Math.min(set.count, kept); i++) {
        for (let j = 0; j < dim; j++) {
          rows.push(epoch * base[set.labels[i] * dim + j] + 0.1 * random.uniform());
        }
      }
    }
    rows.fill(NaN, 0, dim);
    const bytes = encodeNpy([rows.length / dim, dim], Float32Array.from(rows));
    await Deno.writeFile(folder.file(epochFile("features", epoch)), bytes);
    if (keepsPredictions(plan)) await writePredictions(folder, epoch, sets);
    for (let k = 0; k < 3; k++) {
      const center = base.subarray(k * dim, (k + 1) * dim).map((v) => epoch * v);
      lines.push([epoch, k, ...center].join(","));
    }
    folder.metrics.add(epoch, 0.1, ...new Array(11).fill(1 / (1 + epoch)));
  }
  await Deno.writeTextFile(join(path, "centers.csv"), lines.join("\n") + "\n");
  return { folder, plan, sets, centers: base.map((v) => epochs * v) };
}

/**
 * Of every fifth sample the next class instead of its own, at log-odds 0; the others are as sure as their place says, 1 to 4.
 * The own class of those that are taken for another has a probability of exp(-2).
 */
async function writePredictions(folder: RunFolder, epoch: number, { train, test }: Sets) {
  const rows = [train, test].flatMap(({ labels }) =>
    Array.from(labels, (label, i) => {
      const place = i % 5;
      return place === 0 ? [(label + 1) % 3, 0, -2] : [label, place, -Math.log1p(Math.exp(-place))];
    })
  );
  const path = folder.file(epochFile("predictions", epoch));
  await Deno.mkdir(dirname(path), { recursive: true });
  await Deno.writeFile(path, encodeNpy([rows.length, 3], Float32Array.from(rows.flat())));
}
