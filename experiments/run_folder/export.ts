/** What other programs take from a run: its last features as arrays and for TensorBoard's projector. */
import { tsvOf } from "../../src/base/csv.ts";
import type { ImageSet, Sets } from "../../src/dataset/image_set.ts";
import { encodePng, sprite } from "../../src/figures/mod.ts";
import type { Plan } from "../plan/plan.ts";
import { nameOfRun } from "../plan/variant.ts";
import { KEPT_SAMPLES, readCenters, readFeatures } from "./features.ts";
import { type Ask, featuresNpz, type Sample } from "./features_npz.ts";
import type { GuardedFolder } from "./guarded_folder.ts";

/**
 * Writes `features.npz` and `projector/` from an epoch's `features/epoch-NNN.npy`, so both can be
 * written again at any time; nothing where that file is not there.
 *
 * - `features.npz`: see {@linkcode featuresNpz}.
 * - `projector/`: the first 5,000 of each set, because a sprite holds 8192 x 8192 pixels and the
 *   projector some 10,000 points. Not for one-dimensional features, which it cannot show. `tensorboard --logdir` looks for
 *   `projector_config.pbtxt` beside the event file; the standalone projector reads `projector/projector_config.json`.
 *
 * Training samples that the epoch left out have no features (NaN in the epoch's file), and no row.
 */
export async function writeExports(
  folder: GuardedFolder,
  plan: Plan,
  sets: Sets,
  epoch: number,
  ask?: Ask,
): Promise<void> {
  const dim = plan.recipe.featureDim;
  const features = await readFeatures(folder, epoch, dim, sets);
  if (!features) return;
  const train = samplesOf(sets.train, features.train, dim);
  const test = samplesOf(sets.test, features.test, dim);
  const all = [...train, ...test];
  const centers = (await readCenters(folder)).get(epoch) ?? new Float32Array(0);
  await folder.write("features.npz", await featuresNpz(plan, all, centers, ask));
  if (dim < 2) return;
  const shown = all.filter(({ index }) => index < KEPT_SAMPLES);
  const name = `${nameOfRun(plan)} ${plan.preset} seed ${plan.seed} epoch ${epoch}`;
  const files = projectorFiles(name, shown, dim);
  for (const [file, content] of files) await folder.write(file, content);
}

/** The files that TensorBoard's projector reads. The configurations come last: they name files that are there. */
function projectorFiles(
  tensorName: string,
  samples: readonly Sample[],
  dim: number,
): [name: string, content: Uint8Array | string][] {
  const { height, width, channels } = samples[0].set;
  const bytes = height * width * channels;
  const images = new Uint8Array(samples.length * bytes);
  samples.forEach(({ set, index }, i) =>
    images.set(set.images.subarray(index * bytes, (index + 1) * bytes), i * bytes)
  );
  const lines = samples.map(({ set, index, label }) => [
    ...[label, set.classNames[label].replace(/\s+/g, " "), index, set.split],
  ]);
  const embedding = {
    tensorName,
    tensorShape: [samples.length, dim],
    tensorPath: "features.tsv",
    metadataPath: "metadata.tsv",
    sprite: { imagePath: "sprite.png", singleImageDim: [width, height] },
  };
  const config = JSON.stringify({ embeddings: [embedding] }, null, 2);
  return [
    ["projector/features.tsv", featuresTsv(samples)],
    ["projector/metadata.tsv", tsvOf(["label", "name", "index", "split"], lines)],
    ["projector/sprite.png", encodePng(sprite({ images, height, width, channels }))],
    ["projector/projector_config.json", `${config}\n`],
    ["projector_config.pbtxt", configPbtxt(tensorName, [width, height])],
  ];
}

/**
 * A line a sample, without a header, as the projector wants it. Six significant digits are more than it can show; the exact
 * values are in `features.npz`.
 */
function featuresTsv(samples: readonly Sample[]): string {
  return samples.map(({ features }) =>
    Array.from(features, (v) => Number(v.toPrecision(6))).join("\t") + "\n"
  ).join("");
}

function configPbtxt(tensorName: string, singleImageDim: readonly number[]): string {
  return `embeddings {
  tensor_name: ${JSON.stringify(tensorName)}
  tensor_path: "projector/features.tsv"
  metadata_path: "projector/metadata.tsv"
  sprite {
    image_path: "projector/sprite.png"
${singleImageDim.map((pixels) => `    single_image_dim: ${pixels}\n`).join("")}  }
}
`;
}

/** The samples of a set that have features. */
function samplesOf(set: ImageSet, rows: Float32Array, dim: number): Sample[] {
  const samples: Sample[] = [];
  for (let index = 0; index < rows.length / dim; index++) {
    const features = rows.subarray(index * dim, (index + 1) * dim);
    if (!features.some(Number.isNaN)) {
      samples.push({ set, index, label: set.labels[index], features });
    }
  }
  return samples;
}
