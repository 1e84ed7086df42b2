import { assertEquals, assertThrows } from "@std/assert";
import { RunError } from "../../src/base/errors.ts";
import { decodeNpy, encodeNpy } from "../../src/base/npy.ts";

const ROWS = Float32Array.of(1, -2.5, NaN, 4, Infinity, 1e-30);

Deno.test("encodeNpy() writes NumPy's header, padded to 64 bytes, then the numbers", () => {
  const file = encodeNpy([3, 2], ROWS);
  assertEquals([...file.subarray(0, 10)], [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, 118, 0]);
  assertEquals(
    new TextDecoder().decode(file.subarray(10, 128)),
    "{'descr': '<f4', 'fortran_order': False, 'shape': (3, 2), }".padEnd(117) + "\n",
  );
  assertEquals(new Float32Array(file.slice(128).buffer), ROWS);
  const bytes = encodeNpy([5], Uint8Array.of(1, 2, 3, 4, 5));
  assertEquals(
    new TextDecoder().decode(bytes.subarray(10, 70)),
    "{'descr': '|u1', 'fortran_order': False, 'shape': (5,), }".padEnd(60),
  );
  assertEquals([...bytes.subarray(128)], [1, 2, 3, 4, 5]);
});

Deno.test("decodeNpy() gives back what encodeNpy() wrote, of any shape and from a view", () => {
  for (const shape of [[3, 2], [6], [1, 6, 1], [6, 1]]) {
    assertEquals(decodeNpy(encodeNpy(shape, ROWS), "a.npy"), ROWS);
  }
  assertEquals(decodeNpy(encodeNpy([0, 2], new Float32Array(0)), "a.npy"), new Float32Array(0));
  const larger = new Uint8Array(1 + encodeNpy([6], ROWS).length);
  larger.set(encodeNpy([6], ROWS), 1);
  assertEquals(decodeNpy(larger.subarray(1), "a.npy"), ROWS);
});

Deno.test("decodeNpy() refuses files that are cut off, overlong or of another kind", () => {
  const file = encodeNpy([3, 2], ROWS);
  const refuse = (bytes: Uint8Array, what: string) =>
    assertThrows(() => decodeNpy(bytes, "a.npy"), RunError, `a.npy ${what}`);
  refuse(file.subarray(0, 128 + 23), "holds 23 bytes, but its shape [3, 2] takes 24");
  refuse(Uint8Array.of(...file, 0), "holds 25 bytes, but its shape [3, 2] takes 24");
  for (const length of [0, 5, 40, 100, 127]) {
    refuse(file.subarray(0, length), "is no .npy file of float32 rows");
  }
  refuse(encodeNpy([3], Uint8Array.of(1, 2, 3)), "is no .npy file of float32 rows");
  refuse(file.with(0, 0x94), "is no .npy file of float32 rows");
  refuse(new TextEncoder().encode("'shape': (1, 2)"), "is no .npy file of float32 rows");
});
