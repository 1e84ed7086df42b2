/** Run folders as a run of `standalone-mnist-2` leaves them, but without a run: clusters that part, on images of noise. */
import { dirname, join } from "node:path";
import { distancesTo } from "../../../src/metrics/one_sample.ts";
import { planOf } from "../../../experiments/plan/plan.ts";
import type { Plan } from "../../../experiments/plan/plan.ts";
import { imagesDigest } from "../../../experiments/plan/images_digest.ts";
import { CATALOG } from "../../../experiments/rows/catalog.ts";
import { epochFile } from "../../../experiments/run_folder/path.ts";
import { csvOf } from "../../../src/base/csv.ts";
import { encodeNpy } from "../../../src/base/npy.ts";
import type { ImageSet, Sets } from "../../../src/dataset/image_set.ts";
import { defaultTiles } from "../../../src/gpu/tiles/tiles.ts";
import { centerDistances } from "../../../src/metrics/center_distances.ts";
import { Random } from "../../../src/model/random.ts";
import { noise } from "../../image_set.ts";

/** What is made. */
export interface MadeRunOptions {
  dim?: number;
  epochs?: number;
  train?: number;
  test?: number;
  channels?: number;
  classNames?: string[];
  seed?: number;
  /** What the run has in another way than its row. */
  changes?: Partial<Plan>;
}

/** A run's folder and what it is of. */
export interface MadeRun {
  path: string;
  sets: Sets;
  /** Of each epoch, training samples first: `[samples, dim]`. */
  features: Float32Array[];
  /** Of each epoch: `[classes, dim]`. */
  centers: Float32Array[];
  /** Of each epoch: by nearest center, on the test set. */
  accuracy: number[];
}

/** Writes config, tables and features. */
export async function makeRun(path: string, options: MadeRunOptions = {}): Promise<MadeRun> {
  const { dim = 2, epochs = 3, train = 90, test = 60, channels = 1, seed = 1 } = options;
  const { classNames = ["zero", "one", "two"], changes = {} } = options;
  const classes = classNames.length, random = new Random(seed, "weights");
  const set = (split: string, count: number): ImageSet => ({
    ...noise({ count, height: 28, width: 28, channels, classes, seed: count }),
    ...{ split, classNames },
  });
  const sets = { train: set("train", train), test: set("test", test) };
  const row = planOf(CATALOG.get("standalone-mnist-2")!, "quick");
  const plan = { ...row, epochs, seed, ...changes };
  plan.recipe = { ...plan.recipe, featureDim: dim };
  const write = async (name: string, content: string | Uint8Array) => {
    await Deno.mkdir(dirname(join(path, name)), { recursive: true });
    if (typeof content === "string") await Deno.writeTextFile(join(path, name), content);
    else await Deno.writeFile(join(path, name), content);
  };
  const config = { plan, drawn: false, images: await imagesDigest(sets), classNames };
  const tiles = defaultTiles({ software: true, subgroupSize: 8 } as never);
  await write("config.json", JSON.stringify({ ...config, tiles, adapter: "an adapter" }));
  const base = Float32Array.from({ length: classes * dim }, () => random.uniform() - 0.5);
  const all: MadeRun = { path, sets, features: [], centers: [], accuracy: [] };
  const lines: Record<string, (string | number)[][]> = {
    ...{ metrics: [], centers: [], distances: [], center_distances: [], class_accuracy: [] },
  };
  for (let epoch = 1; epoch <= epochs; epoch++) {
    const centers = base.map((v) => epoch * v);
    const labels = [...sets.train.labels, ...sets.test.labels];
    const features = Float32Array.from(
      labels.flatMap((k) =>
        Array.from({ length: dim }, (_, j) => centers[k * dim + j] + random.uniform() - 0.5)
      ),
    );
    features.fill(NaN, 0, dim); // a sample that the epoch left out
    all.features.push(features);
    all.centers.push(centers);
    await write(epochFile("features", epoch), encodeNpy([labels.length, dim], features));
    const parts = [["train", 0, train], ["test", train, train + test]] as const;
    const accuracy = parts.map(([split, from, to]) => {
      const hits = new Array<number>(classes).fill(0), counts = hits.slice(), sums = hits.slice();
      for (let i = from; i < to; i++) {
        const of = distancesTo(features.subarray(i * dim, (i + 1) * dim), centers);
        if (Number.isNaN(of[0])) continue;
        counts[labels[i]]++;
        sums[labels[i]] += of[labels[i]] ** 2;
        if (of.indexOf(Math.min(...of)) === labels[i]) hits[labels[i]]++;
      }
      for (let k = 0; k < classes; k++) {
        lines.distances.push([epoch, split, k, counts[k], sums[k] / counts[k], 0]);
        lines.class_accuracy.push([epoch, split, k, counts[k], NaN, hits[k] / counts[k]]);
      }
      const sum = (of: number[]) => of.reduce((a, b) => a + b, 0);
      return sum(hits) / sum(counts);
    });
    all.accuracy.push(accuracy[1]);
    lines.metrics.push([
      epoch,
      0.01,
      2 / epoch,
      1,
      0.5,
      NaN,
      accuracy[0],
      2,
      1,
      0.5,
      NaN,
      accuracy[1],
    ]);
    for (let k = 0; k < classes; k++) {
      lines.centers.push([epoch, k, ...centers.subarray(k * dim, (k + 1) * dim)]);
    }
    for (const { a, b, distance } of centerDistances(centers, dim)) {
      lines.center_distances.push([epoch, a, b, distance]);
    }
  }
  const columns = (split: string) =>
    ["loss", "intra", "inter", "accuracy_by_logit", "accuracy_by_nearest_center"]
      .map((name) => `${split}_${name}`);
  const headers: Record<string, string[]> = {
    metrics: ["epoch", "lr", ...columns("train"), ...columns("test")],
    centers: ["epoch", "class", ...Array.from({ length: dim }, (_, k) => `x${k}`)],
    distances: ["epoch", "split", "class", "samples", "mean_squared_distance", "deviation"],
    center_distances: ["epoch", "class_a", "class_b", "euclidean_distance"],
    class_accuracy: [
      ...["epoch", "split", "class", "samples"],
      ...["accuracy_by_logit", "accuracy_by_nearest_center"],
    ],
  };
  for (const [name, own] of Object.entries(lines)) {
    await write(`${name}.csv`, csvOf(headers[name], own));
  }
  const cells = classNames.map((_, k) => classNames.map((_, j) => k === j ? 9 : 1));
  const names = classNames.map((name) => `predicted_${name}`);
  await write(
    "confusion.csv",
    csvOf(["label", ...names], cells.map((it, k) => [classNames[k], ...it])),
  );
  return all;
}
