/** A run as a file to take home. */
import { encodeNpz } from "../../src/base/npz.ts";
import { encodeSafetensors } from "../../src/base/safetensors.ts";
import { readAll } from "../../src/tensor/tensor.ts";
import {
  circleMap,
  type CircleMapOptions,
  fullestBin,
  longestFeature,
} from "../../src/figures/circle_map.ts";
import { featureMap, hidesDots } from "../../src/figures/feature_map.ts";
import { sphereMap } from "../../src/figures/sphere_map.ts";
import { featureRange } from "../../src/figures/frame/range.ts";
import type { Frame } from "../../src/figures/paint/canvas.ts";
import { delayFor, GifWriter } from "../../src/figures/paint/gif.ts";
import { RunError } from "../../src/base/errors.ts";
import type { ExportFormat } from "../messages.ts";
import { placeOfLeast, squaredDistancesTo } from "../../src/metrics/one_sample.ts";
import type { Source } from "../draw/map_painter.ts";
import type { LiveMap } from "./live_map.ts";
import type { Rows, Snapshot } from "./snapshot.ts";

/** What a run leaves behind. */
export interface Past {
  map: LiveMap;
  title: string;
  snapshots: readonly Snapshot[];
  /** Whether the page shows directions alone. */
  directions: boolean;
  /** The address behind `#`, which repeats the run. */
  address: string;
}

/** A file of a format. */
export async function exported(format: ExportFormat, past: Past): Promise<Uint8Array<ArrayBuffer>> {
  switch (format) {
    case "gif":
      return gif(past);
    case "csv":
      return await csv(past);
    case "npz":
      return await npz(past);
    case "safetensors":
      return await safetensors(past);
  }
}

/** Degrees that a sphere turns from one picture to the next. */
const TURN = 4;
/** Pixels of a picture. */
const SIZE = { width: 660, height: 600 };

/** A picture an epoch, drawn as the figures of the repository are: of a plane, a circle, or a sphere that turns. */
function gif({ map: { set }, title, snapshots, directions }: Past): Uint8Array<ArrayBuffer> {
  const [first] = snapshots, { classNames } = set;
  if (!first) {
    throw new RunError(
      "There is no GIF yet: it has one picture for each epoch, and the first epoch has not ended",
    );
  }
  const sphere = first.dim === 3;
  if (sphere && !directions) {
    throw new RunError(
      'A GIF shows a plane or a sphere: set features to 2, or lengths to "directions alone"',
    );
  }
  const pictures = snapshots.map((snapshot) => ({
    ...{ points: featuresOf(snapshot), labels: labelsOf(snapshot), centers: snapshot.centers },
    ...{ classNames, title, subtitle: `epoch ${snapshot.numbers.epoch}`, size: SIZE },
  }));
  const draw = sphere ? onSphere : directions ? onCircle(pictures) : onPlane(pictures);
  const writer = new GifWriter({ delay: delayFor(snapshots.length), classes: classNames.length });
  pictures.forEach((picture, i) => writer.add(draw(picture, i)));
  return writer.finish();
}

/** What all pictures of a GIF have. */
type Picture = CircleMapOptions;

function onSphere(picture: Picture, i: number): Frame {
  return sphereMap({ ...picture, angle: 30 + TURN * i });
}

/** On circles that stand for one length, with bars of one scale. */
function onCircle(pictures: readonly Picture[]): (picture: Picture) => Frame {
  const radius = Math.max(...pictures.map(({ points }) => longestFeature(points)));
  const most = Math.max(...pictures.map(fullestBin));
  return (picture) => circleMap({ ...picture, radius, most });
}

/** On planes of one range, with lines around the classes in all of them or in none. */
function onPlane(pictures: readonly Picture[]): (picture: Picture) => Frame {
  const last = pictures.at(-1)!;
  const range = featureRange(pictures.map(({ points }) => points), last.centers);
  const contours = hidesDots({ ...last, range });
  return (picture) => featureMap({ ...picture, range, contours });
}

/**
 * A line a sample: its features, its label, the class that is predicted for it, its number. Where a loss trains no logits, that
 * is the class of the nearest center.
 */
async function csv({ map }: Past): Promise<Uint8Array<ArrayBuffer>> {
  const { table, rows, stride, dim, centers } = await samplesOf(map);
  const features = Array.from({ length: dim }, (_, d) => `feature${d}`);
  const lines = Array.from({ length: rows }, (_, i) => {
    const row = table.subarray(i * stride, (i + 1) * stride), feature = row.subarray(0, dim);
    if (map.objective.readsLogits) return row.join(",");
    return row.with(dim + 1, placeOfLeast(squaredDistancesTo(feature, centers))).join(",");
  });
  const text = [[...features, "label", "predicted", "image"].join(","), ...lines, ""].join("\n");
  return new TextEncoder().encode(text);
}

async function samplesOf(map: LiveMap): Promise<Source> {
  const samples = await map.copied();
  if (samples.rows > 0) return samples;
  throw new RunError("There are no samples to save yet: the first step has not been made");
}

async function npz({ map }: Past): Promise<Uint8Array<ArrayBuffer>> {
  const samples = await samplesOf(map), { rows, dim, centers } = samples;
  return encodeNpz({
    features: { shape: [rows, dim], data: featuresOf(samples) },
    labels: { shape: [rows], data: labelsOf(samples) },
    images: { shape: [rows], data: columnOf(samples, dim + 2) },
    centers: { shape: [centers.length / dim, dim], data: centers },
  });
}

/** All weights by the names of the reference network, channels last. */
async function safetensors({ map, address }: Past): Promise<Uint8Array<ArrayBuffer>> {
  const entries = map.trainer.entries().filter(({ name }) => !name.startsWith("optimizer."));
  const values = await readAll(entries.map(({ tensor }) => tensor)) as Float32Array<ArrayBuffer>[];
  return encodeSafetensors({
    tensors: new Map(
      entries.map(({ name, tensor }, i) => [name, { shape: tensor.shape, data: values[i] }]),
    ),
    metadata: { format: "centerlab lab", settings: address, steps: String(map.steps) },
  });
}

function featuresOf({ table, rows, stride, dim }: Rows): Float32Array {
  return Float32Array.from(
    { length: rows * dim },
    (_, i) => table[Math.floor(i / dim) * stride + i % dim],
  );
}

function labelsOf(rows: Rows): Int32Array {
  return columnOf(rows, rows.dim);
}

function columnOf({ table, rows, stride }: Rows, column: number): Int32Array {
  return Int32Array.from({ length: rows }, (_, i) => table[i * stride + column]);
}
