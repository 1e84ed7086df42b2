/** Files for TensorBoard's embedding projector, as text. */
import { tsvOf } from "../../src/base/csv.ts";

/** A sample as the projector's table names it. */
export interface ProjectorSample {
  label: number;
  /** The name of its class. */
  name: string;
  /** Its place in its set. */
  index: number;
  split: string;
}

/**
 * Features as `features.tsv`: a line a sample, without a header, as the projector wants it. Six
 * significant digits are more than it can show; the exact values are in `features.npz`.
 *
 * @param features `[n, dim]` row by row.
 */
export function featuresTsv(features: Float32Array, dim: number): string {
  const lines: string[] = [];
  for (let i = 0; i < features.length; i += dim) {
    const row = Array.from(features.subarray(i, i + dim), (v) => Number(v.toPrecision(6)));
    lines.push(row.join("\t") + "\n");
  }
  return lines.join("");
}

/** Samples as `metadata.tsv`: a header, because there are several columns, then a line a sample. */
export function metadataTsv(samples: readonly ProjectorSample[]): string {
  const clean = (name: string) => name.replace(/\s+/g, " ");
  const lines = samples.map(({ label, name, index, split }) => [label, clean(name), index, split]);
  return tsvOf(["label", "name", "index", "split"], lines);
}

/** What the two configurations say about the files beside them. */
export interface ProjectorConfig {
  tensorName: string;
  /** Samples, features. */
  tensorShape: [number, number];
  /** Width and height of a cell of the sprite, in pixels. */
  singleImageDim: [number, number];
}

/** `projector_config.json`, which the standalone projector reads (`?config=<URL>`). */
export function configJson({ tensorName, tensorShape, singleImageDim }: ProjectorConfig): string {
  const embedding = {
    tensorName,
    tensorShape,
    tensorPath: "features.tsv",
    metadataPath: "metadata.tsv",
    sprite: { imagePath: "sprite.png", singleImageDim },
  };
  return JSON.stringify({ embeddings: [embedding] }, null, 2) + "\n";
}

/** `projector_config.pbtxt`, which `tensorboard --logdir` reads in the same folder. */
export function configPbtxt({ tensorName, singleImageDim }: ProjectorConfig): string {
  return `embeddings {
  tensor_name: ${JSON.stringify(tensorName)}
  tensor_path: "features.tsv"
  metadata_path: "metadata.tsv"
  sprite {
    image_path: "sprite.png"
${singleImageDim.map((pixels) => `    single_image_dim: ${pixels}\n`).join("")}  }
}
`;
}
