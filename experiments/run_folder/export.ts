/** What other programs take from a run: its last features as arrays and for TensorBoard's projector. */
import type { ImageSet, Sets } from "../../src/dataset/image_set.ts";
import { emptyLabels } from "../../src/dataset/labels.ts";
import { encodePng, sprite } from "../../src/figures/mod.ts";
import { encodeNpz } from "../../src/base/npz.ts";
import { KEPT_SAMPLES, readCenters, readFeatures } from "./features.ts";
import type { Plan } from "../plan/plan.ts";
import { configJson, configPbtxt, featuresTsv, metadataTsv } from "./projector.ts";
import type { RunFolder } from "./run_folder.ts";

/** A sample whose features an epoch has. */
interface Sample {
  set: ImageSet;
  index: number;
  features: Float32Array;
}

/**
 * Writes `features.npz` and `projector/` from an epoch's `features/epoch-NNN.npy`, so both can be
 * written again at any time; nothing where that file is not there.
 *
 * - `features.npz`: `features` float32 `[n, dim]`, `labels` `[n]`, uint8 or, above 256 classes, int32, `split` uint8 `[n]` (0
 *   training, 1 test), `index` int32 `[n]` (place in its set), `centers` float32 `[classes, dim]`.
 * - `projector/`: the first 5,000 of each set, because a sprite holds 8192 x 8192 pixels and the
 *   projector some 10,000 points. Not for one-dimensional features, which it cannot show.
 *
 * Training samples that the epoch left out have no features (NaN in the epoch's file), and no row.
 */
export async function writeExports(
  folder: RunFolder,
  plan: Plan,
  sets: Sets,
  epoch: number,
): Promise<void> {
  const dim = plan.recipe.featureDim;
  const features = await readFeatures(folder, epoch, dim, sets);
  if (!features) return;
  const train = samplesOf(sets.train, features.train, dim);
  const test = samplesOf(sets.test, features.test, dim);
  const all = [...train, ...test];
  const labels = emptyLabels(all.length, sets.train.classNames.length);
  all.forEach((sample, i) => labels[i] = labelOf(sample));
  const centers = (await readCenters(folder)).get(epoch) ?? new Float32Array(0);
  await folder.write(
    "features.npz",
    encodeNpz({
      features: { shape: [all.length, dim], data: joined(all, dim) },
      labels: { shape: [all.length], data: labels },
      split: { shape: [all.length], data: Uint8Array.from(all, (_, i) => +(i >= train.length)) },
      index: { shape: [all.length], data: Int32Array.from(all, ({ index }) => index) },
      centers: { shape: [centers.length / dim, dim], data: centers },
    }),
  );
  if (dim < 2) return;
  const shown = [train, test].flatMap((of) => of.filter(({ index }) => index < KEPT_SAMPLES));
  await writeProjector(folder, plan, shown, epoch);
}

async function writeProjector(folder: RunFolder, plan: Plan, samples: Sample[], epoch: number) {
  const write = (name: string, content: Uint8Array | string) =>
    folder.write(`projector/${name}`, content);
  const { featureDim: dim } = plan.recipe;
  const { height, width, channels } = samples[0].set;
  const config = {
    tensorName: `${plan.id} ${plan.preset} seed ${plan.seed} epoch ${epoch}`,
    tensorShape: [samples.length, dim] as [number, number],
    singleImageDim: [width, height] as [number, number],
  };
  await write("features.tsv", featuresTsv(joined(samples, dim), dim));
  await write(
    "metadata.tsv",
    metadataTsv(samples.map((sample) => {
      const { index, set } = sample, label = labelOf(sample);
      return { label, name: set.classNames[label], index, split: set.split };
    })),
  );
  const bytes = height * width * channels;
  const images = new Uint8Array(samples.length * bytes);
  samples.forEach(({ set, index }, i) =>
    images.set(set.images.subarray(index * bytes, (index + 1) * bytes), i * bytes)
  );
  await write("sprite.png", await encodePng(sprite({ images, height, width, channels })));
  // The configurations come last: they name files that are there.
  await write("projector_config.json", configJson(config));
  await write("projector_config.pbtxt", configPbtxt(config));
}

/** The samples of a set that have features. */
function samplesOf(set: ImageSet, rows: Float32Array, dim: number): Sample[] {
  const samples: Sample[] = [];
  for (let index = 0; index < rows.length / dim; index++) {
    const features = rows.subarray(index * dim, (index + 1) * dim);
    if (!features.some(Number.isNaN)) samples.push({ set, index, features });
  }
  return samples;
}

function labelOf({ set, index }: Sample): number {
  return set.labels[index];
}

function joined(samples: readonly Sample[], dim: number): Float32Array {
  const rows = new Float32Array(samples.length * dim);
  samples.forEach(({ features }, i) => rows.set(features, i * dim));
  return rows;
}
