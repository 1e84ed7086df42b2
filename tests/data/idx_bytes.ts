/** IDX files as bytes, for tests: well-formed ones, which a test then spoils. */
import { join } from "node:path";
import { put } from "./pictures.ts";

/** An IDX image file; its pixels count up from 0. */
export function idxImages(count: number, height = 2, width = 3): Uint8Array<ArrayBuffer> {
  const pixels = Array.from({ length: count * height * width }, (_, i) => i & 255);
  return Uint8Array.of(...bigEndian(2051, count, height, width), ...pixels);
}

/** An IDX label file. */
export function idxLabels(...labels: number[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.of(...bigEndian(2049, labels.length), ...labels);
}

/** Puts MNIST's four files into a data directory, unpacked: images of 28x28 pixels, with labels from 0 to 9, again and again. */
export async function smallMnist(directory: string, train: number, test: number): Promise<void> {
  for (const [split, count] of [["train", train], ["t10k", test]] as const) {
    const file = (name: string) => join(directory, "mnist", `${split}-${name}`);
    await put(file("images-idx3-ubyte"), idxImages(count, 28, 28));
    await put(
      file("labels-idx1-ubyte"),
      idxLabels(...Array.from({ length: count }, (_, i) => i % 10)),
    );
  }
}

function bigEndian(...words: number[]): number[] {
  return words.flatMap((word) => [24, 16, 8, 0].map((shift) => (word >>> shift) & 255));
}
