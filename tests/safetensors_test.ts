import { assertEquals, assertThrows } from "@std/assert";
import { RunError } from "../src/errors.ts";
import { decodeSafetensors, encodeSafetensors } from "../src/safetensors.ts";

const FILE = encodeSafetensors({
  tensors: new Map([
    ["a.weight", { shape: [2, 3], data: Float32Array.of(1, 2, 3, 4, 5, NaN) }],
    ["scalar", { shape: [], data: Float32Array.of(-0) }],
    ["none", { shape: [0, 4], data: new Float32Array(0) }],
  ]),
  metadata: { id: "row", text: 'with "quotes" and ä' },
});

/** A file of a header, as it is or as JSON, and some bytes. */
function file(header: unknown, bytes = 8): Uint8Array<ArrayBuffer> {
  const text = typeof header === "string" ? header : JSON.stringify(header);
  const json = new TextEncoder().encode(text);
  const made = new Uint8Array(8 + json.length + bytes);
  new DataView(made.buffer).setBigUint64(0, BigInt(json.length), true);
  made.set(json, 8);
  return made;
}

Deno.test("decodeSafetensors() gives back what encodeSafetensors() wrote", () => {
  const { tensors, metadata } = decodeSafetensors(FILE, "a.safetensors");
  assertEquals([...tensors], [
    ["a.weight", { shape: [2, 3], data: Float32Array.of(1, 2, 3, 4, 5, NaN) }],
    ["scalar", { shape: [], data: Float32Array.of(-0) }],
    ["none", { shape: [0, 4], data: new Float32Array(0) }],
  ]);
  assertEquals(metadata, { id: "row", text: 'with "quotes" and ä' });
});

Deno.test("encodeSafetensors() begins the numbers at a multiple of 8", () => {
  const length = Number(new DataView(FILE.buffer).getBigUint64(0, true));
  assertEquals(length % 8, 0);
  assertEquals(FILE.length, 8 + length + 28);
});

Deno.test("decodeSafetensors() reads a header in any order, without metadata, padded", () => {
  const header = JSON.stringify({
    second: { data_offsets: [4, 8], shape: [1], dtype: "F32" },
    first: { dtype: "F32", shape: [1, 1], data_offsets: [0, 4] },
  });
  const bytes = file(header + "   ");
  bytes.set(new Uint8Array(Float32Array.of(1.5, 2.5).buffer), bytes.length - 8);
  const { tensors, metadata } = decodeSafetensors(bytes, "a.safetensors");
  assertEquals([tensors.get("first")!.data[0], tensors.get("second")!.data[0]], [1.5, 2.5]);
  assertEquals(metadata, {});
});

const entry = { dtype: "F32", shape: [2], data_offsets: [0, 8] };
const refusals: [string, Uint8Array<ArrayBuffer>, string][] = [
  ["an empty file", new Uint8Array(0), "it has 0 bytes"],
  [
    "a file cut off in its header",
    FILE.slice(0, 40),
    "is cut off after 32",
  ],
  ["a file cut off in its numbers", FILE.slice(0, -1), "it is cut off"],
  ["a header that is not JSON", file("{"), "its header is no JSON object"],
  ["a header that is null", file("null"), "its header is no JSON object"],
  ["another type", file({ a: { ...entry, dtype: "F16" } }), "a is F16; only F32 is read"],
  ["an entry that is null", file({ a: null }), "a is undefined; only F32 is read"],
  ["an entry without offsets", file({ a: { ...entry, data_offsets: undefined } }), "a has no"],
  ["offsets that are none", file({ a: { ...entry, data_offsets: 8 } }), "a has no offsets"],
  ["offsets off the shape", file({ a: { ...entry, data_offsets: [0, 4] } }), "a has no offsets"],
  ["offsets below 0", file({ a: { ...entry, data_offsets: [-8, 0] } }), "a has no offsets"],
  ["broken offsets", file({ a: { ...entry, data_offsets: [0.5, 8.5] } }), "a has no offsets"],
  ["a shape below 0", file({ a: { ...entry, shape: [-1, -2] } }), "a has no offsets that fit"],
  ["a shape that is text", file({ a: { ...entry, shape: "2" } }), "a has no offsets that fit"],
  ["offsets past the end", file({ a: { ...entry, data_offsets: [4, 12] } }), "it is cut off"],
];
for (const [what, bytes, message] of refusals) {
  Deno.test(`decodeSafetensors() refuses ${what}`, () => {
    const error = assertThrows(() => decodeSafetensors(bytes, "a.safetensors"), RunError, message);
    assertEquals(error.message.startsWith("a.safetensors is no usable safetensors file: "), true);
  });
}
