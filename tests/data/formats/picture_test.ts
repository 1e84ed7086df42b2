import { assert, assertEquals, assertThrows } from "@std/assert";
import { deflateSync } from "node:zlib";
import { decodeJpeg } from "../../../data/formats/jpeg.ts";
import { decodePicture } from "../../../data/formats/picture.ts";
import { RunError } from "../../../src/base/errors.ts";
import { chunk, idat, iend, ihdr, plainJpeg, plainPng, png } from "../pictures.ts";

const decode = (bytes: Uint8Array) => [...decodePicture(bytes, "a.png").rgba];

Deno.test("decodePicture() reads PNG and JPEG, whatever they are called", () => {
  const { width, height, rgba } = decodePicture(plainPng(2, 3, [1, 2, 3]), "a.jpg");
  assertEquals([width, height, ...rgba.subarray(0, 8)], [3, 2, 1, 2, 3, 255, 1, 2, 3, 255]);
  const jpeg = decodePicture(plainJpeg(5, 9, [200, 100, 50]), "a.png");
  assertEquals([jpeg.width, jpeg.height], [9, 5]);
  const off = [200, 100, 50, 255].map((value, c) => Math.abs(jpeg.rgba[c] - value));
  assert(off.every((it) => it <= 3), `${jpeg.rgba.subarray(0, 4)}`);
});

/** Where a marker stands in a JPEG file. */
const markerAt = (jpeg: Uint8Array, marker: number) =>
  jpeg.findIndex((byte, i) => byte === 0xff && jpeg[i + 1] === marker);

/** A JPEG file with this segment in the place of JFIF's. */
function withoutJfif(jpeg: Uint8Array, ...segment: number[]): Uint8Array {
  return Uint8Array.of(0xff, 0xd8, ...segment, ...jpeg.subarray(markerAt(jpeg, 0xdb)));
}

const ADOBE = [0xff, 0xee, 0, 14, ...new TextEncoder().encode("Adobe"), 0, 100, 0, 0, 0, 0];

Deno.test("decodePicture() takes the components of a JPEG for what libjpeg takes them", () => {
  const jpeg = plainJpeg(8, 8, [200, 100, 50]), rgb = jpeg.slice();
  for (const [i, letter] of [82, 71, 66].entries()) {
    rgb[markerAt(jpeg, 0xc0) + 10 + 3 * i] = letter;
    rgb[markerAt(jpeg, 0xda) + 5 + 2 * i] = letter;
  }
  // Y, Cb and Cr of that color (JFIF 1.02), where nothing transforms them.
  const color = [200, 100, 50], asStored = [124, 86, 182];
  for (
    const [file, expected] of [
      [withoutJfif(jpeg, ...ADOBE, 0), asStored],
      [withoutJfif(jpeg, ...ADOBE, 1), color],
      [withoutJfif(jpeg), color],
      [withoutJfif(rgb), asStored],
      [rgb, color],
    ] as const
  ) {
    const off = expected.map((value, c) => Math.abs(decode(file)[c] - value));
    assert(off.every((it) => it <= 3), `${off}`);
  }
});

Deno.test("decodePicture() counts scans before the end mark of a JPEG, and not in its segments", () => {
  const jpeg = plainJpeg(8, 8, [200, 100, 50]), pixels = decode(jpeg);
  assertEquals(decode(Uint8Array.of(...jpeg, ...scans)), pixels);
  const segment = [0xff, 0xeb, 0, 2 + scans.length, ...scans];
  assertEquals(decode(Uint8Array.of(0xff, 0xd8, ...segment, ...jpeg.subarray(2))), pixels);
});

/** A JPEG file of blocks that are zero, with a restart after so many; a code of one bit is all that its tables have. */
function zeroJpeg(side: number, components: number, interval: number): Uint8Array {
  const segment = (
    marker: number,
    ...data: number[]
  ) => [0xff, marker, 0, 2 + data.length, ...data];
  const size = [side >> 8, side & 255], ids = Array.from({ length: components }, (_, i) => i + 1);
  const code = [1, ...Array(16).fill(0)];
  const head = [
    ...[0xff, 0xd8, ...ADOBE, 0, ...segment(0xdb, 0, ...Array(64).fill(1))],
    ...segment(0xc0, 8, ...size, ...size, components, ...ids.flatMap((id) => [id, 0x11, 0])),
    ...segment(0xc4, 0, ...code, 0x10, ...code),
    ...segment(0xdd, 0, interval),
    ...segment(0xda, components, ...ids.flatMap((id) => [id, 0]), 0, 63, 0),
  ];
  const blocks = Math.ceil(side / 8) ** 2, step = interval || blocks, pixels: number[] = [];
  for (let done = 0, restart = 0; done < blocks; done += step) {
    if (done > 0) pixels.push(0xff, 0xd0 + restart++ % 8);
    const bits = 2 * components * Math.min(step, blocks - done);
    for (let bit = 0; bit < bits; bit += 8) pixels.push(bits - bit < 8 ? 255 >> bits - bit : 0);
  }
  return new Uint8Array([...head, ...pixels, 0xff, 0xd9]);
}

Deno.test("decodeJpeg() has the memory for a large CMYK file", () => {
  const { width, height, rgba } = decodeJpeg(zeroJpeg(2480, 4, 0));
  assertEquals([width, height, ...rgba.subarray(0, 4)], [2480, 2480, 64, 64, 64, 255]);
});

/** Six blocks of grey, in two rows, with a restart after four blocks: baseline and progressive, by libjpeg-turbo. */
const RESTARTS = [
  "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAMCAgMCAgMDAwMEAwMEBQgFBQQEBQoHBwYIDAoMDAsKCwsNDhIQDQ4RDgsLEBYQERMUFRUVDA8XGB" +
  "YUGBIUFRT/wAALCAAQABgBAREA/8QAFgABAQEAAAAAAAAAAAAAAAAACAcJ/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/dAAQABP/aAAgBAQAAPwDM" +
  "QhiFIV//0G2tT//Z",
  "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAMCAgMCAgMDAwMEAwMEBQgFBQQEBQoHBwYIDAoMDAsKCwsNDhIQDQ4RDgsLEBYQERMUFRUVDA8XGB" +
  "YUGBIUFRT/wgALCAAQABgBAREA/8QAFgABAQEAAAAAAAAAAAAAAAAABwYI/90ABAAE/9oACAEBAAAAAcwoaGhf/9Bttf/EABUQAQEAAAAAAAAA" +
  "AAAAAAAAABAg/9oACAEBAAEFAo//0D//xAAVEAEBAAAAAAAAAAAAAAAAAAAQIP/aAAgBAQAGPwKP/9A//8QAFRABAQAAAAAAAAAAAAAAAAAAEC" +
  "D/2gAIAQEAAT8hj//QP//aAAgBAQAAABDf/9D/AP/EABUQAQEAAAAAAAAAAAAAAAAAABAg/9oACAEBAAE/EI//0D//2Q==",
];

Deno.test("decodePicture() reads a JPEG whose restart markers do not divide its blocks", () => {
  for (const file of RESTARTS) {
    const { width, rgba } = decodePicture(Uint8Array.fromBase64(file), "a.jpg");
    const blocks = [0, 8].flatMap((y) => [0, 8, 16].map((x) => rgba[4 * (y * width + x)]));
    assertEquals(blocks, [10, 60, 110, 160, 210, 250]);
  }
  // With blocks below the last row, which the units of a larger picture would fill, jpeg-js cannot.
  const jpeg = zeroJpeg(24, 1, 4);
  jpeg[markerAt(jpeg, 0xc0) + 11] = 0x12;
  const words = "its restart markers are not supported: save it without";
  assertThrows(() => decodePicture(jpeg, "a.jpg"), RunError, words);
});

Deno.test("decodePicture() refuses a JPEG that lacks a part between restart markers, or a color", () => {
  const jpeg = zeroJpeg(24, 3, 2), scan = markerAt(jpeg, 0xda);
  const [second, third, end] = [0xd1, 0xd2, 0xd9].map((marker) => markerAt(jpeg, marker));
  const without = (from: number, to: number) =>
    Uint8Array.of(...jpeg.subarray(0, from), ...jpeg.subarray(to));
  const parts = "a part between two restart markers is missing";
  for (
    const [file, words] of [
      [without(second, third), parts],
      [without(third, end), parts],
      [without(scan, end), "it has no pixels of a color"],
    ] as const
  ) assertThrows(() => decodePicture(file, "a.jpg"), RunError, words);
});

const BLACK = [0, 0, 0, 255], WHITE = [255, 255, 255, 255];
const grey = (value: number, alpha = 255) => [value, value, value, alpha];
const packed = deflateSync(Uint8Array.of(0, 1, 2, 3));
const palette = chunk("PLTE", [1, 2, 3, 4, 5, 6]);

const files: [what: string, chunks: Uint8Array[], pixels: number[][]][] = [
  ["grey of 1 bit", [ihdr(3, 1, 1, 0), idat(0, 0b101_00000)], [WHITE, BLACK, WHITE]],
  ["grey of 2 bits", [ihdr(2, 1, 2, 0), idat(0, 0b01_10_0000)], [grey(85), grey(170)]],
  ["grey of 4 bits", [ihdr(2, 1, 4, 0), idat(0, 0x1f)], [grey(17), WHITE]],
  ["grey of 16 bits", [ihdr(1, 1, 16, 0), idat(0, 0x12, 0xff)], [grey(0x12)]],
  ["grey with alpha", [ihdr(1, 1, 8, 4), idat(0, 9, 77)], [grey(9, 77)]],
  ["a transparent grey", [ihdr(2, 1, 8, 0), chunk("tRNS", [0, 9]), idat(0, 9, 8)], [
    grey(9, 0),
    grey(8),
  ]],
  ["a transparent grey of 16 bits", [
    ihdr(2, 1, 16, 0),
    chunk("tRNS", [9, 1]),
    idat(0, 9, 1, 9, 2),
  ], [grey(9, 0), grey(9)]],
  ["a transparent color", [
    ihdr(2, 1),
    chunk("tRNS", [0, 1, 0, 2, 0, 3]),
    idat(0, 1, 2, 3, 1, 2, 4),
  ], [[1, 2, 3, 0], [1, 2, 4, 255]]],
  ["color of 16 bits", [ihdr(1, 1, 16), idat(0, 1, 0, 2, 0, 3, 0)], [[1, 2, 3, 255]]],
  ["color with alpha", [ihdr(1, 1, 8, 6), idat(0, 1, 2, 3, 4)], [[1, 2, 3, 4]]],
  ["a palette with alpha", [ihdr(2, 1, 4, 3), palette, chunk("tRNS", [7]), idat(0, 0x10)], [
    [4, 5, 6, 255],
    [1, 2, 3, 7],
  ]],
  ["pixels in two chunks", [
    ihdr(1, 1),
    chunk("IDAT", packed.subarray(0, 3)),
    chunk("IDAT", packed.subarray(3)),
  ], [[1, 2, 3, 255]]],
  // Rows of grey 10, 20, 30 each, filtered by hand: none, sub, up, average, Paeth.
  ["all filters", [
    ihdr(3, 5, 8, 0),
    idat(...[0, 10, 20, 30], ...[1, 10, 10, 10], ...[2, 0, 0, 0], ...[3, 5, 5, 5], 4, 0, 0, 0),
  ], Array(5).fill([10, 20, 30].map((value) => grey(value))).flat()],
];
for (const [what, chunks, pixels] of files) {
  Deno.test(`decodePicture() reads PNG: ${what}`, () => {
    assertEquals(decode(png(...chunks, iend)), pixels.flat());
  });
}

for (const depth of [1, 8, 16]) {
  Deno.test(`decodePicture() puts the passes of an interlaced PNG of ${depth} bits together`, () => {
    // Pass numbers of the 8x8 square (https://www.w3.org/TR/png-3/#8Interlace), cut to 5x6.
    const adam7 = ["16462", "77777", "56565", "77777", "36463", "77777"];
    const value = (y: number, x: number) => depth === 1 ? (y * x + x) % 2 : 10 * y + x;
    const rows: number[] = [];
    for (let pass = 1; pass <= 7; pass++) {
      for (const [y, row] of adam7.entries()) {
        const line = [...row].flatMap((it, x) => Number(it) === pass ? [value(y, x)] : []);
        if (line.length === 0) continue;
        if (depth === 1) rows.push(0, parseInt(line.join("").padEnd(8, "0"), 2));
        else rows.push(0, ...line.flatMap((it) => depth === 16 ? [it, 99] : [it]));
      }
    }
    const found = decode(png(ihdr(5, 6, depth, 0, 1), idat(...rows), iend));
    const expected = adam7.flatMap((row, y) => [...row].map((_, x) => value(y, x)));
    assertEquals(
      found.filter((_, i) => i % 4 === 0),
      expected.map((it) => depth === 1 ? 255 * it : it),
    );
  });
}

/** The beginning of a JPEG file. */
function jpegOf(bits: number, side: number): Uint8Array {
  const size = [side >> 8, side & 255];
  return Uint8Array.of(0xff, 0xd8, 0xff, 0xff, 0xc0, 0, 11, bits, ...size, ...size, 1, 1, 0x11, 0);
}

/** A small JPEG file that claims 8000x8000 pixels. */
function overstated(): Uint8Array {
  const jpeg = plainJpeg(16, 16, [128, 128, 128]);
  jpeg.set([0x1f, 0x40, 0x1f, 0x40], markerAt(jpeg, 0xc0) + 5);
  return jpeg;
}

const size = ihdr(1, 1), pixel = idat(0, 1, 2, 3);
const scans = new Uint8Array(2 * 101).map((_, i) => i % 2 ? 0xda : 0xff);
const broken: [what: string, bytes: Uint8Array, message: string][] = [
  ["an empty file", new Uint8Array(), "a.png: it is empty"],
  ["a text", new TextEncoder().encode("<svg/>"), "a.png: it is neither PNG nor JPEG inside"],
  ["a PNG without header", png(pixel, iend), "as PNG: it is damaged: its header is missing"],
  ["a PNG without end", png(size, pixel), "as PNG: it is cut short"],
  ["a PNG without pixels", png(size, iend), "it is damaged: its pixels cannot be unpacked"],
  ["too few pixels", png(ihdr(2, 1), pixel, iend), "its pixels are 4 bytes, not 7"],
  [
    "too many pixels",
    png(size, idat(0, 1, 2, 3, 4), iend),
    "damaged: its pixels are more bytes, not 4",
  ],
  ["a filter that is none", png(size, idat(5, 1, 2, 3), iend), "damaged: there is no filter 5"],
  [
    "a wrong depth",
    png(ihdr(1, 1, 3), idat(0), iend),
    "damaged: its header has values that do not exist",
  ],
  ["no palette", png(ihdr(1, 1, 8, 3), idat(0, 0), iend), "it is damaged: it has no palette"],
  [
    "a color outside of its palette",
    png(ihdr(1, 1, 8, 3), palette, idat(0, 2), iend),
    "it is damaged: color 2 is not in its palette",
  ],
  ["a PNG of no width", png(ihdr(0, 7), idat(), iend), "as PNG: it has no pixels, 0x7"],
  [
    "a PNG of absurd size",
    png(ihdr(60_000, 60_000), idat(0), iend),
    "as PNG: it claims 60000x60000 pixels, more than 64 million",
  ],
  ["a JPEG of absurd size", jpegOf(8, 9000), "as JPEG: it claims 9000x9000 pixels, more than 64"],
  ["a JPEG of no height", jpegOf(8, 0), "as JPEG: it has no pixels, 0x0"],
  ["a JPEG of 12 bits", jpegOf(12, 9), "its samples are of 12 bits; those of 8 are supported"],
  [
    "a JPEG without frame",
    Uint8Array.of(0xff, 0xd8, 0xff, 0xd9),
    "as JPEG: it is cut short: there is no frame header",
  ],
  [
    "more scans than an encoder makes",
    Uint8Array.of(...plainJpeg(16, 16, [0, 0, 0]).slice(0, -2), ...scans),
    "as JPEG: it has more than 100 scans",
  ],
  [
    "a JPEG that no file of its size can be",
    overstated(),
    "as JPEG: it claims 8000x8000 pixels in",
  ],
  [
    "a PNG that no file of its size can be",
    png(ihdr(8000, 8000), idat(0), iend),
    "as PNG: it claims 8000x8000 pixels in 66 bytes; make it smaller",
  ],
];
for (const [what, bytes, message] of broken) {
  Deno.test(`decodePicture() refuses ${what}`, () => {
    assertThrows(() => decodePicture(bytes, "a.png"), RunError, message);
  });
}

Deno.test("decodePicture() stops to unpack where the pixels end", () => {
  const packed = chunk("IDAT", deflateSync(new Uint8Array(2e8)));
  const bytes = new Uint8Array([png(size), packed, iend].flatMap((it) => [...it]));
  const before = Deno.memoryUsage().rss;
  assertThrows(() => decodePicture(bytes, "a"), RunError, "its pixels are more bytes, not 4");
  assert(Deno.memoryUsage().rss - before < 1e8);
});

Deno.test("decodePicture() refuses files cut anywhere, and a PNG with any byte changed", () => {
  const whole = plainPng(4, 3, [9, 8, 7]);
  for (const file of [whole, plainJpeg(9, 17, [9, 80, 7])]) {
    for (let length = 0; length < file.length; length++) {
      assertThrows(() => decodePicture(file.slice(0, length), "a.png"), RunError, "a.png");
    }
  }
  for (let at = 0; at < whole.length; at++) {
    const bytes = whole.with(at, whole[at] ^ 0x10);
    assertThrows(() => decodePicture(bytes, "a.png"), RunError, "a.png");
  }
});
