/** NumPy's array files (format version 1.0). */
import { RunError } from "./errors.ts";

/** What an `.npy` file can hold here: numbers or words. */
export type NpyData = Float32Array | Int32Array | Uint8Array | readonly string[];

/** Writes a row-major array as the bytes of an `.npy` file. */
export function encodeNpy(shape: readonly number[], values: NpyData): Uint8Array<ArrayBuffer> {
  const { type, data } = typed(values);
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

/** NumPy's name of a type, and the bytes. Words have as many code points each as the longest. */
function typed(values: NpyData): { type: string; data: ArrayBufferView } {
  if (values instanceof Uint8Array) return { type: "|u1", data: values };
  if (values instanceof Int32Array) return { type: "<i4", data: values };
  if (values instanceof Float32Array) return { type: "<f4", data: values };
  const words = values.map((word) => Array.from(word, (letter) => letter.codePointAt(0)!));
  const most = words.reduce((most, { length }) => Math.max(most, length), 1);
  const data = new Uint32Array(most * words.length);
  words.forEach((word, i) => data.set(word, i * most));
  return { type: `<U${most}`, data };
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
