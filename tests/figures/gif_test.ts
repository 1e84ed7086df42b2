import { assert, assertEquals, assertThrows } from "@std/assert";
import { type Frame, newFrame } from "../../src/figures/canvas.ts";
import { densitySurface } from "../../src/figures/density_surface.ts";
import { featureGrid } from "../../src/figures/feature_grid.ts";
import { featureMap } from "../../src/figures/feature_map.ts";
import { encodeGif } from "../../src/figures/gif.ts";
import { gifPalette, toIndices } from "../../src/figures/gif_palette.ts";
import { classColor } from "../../src/figures/palette.ts";
import { blobs } from "./blobs.ts";

/** What a GIF says about itself, read block by block. */
function readGif(file: Uint8Array) {
  const view = new DataView(file.buffer, file.byteOffset);
  const text = (at: number, length: number) =>
    new TextDecoder().decode(file.subarray(at, at + length));
  const flags = file[10];
  let at = 13 + 3 * 2 ** ((flags & 7) + 1);
  const skipSubBlocks = () => {
    while (file[at] !== 0) at += file[at] + 1;
    at++;
  };
  const delays: number[] = [];
  const sizes: number[][] = [];
  let [loops, localTables] = [-1, 0];
  while (file[at] !== 0x3b) {
    if (file[at] === 0x21 && file[at + 1] === 0xf9) delays.push(view.getUint16(at + 4, true));
    if (file[at] === 0x21 && text(at + 3, 11) === "NETSCAPE2.0") {
      loops = view.getUint16(at + 16, true);
    }
    if (file[at] === 0x2c) {
      sizes.push([view.getUint16(at + 5, true), view.getUint16(at + 7, true)]);
      localTables += file[at + 9] >> 7;
      at += 11; // descriptor and the first byte of the pixels, the code size
    } else at += 2;
    skipSubBlocks();
  }
  return {
    signature: text(0, 6),
    size: [view.getUint16(6, true), view.getUint16(8, true)],
    colors: 2 ** ((flags & 7) + 1),
    loops,
    localTables,
    delays,
    sizes,
    end: at === file.length - 1,
  };
}

Deno.test("encodeGif() writes every frame, one palette, and loops forever", () => {
  const frames = [0, 3, 7].map((k) => newFrame(31, 17, classColor(k)));
  assertEquals(readGif(encodeGif(frames, { delay: 120, lastDelay: 3000 })), {
    signature: "GIF89a",
    size: [31, 17],
    colors: 256,
    loops: 0,
    localTables: 0,
    delays: [12, 12, 300],
    sizes: [[31, 17], [31, 17], [31, 17]],
    end: true,
  });
});

Deno.test("encodeGif() holds a single frame", () => {
  assertEquals(readGif(encodeGif([newFrame(2, 2)], { lastDelay: 500 })).delays, [50]);
});

Deno.test("encodeGif() takes frames from a generator and gives equal bytes", () => {
  function* frames(): Generator<Frame> {
    for (let k = 0; k < 4; k++) yield newFrame(8, 8, classColor(k));
  }
  assertEquals(encodeGif(frames()), encodeGif([...frames()]));
});

Deno.test("encodeGif() refuses nothing and frames of two sizes", () => {
  assertThrows(() => encodeGif([]), RangeError, "Cannot encode a GIF without frames");
  assertThrows(() => encodeGif([newFrame(2, 2), newFrame(3, 2)]), TypeError, "3 x 2");
});

Deno.test("gifPalette() keeps white, black and the class colours close to themselves", () => {
  const palette = gifPalette(10);
  assertEquals(palette.colors.length, 256);
  const wanted = [...Array.from({ length: 10 }, (_, k) => classColor(k)), [255, 255, 255], [
    0,
    0,
    0,
  ]];
  for (const [red, green, blue] of wanted) {
    const [index] = toIndices(newFrame(1, 1, [red, green, blue]), palette);
    const drawn = palette.colors[index];
    assert(Math.hypot(drawn[0] - red, drawn[1] - green, drawn[2] - blue) < 14, `${drawn}`);
  }
});

Deno.test("gifPalette() fits any number of classes", () => {
  for (const classes of [0, 1, 100, 1000]) assertEquals(gifPalette(classes).colors.length, 256);
});

Deno.test("gifPalette() keeps feature maps, grids and surfaces close to what was drawn", () => {
  for (const classes of [10, 26, 100]) {
    const samples = { ...blobs(1000, classes), range: { xMin: -8, xMax: 8, yMin: -8, yMax: 8 } };
    const { points, labels } = blobs(classes, classes);
    const classNames = Array.from({ length: classes }, (_, k) => `${k}`);
    const titles = { classNames, title: "test" };
    const marks = { points, labels, name: "most certain sample" };
    const heights = new Float32Array(1000).map((_, i) => i / 1000);
    const palette = gifPalette(classes);
    const figures = [
      featureMap({ ...samples, ...titles, marks, classNumbers: true }),
      featureGrid({ ...titles, cells: [[samples, samples]], classNumbers: true }),
      densitySurface({ ...samples, ...titles, heights, angle: 30 }),
    ];
    for (const frame of figures) {
      let error = 0;
      toIndices(frame, palette).forEach((index, i) => {
        palette.colors[index].forEach((v, c) => error += Math.abs(v - frame.rgba[4 * i + c]));
      });
      const mean = error / frame.width / frame.height / 3;
      assert(mean < (classes > 26 ? 3 : 2), `${classes} classes: ${mean}`);
    }
    const frames = figures.map((frame) => encodeGif([frame], { classes }));
    assertEquals(frames.map((file) => readGif(file).end), [true, true, true]);
  }
});
