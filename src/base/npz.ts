/** NumPy's archives: several `.npy` files in one zip. */
import { zipSync } from "npm:fflate@0.8.2";
import { encodeNpy, type NpyData } from "./npy.ts";

/** An array with its shape. */
export interface NpzArray {
  shape: readonly number[];
  data: NpyData;
}

/** The first moment a zip can name, in the local time that fflate writes: equal input, equal bytes. */
const noTime = new Date(1980, 0, 1);

/**
 * Writes arrays as the bytes of an `.npz` file, as `numpy.savez` does: not compressed, because
 * features hardly get smaller.
 *
 * @throws {TypeError} When an array does not have the numbers of its shape.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 *
 * const file = encodeNpz({
 *   features: { shape: [2, 3], data: new Float32Array(6) },
 *   labels: { shape: [2], data: Uint8Array.of(7, 1) },
 * });
 * assertEquals(new TextDecoder().decode(file.subarray(30, 42)), "features.npy");
 * ```
 */
export function encodeNpz(arrays: Record<string, NpzArray>): Uint8Array<ArrayBuffer> {
  const files = Object.entries(arrays).map(([name, { shape, data }]) => {
    if (shape.reduce((size, n) => size * n, 1) !== data.length) {
      throw new TypeError(
        `Cannot write ${data.length} numbers of ${name} as [${shape.join(", ")}]`,
      );
    }
    return [`${name}.npy`, encodeNpy(shape, data)] as const;
  });
  return new Uint8Array(zipSync(Object.fromEntries(files), { level: 0, mtime: noTime }));
}
