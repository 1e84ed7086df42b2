/** NumPy's array files (format version 1.0). */

/** Writes a row-major array as the bytes of an `.npy` file. */
export function encodeNpy(
  shape: readonly number[],
  data: Float32Array | Uint8Array,
): Uint8Array<ArrayBuffer> {
  const type = data instanceof Uint8Array ? "|u1" : "<f4";
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

/** Reads float32 rows back from what {@linkcode encodeNpy} wrote. */
export function decodeNpy(file: Uint8Array): Float32Array<ArrayBuffer> {
  const start = 10 + new DataView(file.buffer, file.byteOffset).getUint16(8, true);
  return new Float32Array(file.slice(start).buffer);
}
