import { assertEquals, assertThrows } from "@std/assert";
import { Buffer } from "node:buffer";
import { RunError } from "../../src/base/errors.ts";
import { decodeSafetensors, encodeSafetensors } from "../../src/base/safetensors.ts";

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

Deno.test("decodeSafetensors() reads a Buffer of Node's, at any place in its memory", () => {
  for (const before of [0, 1, 4]) {
    const bytes = Buffer.concat([new Uint8Array(before), FILE]).subarray(before);
    assertEquals(decodeSafetensors(bytes, "a.safetensors"), decodeSafetensors(FILE, "a"));
  }
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
  ["another type off the shape", file({ a: { ...entry, dtype: "F16" } }), "a has no offsets"],
  ["an entry that is null", file({ a: null }), "a has no type"],
  ["a header that is an array", file("[]"), "its header is no JSON object"],
  ["a header that is not UTF-8", file("{}").with(8, 0xff), "its header is no JSON object"],
  ["metadata that is no text", file({ __metadata__: { a: 1 } }), "its metadata is no text by name"],
  [
    "arrays over each other",
    file({ a: entry, b: { ...entry, shape: [1], data_offsets: [4, 8] } }),
    "b begins at byte 4 of its numbers, not at 8",
  ],
  ["a gap", file({ a: { ...entry, shape: [1], data_offsets: [4, 8] } }), "a begins at byte 4"],
  ["bytes of no array", file({ a: entry }, 12), "4 bytes at its end are no array's"],
  [
    "a header that claims more than the file has",
    file({}).with(7, 0x7f),
    "its header of 9151314442816848000 bytes is cut off",
  ],
  [
    "a shape beyond whole numbers",
    file({ a: { ...entry, shape: [2 ** 53, 2 ** 53, 0], data_offsets: [0, 0] } }, 0),
    "a has no offsets that fit",
  ],
  [
    "an endless shape",
    file({ a: { ...entry, shape: Array(1000).fill(1), data_offsets: [0, 4] } }, 4),
    "a has 1000 axes",
  ],
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

/** A file of one array. */
function only(dtype: string, bytes: ArrayBuffer, shape: number[]): Uint8Array<ArrayBuffer> {
  const made = file({ a: { dtype, shape, data_offsets: [0, bytes.byteLength] } }, bytes.byteLength);
  made.set(new Uint8Array(bytes), made.length - bytes.byteLength);
  return made;
}

const floats: [string, ArrayBuffer, number[]][] = [
  ["F16", Uint16Array.of(0x3c00, 0xc000, 0x7bff, 0x0001, 0x8000, 0x7c00, 0x7e00, 0x3555).buffer, [
    ...[1, -2, 65504, 2 ** -24, -0, Infinity, NaN, 0.333251953125],
  ]],
  ["BF16", Uint16Array.of(0x3f80, 0xc000, 0x7f7f, 0x0001, 0x8000, 0xff80, 0x7fc0, 0x3eab).buffer, [
    ...[1, -2, 3.3895313892515355e38, 9.183549615799121e-41, -0, -Infinity, NaN, 0.333984375],
  ]],
  ["F64", Float64Array.of(1, -2, 1e-300, -0, Infinity, NaN, 1 / 3, 3e38).buffer, [
    ...[1, -2, 0, -0, Infinity, NaN, Math.fround(1 / 3), Math.fround(3e38)],
  ]],
];
for (const [dtype, bytes, values] of floats) {
  Deno.test(`decodeSafetensors() converts ${dtype} to float32`, () => {
    const { tensors } = decodeSafetensors(only(dtype, bytes, [2, 4]), "a.safetensors");
    const { shape, data } = tensors.get("a")!;
    assertEquals([shape, data], [[2, 4], Float32Array.from(values)]);
  });
}

Deno.test("decodeSafetensors() refuses an F64 beyond float32 by its name and place, where it is asked for", () => {
  const bytes = only("F64", Float64Array.of(1, 1e39).buffer, [2]);
  const { tensors } = decodeSafetensors(bytes, "a.safetensors");
  assertThrows(
    () => tensors.get("a")!.data,
    RunError,
    "Cannot use a of a.safetensors: element 1 is 1e+39, beyond what float32 holds",
  );
});

for (const [dtype, size] of Object.entries({ I64: 8, I32: 4, BOOL: 1, U8: 1, F8_E4M3: 1, F4: 1 })) {
  Deno.test(`decodeSafetensors() lists ${dtype}, and refuses it by its name where it is asked for`, () => {
    const bytes = only(dtype, new ArrayBuffer(2 * size), [2]);
    const found = decodeSafetensors(bytes, "a.safetensors").tensors.get("a")!;
    assertEquals([found.shape, found.dtype], [[2], dtype]);
    assertThrows(
      () => found.data,
      RunError,
      `Cannot use a of a.safetensors: it is ${dtype}; weights are read from F32, F16, BF16 and F64`,
    );
  });
}

Deno.test("encodeSafetensors() refuses what no reader would take, by its name", () => {
  const ok = { shape: [2], data: new Float32Array(2) };
  const wrong = (name: string, stored: unknown, metadata: unknown = {}) => () =>
    encodeSafetensors(
      { tensors: new Map([["ok", ok], [name, stored]]), metadata } as Parameters<
        typeof encodeSafetensors
      >[0],
    );
  const cases: [() => unknown, string][] = [
    [wrong("w", { ...ok, shape: [2, 3] }), "w is of 2 numbers, and its shape [2, 3] takes 6"],
    [wrong("w", { ...ok, data: new Int32Array(2) }), "w is an Int32Array, no Float32Array"],
    [wrong("w", { ...ok, data: [1, 2] }), "w is an Array, no Float32Array"],
    [wrong("__metadata__", ok), "__metadata__ is the name that files keep for their metadata"],
    [wrong("w", ok, { epoch: 3 }), "metadata epoch is 3, no text"],
    [
      () => encodeSafetensors({ tensors: { w: ok } as never, metadata: {} }),
      "tensors is an Object; give a Map by name, { tensors, metadata }",
    ],
    [() => encodeSafetensors(new Map() as never), "tensors is undefined; give a Map by name"],
  ];
  for (const [write, words] of cases) {
    assertThrows(write, TypeError, `Cannot write a safetensors file: ${words}`);
  }
});

Deno.test("decodeSafetensors() says that it takes bytes", () => {
  assertThrows(
    () => decodeSafetensors(FILE.buffer as unknown as typeof FILE, "a.safetensors"),
    TypeError,
    "Cannot read a.safetensors: the file is an ArrayBuffer; give a Uint8Array",
  );
});
