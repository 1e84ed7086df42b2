/** NumPy's array files (format version 1.0). */
import { RunError } from "./errors.ts";

/** Numbers that an `.npy` file can hold here. */
export type NpyData = Float32Array | Int32Array | Uint8Array;

/** Writes a row-major array as the bytes of an `.npy` file. */
export function encodeNpy(shape: readonly number[], data: NpyData): Uint8Array<ArrayBuffer> {
  const type = data instanceof Uint8Array ? "|u1" : data instanceof Int32Array ? "<i4" : "<f4";
  const tuple = `(${shape.join(", ")}${shape.length === 1 ? "," : ""})`;
  const text = `{'descr': '${type}', 'fortran_order': False, 'shape': ${tuple}, }`;
  const length = Math.ceil((10 + text.length + 1) / 64) * 64;
  const file = new Uint8Array(length + data.byteLength).fill(0x20, 0, length);
  file.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0]);
  new DataView(file.buffer).setUint16(8, length - 10, true);
  file.set(new TextEncoder().encode(text), 10);
  file[length - 1] = 0x0a;
  file.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), length);
  return file;
}

/**
 * Reads the numbers back from what {@linkcode encodeNpy} wrote of a `Float32Array`.
 *
 * @param name For messages: the file's path.
 * @throws {RunError} When the file is not such a file, or cut off.
 */
export function decodeNpy(file: Uint8Array, name: string): Float32Array<ArrayBuffer> {
  const text = new TextDecoder().decode(file.subarray(0, 1024));
  const shape = /'shape': \(([\d, ]*)\)/.exec(text)?.[1].split(",").filter((n) => n.trim()).map(
    Number,
  );
  const header = encodeNpy(shape ?? [], new Float32Array(0));
  const start = header.length;
  if (!shape || !header.every((byte, i) => byte === file[i])) {
    throw new RunError(`${name} is no .npy file of float32 rows`);
  }
  const bytes = 4 * shape.reduce((size, n) => size * n, 1);
  if (file.length - start !== bytes) {
    throw new RunError(
      `${name} holds ${file.length - start} bytes, but its shape [${
        shape.join(", ")
      }] takes ${bytes}`,
    );
  }
  return new Float32Array(file.slice(start).buffer);
}
