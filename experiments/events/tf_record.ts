/** TensorFlow's record files: each record with its length and two checksums. */
import crc32c from "npm:crc-32@1.2.2/crc32c.js";

/** Bytes around a record: its length (8) and the checksum of that (4), the checksum of the record (4). */
const HEAD = 12, TAIL = 4;

/**
 * A record as it stands in a file.
 *
 * The form is that of TensorFlow's `lib/io/record_writer.h`: length, masked CRC-32C of the length, bytes, masked CRC-32C of
 * the bytes, all little endian.
 */
export function recordOf(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const record = new Uint8Array(HEAD + bytes.length + TAIL), view = new DataView(record.buffer);
  view.setBigUint64(0, BigInt(bytes.length), true);
  view.setUint32(8, masked(record.subarray(0, 8)), true);
  record.set(bytes, HEAD);
  view.setUint32(HEAD + bytes.length, masked(bytes), true);
  return record;
}

/** Records from the start of a file, each with where it ends; the first one that is cut off or damaged ends them. */
export function* recordsIn(
  file: Uint8Array<ArrayBuffer>,
): Generator<{ bytes: Uint8Array<ArrayBuffer>; end: number }> {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  for (let at = 0; at + HEAD + TAIL <= file.length;) {
    const length = Number(view.getBigUint64(at, true)), end = at + HEAD + length + TAIL;
    if (end > file.length || view.getUint32(at + 8, true) !== masked(file.subarray(at, at + 8))) {
      return;
    }
    const bytes = file.subarray(at + HEAD, end - TAIL);
    if (view.getUint32(end - TAIL, true) !== masked(bytes)) return;
    yield { bytes, end };
    at = end;
  }
}

/** The masked CRC-32C: rotated by 15 bits to the right, plus a constant, as TensorFlow's `lib/hash/crc32c.h` has it. */
function masked(bytes: Uint8Array): number {
  const crc = crc32c.buf(bytes) >>> 0;
  return ((crc >>> 15 | crc << 17) + 0xa282ead8) >>> 0;
}
