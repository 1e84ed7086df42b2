import { assertEquals, assertThrows } from "@std/assert";
import { countCifarRecords, readCifarRecords } from "../../../data/formats/cifar_records.ts";
import { RunError } from "../../../src/base/errors.ts";
import { cifarBatch } from "../cifar_bytes.ts";

/** Reads what is said to be `count` records. */
function read(bytes: Uint8Array<ArrayBuffer>, count: number) {
  const images = new Uint8Array(count * 3072), labels = new Uint8Array(count);
  readCifarRecords(bytes, "batch", images, labels);
  return { images, labels };
}

Deno.test("readCifarRecords() puts pixel (row, column) of each colour where it belongs", () => {
  const bytes = new Uint8Array(2 * 3073);
  for (let i = 0; i < 2; i++) {
    bytes[i * 3073] = 4 + i;
    for (let p = 0; p < 3072; p++) bytes[i * 3073 + 1 + p] = (7 * p + 13 * i + p / 256) & 255;
  }
  const { images, labels } = read(bytes, 2);
  assertEquals([...labels], [4, 5]);
  for (let i = 0; i < 2; i++) {
    for (const [row, column] of [[0, 0], [0, 31], [17, 5], [31, 31]]) {
      for (let c = 0; c < 3; c++) {
        assertEquals(
          images[((i * 32 + row) * 32 + column) * 3 + c],
          bytes[i * 3073 + 1 + (c * 32 + row) * 32 + column],
        );
      }
    }
  }
});

Deno.test("readCifarRecords() refuses labels over 9", () => {
  const bytes = cifarBatch(3);
  bytes[2 * 3073] = 10;
  assertThrows(
    () => read(bytes, 3),
    RunError,
    "Cannot use batch: label 2 (counted from 0) is 10, but labels go from 0 to 9",
  );
});

Deno.test("countCifarRecords() refuses lengths that are no multiple of a record's", () => {
  assertEquals(countCifarRecords(30_730_000, "batch"), 10_000);
  assertThrows(() => countCifarRecords(0, "batch"), RunError, "Cannot read batch: it is empty");
  for (const length of [1, 3072, 3074, 30_729_999]) {
    assertThrows(
      () => countCifarRecords(length, "batch"),
      RunError,
      `Cannot read batch: its ${length} bytes are no multiple of the 3073 of a record`,
    );
  }
});

Deno.test("countCifarRecords() refuses more than a published file has", () => {
  assertEquals(countCifarRecords(30_730_000, "a.bin"), 10_000);
  assertThrows(
    () => countCifarRecords(3073 * 10_001, "a.bin"),
    RunError,
    "Cannot use a.bin: it has 10001 records; 10,000 are the most",
  );
});
