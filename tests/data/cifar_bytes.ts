/** CIFAR-10's files as bytes, for tests: well-formed ones, which a test then spoils. */
import { join } from "node:path";
import { put } from "./pictures.ts";

/** A file of `count` records with labels k from `first` on; their red is 10 k, their green one more, their blue two. */
export function cifarBatch(count: number, first = 0): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(count * 3073);
  for (let i = 0, at = 0; i < count; i++) {
    bytes[at++] = first + i;
    for (let color = 0; color < 3; color++, at += 1024) {
      bytes.fill(10 * (first + i) + color, at, at + 1024);
    }
  }
  return bytes;
}

/** All six files by their paths in the archive; training batch k begins with label k - 1. */
export function cifarFiles(
  train: number,
  test: number,
): [path: string, bytes: Uint8Array<ArrayBuffer>][] {
  const name = (batch: string) => `cifar-10-batches-bin/${batch}.bin`;
  return [
    ...[1, 2, 3, 4, 5].map((k): [string, Uint8Array<ArrayBuffer>] => [
      name(`data_batch_${k}`),
      cifarBatch(train, k - 1),
    ]),
    [name("test_batch"), cifarBatch(test)],
  ];
}

/** Puts the six files into a data directory, unpacked. */
export async function cifarBatches(directory: string, train: number, test: number): Promise<void> {
  for (const [path, bytes] of cifarFiles(train, test)) {
    await put(join(directory, "cifar-10", path), bytes);
  }
}
