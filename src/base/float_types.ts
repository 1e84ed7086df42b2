/** Floating-point numbers of other widths, as float32. */

/** What an element of a type is worth, from its bytes. */
const READERS: Readonly<Record<string, (view: DataView<ArrayBuffer>, at: number) => number>> = {
  F16: (view, at) => view.getFloat16(at, true),
  BF16: (view, at) => bfloat(view.getUint16(at, true)),
  F32: (view, at) => view.getFloat32(at, true),
  F64: (view, at) => view.getFloat64(at, true),
};

/** Whether the numbers of a type are floating-point numbers that float32 can stand for. */
export function isFloatType(dtype: string): boolean {
  return Object.hasOwn(READERS, dtype);
}

/**
 * Little-endian numbers as float32: `F16` and `BF16` exactly, `F64` rounded.
 *
 * @throws {RangeError} Where a finite number is beyond what float32 holds, with its place.
 */
export function toFloat32(
  bytes: Uint8Array<ArrayBuffer>,
  dtype: string,
): Float32Array<ArrayBuffer> {
  // Not slice(): that of Node's Buffer is a view of the same memory.
  if (dtype === "F32") return new Float32Array(new Uint8Array(bytes).buffer);
  const read = READERS[dtype], size = dtype === "F64" ? 8 : 2;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const numbers = new Float32Array(bytes.length / size);
  for (let i = 0; i < numbers.length; i++) {
    const value = read(view, i * size);
    numbers[i] = value;
    if (Number.isFinite(value) && !Number.isFinite(numbers[i])) {
      throw new RangeError(`element ${i} is ${value}, beyond what float32 holds`);
    }
  }
  return numbers;
}

const word = new DataView(new ArrayBuffer(4));

/** The upper half of a float32. */
function bfloat(bits: number): number {
  word.setUint32(0, bits << 16);
  return word.getFloat32(0);
}
