/** CIFAR-10's files as bytes, for tests: well-formed ones, which a test then spoils. */
import { join } from "node:path";
import { writeWhole } from "../../src/base/files.ts";

/** One record with this label; its red is `shade`, its green one more, its blue two more. */
export function cifarRecord(label: number, shade: number): Uint8Array<ArrayBuffer> {
  const record = new Uint8Array(3073).fill(label, 0, 1);
  for (let colour = 0; colour < 3; colour++) {
    record.fill(shade + colour, 1 + 1024 * colour, 1 + 1024 * (colour + 1));
  }
  return record;
}

/** A file of `count` records with labels that count up from `first`, ten times which is their shade. */
export function cifarBatch(count: number, first = 0): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(count * 3073);
  for (let i = 0; i < count; i++) bytes.set(cifarRecord(first + i, 10 * (first + i)), i * 3073);
  return bytes;
}

/** All six files by their paths in the archive; training batch k begins with label k - 1. */
export function cifarFiles(train: number, test: number): Map<string, Uint8Array<ArrayBuffer>> {
  return new Map([
    ...[1, 2, 3, 4, 5].map((k) =>
      [`cifar-10-batches-bin/data_batch_${k}.bin`, cifarBatch(train, k - 1)] as const
    ),
    ["cifar-10-batches-bin/test_batch.bin", cifarBatch(test)] as const,
  ]);
}

/** Puts the six files into a data directory, unpacked. */
export async function cifarBatches(directory: string, train: number, test: number): Promise<void> {
  for (const [path, bytes] of cifarFiles(train, test)) {
    await writeWhole(join(directory, "cifar-10", path), bytes);
  }
}
