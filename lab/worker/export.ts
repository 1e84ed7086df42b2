/** A run as a file to take home. */
import { encodeNpz } from "../../src/base/npz.ts";
import { encodeSafetensors } from "../../src/base/safetensors.ts";
import { readAll } from "../../src/tensor/tensor.ts";
import { featureMap } from "../../src/figures/feature_map.ts";
import { featureRange } from "../../src/figures/frame/range.ts";
import { delayFor, GifWriter } from "../../src/figures/paint/gif.ts";
import { RunError } from "../../src/base/errors.ts";
import type { ExportFormat } from "../messages.ts";
import type { LiveMap } from "./live_map.ts";
import type { Snapshot } from "./snapshot.ts";

/** What a run leaves behind. */
export interface Past {
  map: LiveMap;
  title: string;
  snapshots: readonly Snapshot[];
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

/** An image an epoch, drawn as the figures of the repository are. */
function gif({ map: { set }, title, snapshots }: Past): Uint8Array<ArrayBuffer> {
  const plane = snapshots.filter(({ dim }) => dim === 2);
  if (plane.length === 0) {
    throw new RunError(
      snapshots.length === 0
        ? "There is no GIF yet: it has a picture an epoch, and the first is not at its end"
        : "A GIF shows a plane: set features to 2",
    );
  }
  const points = plane.map(({ rows }) => featuresOf(rows.values, rows.stride, 2));
  const range = featureRange(points);
  const writer = new GifWriter({ delay: delayFor(plane.length), classes: set.classNames.length });
  plane.forEach(({ rows, centers, epoch }, i) => {
    writer.add(featureMap({
      ...{ points: points[i], labels: labelsOf(rows.values, rows.stride), centers, range },
      ...{ classNames: set.classNames, title, subtitle: `epoch ${epoch}` },
      size: { width: 660, height: 600 },
    }));
  });
  return writer.finish();
}

/** A line a sample: its features, its label, its class by the largest logit. */
async function csv({ map }: Past): Promise<Uint8Array<ArrayBuffer>> {
  const { values, ids, stride } = await map.samples();
  const dim = stride - 2, lines = [
    [...Array.from({ length: dim }, (_, d) => `feature${d}`), "label", "predicted", "image"].join(","),
  ];
  ids.forEach((id, i) => lines.push([...values.subarray(i * stride, (i + 1) * stride), id].join(",")));
  return new TextEncoder().encode(lines.join("\n") + "\n");
}

async function npz({ map }: Past): Promise<Uint8Array<ArrayBuffer>> {
  const { values, ids, stride } = await map.samples(), dim = stride - 2;
  const [classes] = map.run.centers.shape;
  return encodeNpz({
    features: { shape: [ids.length, dim], data: featuresOf(values, stride, dim) },
    labels: { shape: [ids.length], data: labelsOf(values, stride) },
    images: { shape: [ids.length], data: Int32Array.from(ids) },
    centers: { shape: [classes, dim], data: map.centers.slice() },
  });
}

/** All weights by the names of the reference network, channels last. */
async function safetensors({ map: { run }, address }: Past): Promise<Uint8Array<ArrayBuffer>> {
  const entries = run.entries();
  const values = await readAll(entries.map(({ tensor }) => tensor)) as Float32Array<ArrayBuffer>[];
  return encodeSafetensors({
    tensors: new Map(
      entries.map(({ name, tensor }, i) => [name, { shape: tensor.shape, data: values[i] }]),
    ),
    metadata: { format: "centerlab lab", settings: address, steps: String(run.steps) },
  });
}

function featuresOf(values: Float32Array, stride: number, dim: number): Float32Array {
  return Float32Array.from(
    { length: values.length / stride * dim },
    (_, i) => values[Math.floor(i / dim) * stride + i % dim],
  );
}

function labelsOf(values: Float32Array, stride: number): Int32Array {
  return Int32Array.from({ length: values.length / stride }, (_, i) => values[(i + 1) * stride - 2]);
}
