import { assert, assertEquals, assertThrows } from "@std/assert";
import { type Frame, newFrame } from "../../../src/figures/paint/canvas.ts";
import { densitySurface } from "../../../src/figures/density_surface.ts";
import { featureGrid } from "../../../src/figures/feature_grid.ts";
import { encodeGif, GifWriter } from "../../../src/figures/paint/gif.ts";
import { gifPalette, toIndices } from "../../../src/figures/paint/gif_palette.ts";
import { classColor } from "../../../src/figures/paint/palette.ts";
import { like } from "../pixels.ts";

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

/** Grids and surfaces of classes on a circle, turning, as an animation shows them. */
const animations: Record<string, (classes: number, step: number) => Frame> = {
  featureGrid: (classes, step) => {
    const cell = { ...circle(classes, step / 20), caption: "a cell" };
    return featureGrid({ title: "grid", cells: [[cell, cell]], classNumbers: true, ...cell });
  },
  densitySurface: (classes, step) => {
    const samples = circle(classes, 0);
    const heights = Array.from(samples.labels, (_, i) => 0.3 + 0.7 * Math.sin(i) ** 2);
    return densitySurface({ title: "surface", angle: 20 * step, heights, ...samples });
  },
};

function circle(classes: number, turn: number) {
  const labels = Uint8Array.from({ length: 60 * classes }, (_, i) => i % classes);
  const at = (k: number, i: number) => {
    const angle = 2 * Math.PI * k / classes + turn + 0.1 * Math.sin(i * i);
    const far = 7 + Math.cos(i * i);
    return [far * Math.cos(angle), far * Math.sin(angle)];
  };
  return {
    points: Float32Array.from([...labels].flatMap((k, i) => at(k, i))),
    labels,
    centers: Float32Array.from(Array.from({ length: classes }, (_, k) => at(k, 0)).flat()),
    range: { xMin: -10, xMax: 10, yMin: -10, yMax: 10 },
    classNames: Array.from({ length: classes }, (_, k) => `${k}`),
  };
}

for (const [name, draw] of Object.entries(animations)) {
  Deno.test(`GifWriter holds frames of ${name}(), all of one size`, () => {
    const writer = new GifWriter({ delay: 100, lastDelay: 300, classes: 10 });
    for (let step = 0; step < 3; step++) writer.add(draw(10, step));
    const { delays, sizes, localTables, end } = readGif(writer.finish());
    const { width, height } = draw(10, 9);
    assertEquals({ delays, sizes, localTables, end }, {
      delays: [10, 10, 30],
      sizes: [[width, height], [width, height], [width, height]],
      localTables: 0,
      end: true,
    });
  });

  for (const classes of [10, 26]) {
    Deno.test(`gifPalette() keeps what ${name}() draws of ${classes} classes`, () => {
      const { rgba, width, height } = draw(classes, 1);
      const palette = gifPalette(classes);
      const pure = new Array<number>(classes).fill(0);
      let [sum, most] = [0, 0];
      toIndices({ rgba, width, height }, palette).forEach((index, i) => {
        const color = palette.colors[index];
        const off = Math.hypot(...color.map((value, c) => value - rgba[4 * i + c]));
        [sum, most] = [sum + off, Math.max(most, off)];
        if (Math.max(...color) - Math.min(...color) < 24) return;
        for (let k = 0; k < classes; k++) if (like(classColor(k), 24)([...color])) pure[k]++;
      });
      assert(most < 48 && sum / (width * height) < 4, `${most}, ${sum / (width * height)}`);
      // The dot in the legend has its class's colour, if none in the plot.
      assert(Math.min(...pure) > 60, `${pure}`);
    });
  }
}
