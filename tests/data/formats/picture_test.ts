import { assert, assertEquals, assertRejects } from "@std/assert";
import { deflateSync } from "node:zlib";
import { decodePicture } from "../../../data/formats/picture.ts";
import { RunError } from "../../../src/base/errors.ts";
import { chunk, idat, iend, ihdr, plainJpeg, plainPng, png } from "../pictures.ts";

const decode = async (bytes: Uint8Array) => [...(await decodePicture(bytes, "a.png")).rgba];

Deno.test("decodePicture() reads PNG and JPEG, whatever they are called", async () => {
  const { width, height, rgba } = await decodePicture(await plainPng(2, 3, [1, 2, 3]), "a.jpg");
  assertEquals([width, height, ...rgba.subarray(0, 8)], [3, 2, 1, 2, 3, 255, 1, 2, 3, 255]);
  const jpeg = await decodePicture(await plainJpeg(5, 9, [200, 100, 50]), "a.png");
  assertEquals([jpeg.width, jpeg.height], [9, 5]);
  const off = [200, 100, 50, 255].map((value, c) => Math.abs(jpeg.rgba[c] - value));
  assert(off.every((it) => it <= 3), `${jpeg.rgba.subarray(0, 4)}`);
});

const files: [string, Uint8Array, number[]][] = [
  ["grey of 1 bit", png(ihdr(3, 1, 1, 0), idat(0, 0b101_00000), iend), [
    255,
    255,
    255,
    255,
    0,
    0,
    0,
    255,
    255,
    255,
    255,
    255,
  ]],
  ["grey of 2 bits", png(ihdr(2, 1, 2, 0), idat(0, 0b01_10_0000), iend), [
    85,
    85,
    85,
    255,
    170,
    170,
    170,
    255,
  ]],
  ["grey of 4 bits", png(ihdr(2, 1, 4, 0), idat(0, 0x1f), iend), [
    17,
    17,
    17,
    255,
    255,
    255,
    255,
    255,
  ]],
  ["grey of 16 bits", png(ihdr(1, 1, 16, 0), idat(0, 0x12, 0xff), iend), [0x12, 0x12, 0x12, 255]],
  ["grey with alpha", png(ihdr(1, 1, 8, 4), idat(0, 9, 77), iend), [9, 9, 9, 77]],
  ["a transparent grey", png(ihdr(2, 1, 8, 0), chunk("tRNS", [0, 9]), idat(0, 9, 8), iend), [
    9,
    9,
    9,
    0,
    8,
    8,
    8,
    255,
  ]],
  [
    "a transparent colour",
    png(ihdr(2, 1), chunk("tRNS", [0, 1, 0, 2, 0, 3]), idat(0, 1, 2, 3, 1, 2, 4), iend),
    [1, 2, 3, 0, 1, 2, 4, 255],
  ],
  ["colour of 16 bits", png(ihdr(1, 1, 16), idat(0, 1, 0, 2, 0, 3, 0), iend), [1, 2, 3, 255]],
  ["colour with alpha", png(ihdr(1, 1, 8, 6), idat(0, 1, 2, 3, 4), iend), [1, 2, 3, 4]],
  [
    "a palette with alpha",
    png(
      ihdr(2, 1, 4, 3),
      chunk("PLTE", [1, 2, 3, 4, 5, 6]),
      chunk("tRNS", [7]),
      idat(0, 0x10),
      iend,
    ),
    [4, 5, 6, 255, 1, 2, 3, 7],
  ],
  [
    "pixels in two chunks",
    (() => {
      const packed = deflateSync(Uint8Array.of(0, 1, 2, 3));
      return png(
        ihdr(1, 1),
        chunk("IDAT", packed.subarray(0, 3)),
        chunk("IDAT", packed.subarray(3)),
        iend,
      );
    })(),
    [1, 2, 3, 255],
  ],
];
for (const [what, bytes, expected] of files) {
  Deno.test(`decodePicture() reads PNG: ${what}`, async () => {
    assertEquals(await decode(bytes), expected);
  });
}

Deno.test("decodePicture() undoes all filters of PNG", async () => {
  // Rows of grey 10, 20, 30 each, filtered by hand: none, sub, up, average, Paeth.
  const rows = [[0, 10, 20, 30], [1, 10, 10, 10], [2, 0, 0, 0], [3, 5, 5, 5], [4, 0, 0, 0]];
  const grey = (await decode(png(ihdr(3, 5, 8, 0), idat(...rows.flat()), iend)))
    .filter((_, i) => i % 4 === 0);
  assertEquals(grey, Array(5).fill([10, 20, 30]).flat());
});

Deno.test("decodePicture() puts the passes of an interlaced PNG together", async () => {
  // Pass numbers of the 8x8 square (https://www.w3.org/TR/png-3/#8Interlace), cut to 5x6.
  const adam7 = ["16462", "77777", "56565", "77777", "36463", "77777"].map((row) =>
    [...row].map(Number)
  );
  const rows: number[] = [];
  for (let pass = 1; pass <= 7; pass++) {
    for (const [y, row] of adam7.entries()) {
      const line = row.flatMap((it, x) => it === pass ? [10 * y + x] : []);
      if (line.length > 0) rows.push(0, ...line);
    }
  }
  const values = (await decode(png(ihdr(5, 6, 8, 0, 1), idat(...rows), iend)))
    .filter((_, i) => i % 4 === 0);
  assertEquals(values, adam7.flatMap((row, y) => row.map((_, x) => 10 * y + x)));
});

const small = [ihdr(1, 1), idat(0, 1, 2, 3), iend];
const broken: [string, Uint8Array, string][] = [
  ["an empty file", new Uint8Array(), "Cannot read a.png: it is empty"],
  [
    "a text",
    new TextEncoder().encode("<svg/>"),
    "Cannot read a.png: it is neither PNG nor JPEG inside",
  ],
  [
    "a PNG without header",
    png(...small.slice(1)),
    "Cannot read a.png as PNG: it is damaged: its header is missing",
  ],
  ["a PNG without end", png(...small.slice(0, 2)), "Cannot read a.png as PNG: it is cut short"],
  [
    "a PNG without pixels",
    png(ihdr(1, 1), iend),
    "Cannot read a.png as PNG: it is damaged: its pixels cannot be unpacked",
  ],
  [
    "a PNG with too few pixels",
    png(ihdr(2, 1), idat(0, 1, 2, 3), iend),
    "Cannot read a.png as PNG: it is damaged: its pixels are 4 bytes, not 7",
  ],
  [
    "a PNG with too many pixels",
    png(ihdr(1, 1), idat(0, 1, 2, 3, 4), iend),
    "Cannot read a.png as PNG: it is damaged: its pixels are 5 bytes, not 4",
  ],
  [
    "a PNG that unpacks to much more",
    png(ihdr(1, 1), idat(...Array(9e4).fill(0)), iend),
    "Cannot read a.png as PNG: it is damaged: its pixels cannot be unpacked",
  ],
  [
    "a PNG with a filter that is none",
    png(ihdr(1, 1), idat(5, 1, 2, 3), iend),
    "Cannot read a.png as PNG: it is damaged: there is no filter 5",
  ],
  [
    "a PNG with a wrong depth",
    png(ihdr(1, 1, 3), idat(0), iend),
    "Cannot read a.png as PNG: it is damaged: its header has values that do not exist",
  ],
  [
    "a PNG without palette",
    png(ihdr(1, 1, 8, 3), idat(0, 0), iend),
    "Cannot read a.png as PNG: it is damaged: it has no palette",
  ],
  [
    "a PNG with a colour outside of its palette",
    png(ihdr(1, 1, 8, 3), chunk("PLTE", [1, 2, 3]), idat(0, 1), iend),
    "Cannot read a.png as PNG: it is damaged: colour 1 is not in its palette",
  ],
  [
    "a PNG of no width",
    png(ihdr(0, 7), idat(), iend),
    "Cannot read a.png as PNG: it has no pixels, 0x7",
  ],
  [
    "a PNG of absurd size",
    png(ihdr(60_000, 60_000), idat(0), iend),
    "Cannot read a.png as PNG: it claims 60000x60000 pixels, more than 64 million",
  ],
  [
    "a JPEG of absurd size",
    jpegOf(8, 9000),
    "Cannot read a.png as JPEG: it claims 9000x9000 pixels, more than 64 million",
  ],
  ["a JPEG of no height", jpegOf(8, 0), "Cannot read a.png as JPEG: it has no pixels, 0x0"],
  [
    "a JPEG of 12 bits",
    jpegOf(12, 9),
    "Cannot read a.png as JPEG: its samples are of 12 bits; those of 8 are supported",
  ],
  [
    "a JPEG without frame",
    Uint8Array.of(0xff, 0xd8, 0xff, 0xd9),
    "Cannot read a.png as JPEG: it is cut short: there is no frame header",
  ],
];
for (const [what, bytes, message] of broken) {
  Deno.test(`decodePicture() refuses ${what}`, async () => {
    assertEquals(
      (await assertRejects(() => decodePicture(bytes, "a.png"), RunError)).message,
      message,
    );
  });
}

Deno.test("decodePicture() refuses files cut anywhere, and a PNG with any byte changed", async () => {
  for (const whole of [await plainPng(4, 3, [9, 8, 7]), await plainJpeg(9, 17, [9, 80, 7])]) {
    for (let length = 0; length < whole.length; length += 3) {
      await assertRejects(() => decodePicture(whole.slice(0, length), "a.png"), RunError, "a.png");
    }
    await assertRejects(() => decodePicture(whole.slice(0, -1), "a.png"), RunError, "a.png");
  }
  const whole = await plainPng(4, 3, [9, 8, 7]);
  for (let at = 0; at < whole.length; at++) {
    const bytes = whole.slice();
    bytes[at] ^= 0x10;
    await assertRejects(() => decodePicture(bytes, "a.png"), RunError, "a.png");
  }
});

/** The beginning of a JPEG file. */
function jpegOf(bits: number, side: number): Uint8Array {
  const size = [side >> 8, side & 255];
  return Uint8Array.of(0xff, 0xd8, 0xff, 0xff, 0xc0, 0, 11, bits, ...size, ...size, 1, 1, 0x11, 0);
}

Deno.test("decodePicture() refuses what a file of its size cannot be, before it is unpacked", async () => {
  const small = await plainJpeg(16, 16, [128, 128, 128]);
  const frame = small.findIndex((byte, i) => byte === 0xff && small[i + 1] === 0xc0);
  const large = small.slice();
  large.set([0x1f, 0x40, 0x1f, 0x40], frame + 5);
  for (
    const [bytes, kind] of [[large, "JPEG"], [png(ihdr(8000, 8000), idat(0), iend), "PNG"]] as const
  ) {
    await assertRejects(
      () => decodePicture(bytes, "a"),
      RunError,
      `Cannot read a as ${kind}: it claims 8000x8000 pixels in ${bytes.length} bytes; make it smaller`,
    );
  }
});

Deno.test("decodePicture() refuses more scans than an encoder makes", async () => {
  const scans = new Uint8Array(2 * 101).map((_, i) => i % 2 ? 0xda : 0xff);
  const bytes = Uint8Array.of(...await plainJpeg(16, 16, [0, 0, 0]), ...scans);
  await assertRejects(
    () => decodePicture(bytes, "a"),
    RunError,
    "Cannot read a as JPEG: it has more than 100 scans",
  );
});
