/** What figures refuse, and in which words. */
import { assertThrows } from "@std/assert";
import { curves } from "../../src/figures/charts/curves.ts";
import { scatter } from "../../src/figures/charts/scatter.ts";
import { matrixMap } from "../../src/figures/charts/matrix_map.ts";
import { reliability } from "../../src/figures/charts/reliability.ts";
import { circleMap } from "../../src/figures/circle_map.ts";
import { sphereMap } from "../../src/figures/sphere_map.ts";
import { densitySurface } from "../../src/figures/density_surface.ts";
import { featureGrid } from "../../src/figures/feature_grid.ts";
import { featureMap, hidesDots } from "../../src/figures/feature_map.ts";
import { featureRange } from "../../src/figures/frame/range.ts";
import { logAxis } from "../../src/figures/frame/axis.ts";
import { newFrame } from "../../src/figures/paint/canvas.ts";
import { GifWriter } from "../../src/figures/paint/gif.ts";
import { encodePng } from "../../src/figures/paint/png.ts";
import { classColor } from "../../src/figures/paint/palette.ts";
import { pullMap } from "../../src/figures/pull_map.ts";
import { sprite } from "../../src/figures/sprite.ts";
import { thumbnailMap } from "../../src/figures/thumbnail_map.ts";

const title = "test";
const classNames = [..."0123456789"];
const range = { xMin: -10, xMax: 10, yMin: -10, yMax: 10 };

// Each figure of one sample that it takes, to be spoilt; any value may be wrong here.
// deno-lint-ignore no-explicit-any
type Spoilt = Record<string, any>;
const sample = { points: new Float32Array(2), labels: Uint8Array.of(0), range };
const map = (more: Spoilt) => featureMap({ ...sample, classNames, title, ...more });
const grid = (cells: Spoilt, more: Spoilt = {}) =>
  featureGrid({ cells: cells as [], classNames, title, ...more });
const cell = (more: Spoilt) => grid([[{ ...sample, ...more }]]);
const surface = (more: Spoilt) =>
  densitySurface({ ...sample, heights: [0.5], angle: 0, classNames, title, ...more });
const ball = (more: Spoilt) =>
  sphereMap({ points, labels: Uint8Array.of(0), angle: 0, classNames, title, ...more });
const circle = (more: Spoilt) => circleMap({ ...sample, classNames, title, ...more });
const images = { images: new Uint8Array(16), height: 4, width: 4, channels: 1 };
const thumbnails = (more: Spoilt) => {
  const points = new Float32Array(3);
  return thumbnailMap({ ...images, points, labels: Uint8Array.of(0), classNames, title, ...more });
};
const sheet = (length: number, side = 1, channels = 1) =>
  sprite({ images: new Uint8Array(length), height: side, width: side, channels });
const bin = { confidence: 0.5, accuracy: 0.5, count: 1 };
const bins = (...bins: Spoilt[]) => {
  const panel = { name: "p", bins: bins as [], ece: 0, meanConfidence: 0.5, accuracy: 0.5 };
  return reliability({ title, panels: [panel] });
};
const matrix = (values: number[], names: string[]) => matrixMap({ values, names, title });
const chart = { title, yLabel: "y", series: [{ name: "s", values: [1] }] };
const gif = (...sizes: number[]) => {
  const writer = new GifWriter();
  for (const size of sizes) writer.add(newFrame(size, 2));
  writer.finish();
};

const half = { width: 2, height: 1, rgba: new Uint8Array(4) };
const endless = { ...range, yMin: -Infinity };
const points = new Float32Array(3);
const centers = new Float32Array(4);
const marks = { points: new Float32Array(4), name: "mark" };
const small = { width: 200, height: 200 };

/** What is refused with a `TypeError`: things that do not fit together. */
const misfits: [what: string, draw: () => void, message: string][] = [
  [
    "sphereMap() points",
    () => ball({ points: new Float32Array(2) }),
    "2 feature values with 1 labels: each label needs three",
  ],
  ["circleMap() points", () => circle({ points }), "3 feature values with 1 labels: each label"],
  [
    "featureMap() points",
    () => map({ points }),
    "3 feature values with 1 labels: each label needs two",
  ],
  [
    "featureMap() centers",
    () => map({ centers }),
    "4 center values for 10 classes: each class needs two",
  ],
  [
    "featureMap() marks",
    () => map({ marks: { ...marks, points } }),
    "Cannot mark 3 feature values: each",
  ],
  [
    "featureMap() labels of marks",
    () => map({ marks: { ...marks, labels: Uint8Array.of(0) } }),
    "Cannot mark 4 feature values with 1 labels",
  ],
  [
    "featureGrid() rows",
    () => grid([[sample], [sample, sample]]),
    "Cannot draw rows of 1 and of 2 cells",
  ],
  [
    "featureGrid() columnTitles",
    () => grid([[sample]], { columnTitles: ["a", "b"] }),
    "Cannot name 1 columns with 2 titles",
  ],
  [
    "featureGrid() rowTitles",
    () => grid([[sample]], { rowTitles: [] }),
    "Cannot name 1 rows with 0 titles",
  ],
  ["featureGrid() points", () => cell({ points }), "each label needs two"],
  ["featureGrid() centers", () => cell({ centers }), "each class needs two"],
  ["densitySurface() points", () => surface({ points }), "each label needs two"],
  [
    "densitySurface() heights",
    () => surface({ heights: [] }),
    "0 heights with 1 labels: each label needs one",
  ],
  [
    "thumbnailMap() points",
    () => thumbnails({ points: centers }),
    "4 feature values with 1 labels: each label needs three",
  ],
  ["thumbnailMap() centers", () => thumbnails({ centers }), "each class needs three"],
  [
    "thumbnailMap() images",
    () => thumbnails({ images: new Uint8Array(32) }),
    "Cannot draw 2 images with 1 labels",
  ],
  [
    "thumbnailMap() half an image",
    () => thumbnails({ images: new Uint8Array(5) }),
    "Cannot read 5 bytes as images of [4, 4, 1]",
  ],
  ["sprite() half an image", () => sheet(5, 2), "Cannot read 5 bytes as images of [2, 2, 1]"],
  [
    "matrixMap() values",
    () => matrix([1, 0], ["a", "b"]),
    "2 values with 2 names: it must be 2 x 2",
  ],
  [
    "featureMap() no range",
    () => map({ range: undefined }),
    "Cannot draw the range undefined: give",
  ],
  ["featureMap() range NaN", () => map({ range: NaN }), "Cannot draw the range NaN: give"],
  ["featureGrid() no range", () => cell({ range: undefined }), "Cannot draw the range undefined"],
  ["densitySurface() no range", () => surface({ range: null }), "Cannot draw the range null"],
  ["hidesDots() no range", () => hidesDots({ ...sample, range: 1 as never }), "the range 1: give"],
  [
    "featureRange() of no list",
    () => featureRange(points as never),
    "Cannot take the range of a Float32Array: give a list of the features of each epoch",
  ],
  ["featureRange() of nothing", () => featureRange(undefined as never), "range of undefined"],
  ["featureMap() title", () => map({ title: undefined }), "its title is undefined; give a text"],
  ["featureMap() subtitle", () => map({ subtitle: 5 }), "its subtitle is 5; give a text"],
  ["GifWriter frames", () => gif(2, 3), "3 x 2 pixels into a GIF of 2 x 2"],
  ["GifWriter bytes", () => new GifWriter().add(half), "of 2 x 1 pixels: rgba has 4 bytes"],
  ["encodePng() no bytes", () => encodePng({ width: 2, height: 1 } as never), "rgba has 0 bytes"],
  ["encodePng() bytes", () => encodePng(half), "of 2 x 1 pixels: rgba has 4 bytes"],
];

/** What is refused with a `RangeError`: values that cannot be drawn. */
const strays: typeof misfits = [
  ["sphereMap() angle", () => ball({ angle: NaN }), "Cannot look from azimuth NaN, elevation 20"],
  ["sphereMap() size", () => ball({ size: small }), "Cannot draw a sphere map of 200 x 200 pixels"],
  ["circleMap() radius", () => circle({ radius: 0 }), "a circle map with radius 0: it must be"],
  ["circleMap() most", () => circle({ most: NaN }), "a circle map with most NaN: it must be"],
  ["circleMap() bins", () => circle({ bins: 1.5 }), "a circle map of 1.5 bins: give a whole"],
  [
    "featureMap() label",
    () => map({ labels: Int32Array.of(10) }),
    "label 10: there are 10 class names",
  ],
  [
    "featureMap() label of a mark",
    () => map({ marks: { ...marks, labels: Int32Array.of(0, -1) } }),
    "label -1: there are 10 class names",
  ],
  ["featureMap() range", () => map({ range: endless }), "all borders must be finite"],
  [
    "featureMap() half a range",
    () => map({ range: { xMin: 0, xMax: 1 } }),
    "xMin 0, xMax 1, yMin undefined, yMax undefined: all borders must be finite",
  ],
  [
    "featureMap() range the wrong way round",
    () => map({ range: { ...range, xMin: 11 } }),
    "xMin 11, xMax 10, yMin -10, yMax 10: no min may be above its max",
  ],
  [
    "featureMap() label with a fraction",
    () => map({ labels: [0.5] }),
    "label 0.5: there are 10 class names",
  ],
  [
    "featureMap() size",
    () => map({ size: small }),
    "a feature map of 200 x 200 pixels: it needs at least 320 x 240",
  ],
  ["featureGrid() nothing", () => grid([]), "Cannot draw a grid without cells: give at least one"],
  ["featureGrid() empty rows", () => grid([[], [undefined]]), "Cannot draw a grid without cells"],
  [
    "featureGrid() cellSize",
    () => grid([[sample]], { cellSize: 79 }),
    "Cannot draw cells of 79 pixels",
  ],
  [
    "featureGrid() cellSize NaN",
    () => grid([[sample]], { cellSize: NaN }),
    "Cannot draw cells of NaN pixels",
  ],
  ["featureGrid() label", () => cell({ labels: Int32Array.of(-1) }), "Cannot draw label -1"],
  ["featureGrid() range", () => cell({ range: endless }), "all borders must be finite"],
  [
    "densitySurface() height",
    () => surface({ heights: [1.01] }),
    "probability 1.01 as a height: it must lie from 0 to 1",
  ],
  [
    "densitySurface() infinite height",
    () => surface({ heights: [-Infinity] }),
    "it must lie from 0 to 1",
  ],
  [
    "densitySurface() angle",
    () => surface({ angle: NaN }),
    "azimuth NaN, elevation 24: both must be finite",
  ],
  ["densitySurface() elevation", () => surface({ elevation: Infinity }), "both must be finite"],
  ["densitySurface() label", () => surface({ labels: Uint8Array.of(10) }), "Cannot draw label 10"],
  ["densitySurface() range", () => surface({ range: endless }), "all borders must be finite"],
  ["densitySurface() size", () => surface({ size: small }), "it needs at least 348 x 296"],
  [
    "thumbnailMap() channels",
    () => thumbnails({ channels: 2 }),
    "images of 2 channels: it must be 1 or 3",
  ],
  ["thumbnailMap() label", () => thumbnails({ labels: Uint8Array.of(10) }), "Cannot draw label 10"],
  [
    "thumbnailMap() view",
    () => thumbnails({ view: { azimuth: NaN, elevation: 0 } }),
    "both must be finite",
  ],
  ["thumbnailMap() size", () => thumbnails({ size: small }), "it needs at least 414 x 356"],
  ["sprite() nothing", () => sheet(0), "a sprite of 0 images"],
  ["sprite() channels", () => sheet(2, 1, 2), "it must be 1 or 3"],
  ["sprite() size", () => sheet(2 * 4097 ** 2, 4097), "a side holds 8192 pixels"],
  ["curves() nothing", () => curves({ title, panels: [] }), "Cannot draw curves without panels"],
  [
    "scatter() nothing",
    () => scatter({ title, panels: [], xLabel: "x", yLabel: "y" }),
    "Cannot draw a scatter plot without panels",
  ],
  [
    "scatter() size",
    () =>
      scatter({ title, panels: [{ title, series: [] }], xLabel: "x", yLabel: "y", size: small }),
    "make the frame larger",
  ],
  ["curves() size", () => curves({ title, panels: [chart], size: small }), "make the frame larger"],
  ["matrixMap() nothing", () => matrix([], []), "Cannot draw a matrix without names"],
  [
    "matrixMap() value",
    () => matrix([1.01], ["a"]),
    "the correlation 1.01: it must lie from -1 to 1",
  ],
  ["matrixMap() infinity", () => matrix([-Infinity], ["a"]), "the correlation -Infinity"],
  [
    "reliability() nothing",
    () => reliability({ title, panels: [] }),
    "Cannot draw reliability without panels",
  ],
  ["reliability() no bins", () => bins(), "Cannot draw the reliability of p without bins"],
  [
    "reliability() side",
    () => reliability({ title, panels: [chart as never], side: 159 }),
    "a diagram of 159 pixels: it needs at least 160",
  ],
  [
    "reliability() part of a pixel",
    () => reliability({ title, panels: [chart as never], side: 200.5 }),
    "a diagram of 200.5 pixels",
  ],
  [
    "reliability() count below 0",
    () => bins({ ...bin, count: -1 }),
    "Cannot draw a bin of -1 samples",
  ],
  [
    "reliability() count 0.5",
    () => bins({ ...bin, count: 0.5 }),
    "Cannot draw a bin of 0.5 samples",
  ],
  [
    "reliability() count NaN",
    () => bins({ ...bin, count: NaN }),
    "Cannot draw a bin of NaN samples",
  ],
  [
    "reliability() accuracy",
    () => bins({ ...bin, accuracy: 1.1 }),
    "Cannot draw the share 1.1 of p",
  ],
  ["reliability() confidence", () => bins({ ...bin, confidence: NaN }), "it must lie from 0 to 1"],
  [
    "GifWriter width",
    () => gif(65536),
    "65536 x 2 pixels: sides are whole numbers from 1 to 65535",
  ],
  [
    "GifWriter delay",
    () => new GifWriter({ delay: -1 }),
    "with delay -1: it must be from 0 to 655350",
  ],
  ["GifWriter lastDelay", () => new GifWriter({ lastDelay: 655351 }), "with lastDelay 655351"],
  [
    "encodePng() width",
    () => encodePng({ ...half, width: 0.5 }),
    "Cannot encode a frame of 0.5 x 1",
  ],
  ["GifWriter no frames", () => gif(), "Cannot encode a GIF without frames"],
  ["classColor() below 0", () => classColor(-1), "Cannot colour class -1"],
  ["classColor() part of a class", () => classColor(0.5), "Cannot colour class 0.5"],
  ["logAxis() from 0", () => logAxis(0, 1), "must be positive"],
  ["newFrame() empty", () => newFrame(0, 4), "a frame of 0 x 4 pixels"],
];

for (const [what, draw, message] of misfits) {
  Deno.test(`${what} that do not fit are refused`, () => {
    assertThrows(draw, TypeError, message);
  });
}

for (const [what, draw, message] of strays) {
  Deno.test(`${what} is refused`, () => {
    assertThrows(draw, RangeError, message);
  });
}

Deno.test("what leaves its range by rounding is drawn", () => {
  surface({ heights: [1 + 1e-4] });
  matrix([1 + 1e-9], ["a"]);
  bins({ ...bin, accuracy: 1 + 1e-4 });
});

Deno.test("pullMap() refuses values and pulls that are not one for each place", () => {
  const given = { side: 3, reach: 1, places: [], title, values: new Float32Array(9) };
  const message = "Cannot draw pulls on 3x3 places: there are 9 values and 9 numbers of pulls";
  assertThrows(() => pullMap({ ...given, pulls: new Float32Array(9) }), TypeError, message);
});
