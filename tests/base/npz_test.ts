import { assertEquals, assertThrows } from "@std/assert";
import { unzipSync } from "npm:fflate@0.8.2";
import { decodeNpy, encodeNpy } from "../../src/base/npy.ts";
import { encodeNpz } from "../../src/base/npz.ts";

const arrays = {
  features: { shape: [2, 3], data: Float32Array.of(1, -2.5, NaN, 4, Infinity, 1e-30) },
  labels: { shape: [2], data: Uint8Array.of(7, 1) },
  index: { shape: [2], data: Int32Array.of(-1, 70000) },
};

Deno.test("encodeNpz() puts one .npy file an array into a zip, not compressed", () => {
  const file = encodeNpz(arrays);
  const found = unzipSync(file);
  assertEquals(Object.keys(found), ["features.npy", "labels.npy", "index.npy"]);
  assertEquals(decodeNpy(found["features.npy"], "features"), arrays.features.data);
  assertEquals(found["labels.npy"], encodeNpy([2], arrays.labels.data));
  const header = new TextDecoder().decode(found["index.npy"].subarray(10, 70));
  assertEquals(header, "{'descr': '<i4', 'fortran_order': False, 'shape': (2,), }".padEnd(60));
  assertEquals(new Int32Array(found["index.npy"].slice(128).buffer), arrays.index.data);
  // Method 0, and the date 1980-01-01 00:00.
  assertEquals([...file.subarray(8, 14)], [0, 0, 0, 0, 0x21, 0]);
});

Deno.test("encodeNpz() gives equal bytes for equal arrays", () => {
  assertEquals(encodeNpz(arrays), encodeNpz({ ...arrays }));
});

Deno.test("encodeNpz() refuses shapes that do not fit", () => {
  assertThrows(
    () => encodeNpz({ labels: { shape: [3], data: Uint8Array.of(7, 1) } }),
    TypeError,
    "Cannot write 2 numbers of labels as [3]",
  );
});
