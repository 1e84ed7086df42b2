import { type Frame, newFrame, type Rgb } from "./paint/canvas.ts";
import { centerSymbol, drawCenter } from "./frame/center.ts";
import { drawLegend } from "./frame/legend.ts";
import { classColor, tint } from "./paint/palette.ts";
import { type PlotArea, quiet } from "./frame/plot_area.ts";
import { type Hidden, remarks } from "./frame/remarks.ts";
import { drawDots } from "./paint/scatter.ts";
import {
  boxAround,
  type Point3,
  type Seen,
  type Space,
  spaceIn,
  type View,
} from "./frame/space.ts";
import { drawSpace } from "./frame/space_axes.ts";
import { drawText, fitText, textSize } from "./paint/text.ts";
import { drawThumbnail, type Images } from "./paint/thumbnail.ts";

/** What {@linkcode thumbnailMap} draws: the images themselves, and where they belong. */
export interface ThumbnailMapOptions extends Images {
  /** Three features of each sample, `[n, 3]` row by row, such as its main components. */
  points: Float32Array;
  /** The class of each sample, `[n]`. */
  labels: Uint8Array | Int32Array;
  /** Class centres, `[classes, 3]` row by row. */
  centers?: Float32Array;
  /** Names for the legend, `[classes]`. */
  classNames: readonly string[];
  /** First line above the plot, such as "cent-mnist-128 · paper · epoch 100 of 100". */
  title: string;
  /** Second line. */
  subtitle?: string;
  /** Names of the axes; default "feature 1" to "feature 3". */
  axisLabels?: readonly [string, string, string];
  /** Where the eye is; default 52 degrees to the left of the first axis's end, 20 above. */
  view?: View;
  /** Pixels; default 1240 x 1000. */
  size?: { width: number; height: number };
}

/** Room around the box: title above, numbers and names of the axes, legend at the right. */
const margin = { left: 64, top: 92, right: 150, bottom: 64 };

/** How strong the colour of the farthest of all samples is; the nearest has all of it. */
const farStrength = 0.62;

/** The same by rank among the samples of a class, so that the foremost of a tight cluster stand out. */
const hindStrength = 0.62;

/**
 * Draws samples as thumbnails of their images in a space of three features, in perspective.
 *
 * The strokes of grey images are painted in their class's colour; colour images get a frame of it.
 * What is nearer is larger, stronger in colour, among all and among its class, and covers what is behind it. Pale spots on the
 * floor lie straight below the samples. All axes have one scale. Of a few extreme samples those
 * beyond the box, and those that are not finite, are left out and counted in a note. Equal input
 * gives equal bytes.
 *
 * Throws a `TypeError` where lengths do not fit together, and a `RangeError` for a label without a
 * class name, channels other than 1 and 3, a view that is not finite, or a size without room.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 *
 * const frame = thumbnailMap({
 *   points: Float32Array.of(0, 0, 0, 1, 1, 1),
 *   labels: Uint8Array.of(0, 1),
 *   images: new Uint8Array(2 * 8 * 8).fill(255),
 *   height: 8,
 *   width: 8,
 *   channels: 1,
 *   classNames: ["zero", "one"],
 *   title: "two squares",
 * });
 * assertEquals([frame.width, frame.height], [1240, 1000]);
 * ```
 */
export function thumbnailMap(options: ThumbnailMapOptions): Frame {
  const { points, labels, centers, classNames, title, subtitle } = options;
  const view = options.view ?? { azimuth: -52, elevation: 20 };
  check(options, view);
  const { width, height } = options.size ?? { width: 1240, height: 1000 };
  const area = plotArea(width, height);
  const frame = newFrame(width, height);
  const space = spaceIn(area, boxAround(points), view);
  drawSpace(frame, space, options.axisLabels ?? ["feature 1", "feature 2", "feature 3"]);
  const colors = classNames.map((_, k) => classColor(k));
  const shown = place(points, space);
  drawShadows(frame, area, space, shown.samples, labels, colors);
  drawImages(frame, shown.samples, options, colors);
  const middle = centers && place(centers, space);
  for (const { seen: { x, y, scale } } of middle?.samples ?? []) {
    drawCenter(frame, x, y, 0.8 * scale);
  }
  const room = width - margin.left - 16;
  drawText(frame, fitText(title, room, textSize.title), margin.left, 38, { size: textSize.title });
  if (subtitle) drawText(frame, fitText(subtitle, room), margin.left, 64, { color: quiet });
  const left = width - margin.right + 20;
  drawLegend(
    frame,
    { left, top: area.top, width: width - left - 12, height: area.height },
    classNames,
    centers ? [centerSymbol] : [],
  );
  drawText(frame, remarks(labels.length, shown, middle), width - 16, height - 20, {
    size: textSize.small,
    color: quiet,
    align: "right",
  });
  return frame;
}

/** A sample in the box. */
interface Sample {
  readonly index: number;
  readonly point: Point3;
  readonly seen: Seen;
}

/** Samples that can be shown, the farthest first. */
function place(points: Float32Array, space: Space): Hidden & { samples: Sample[] } {
  const { low, high } = space.box;
  const samples: Sample[] = [];
  let [outside, notFinite] = [0, 0];
  for (let index = 0; 3 * index < points.length; index++) {
    const point: Point3 = [points[3 * index], points[3 * index + 1], points[3 * index + 2]];
    if (!point.every(Number.isFinite)) notFinite++;
    else if (!point.every((v, k) => v >= low[k] && v <= high[k])) outside++;
    else samples.push({ index, point, seen: space.see(point) });
  }
  samples.sort((a, b) => a.seen.scale - b.seen.scale || a.index - b.index);
  return { samples, outside, notFinite };
}

/** Draws pale spots on the floor below the samples: they tell where in the depth a cluster is. */
function drawShadows(
  frame: Frame,
  area: PlotArea,
  space: Space,
  samples: readonly Sample[],
  labels: ArrayLike<number>,
  colors: readonly Rgb[],
): void {
  if (samples.length === 0) return;
  const floor = space.box[space.towards[2] >= 0 ? "low" : "high"][2];
  const seen = samples.map(({ point: [x, y] }) => space.see([x, y, floor]));
  const dots = {
    x: Float32Array.from(seen, ({ x }) => x),
    y: Float32Array.from(seen, ({ y }) => y),
    label: samples.map(({ index }) => labels[index]),
  };
  const pale = colors.map((color) => tint(color, 0.22));
  drawDots(frame, area, dots, pale, { radius: 3, opacity: 0.35 });
}

function drawImages(
  frame: Frame,
  samples: readonly Sample[],
  options: ThumbnailMapOptions,
  colors: readonly Rgb[],
): void {
  const { labels } = options;
  const [far, near] = [samples[0]?.seen.scale, samples.at(-1)?.seen.scale ?? 1];
  const size = sizeFor(samples);
  const counts = new Float64Array(colors.length), drawn = new Float64Array(colors.length);
  for (const { index } of samples) counts[labels[index]]++;
  for (const { index, seen: { x, y, scale } } of samples) {
    const label = labels[index];
    const depth = near > far ? (scale - far) / (near - far) : 1;
    const rank = ++drawn[label] / counts[label];
    drawThumbnail(frame, options, index, {
      x,
      y,
      size: size * scale,
      color: colors[label],
      strength: from(farStrength, depth) * from(hindStrength, rank ** 3),
    });
  }
}

/** Between `least` and 1. */
function from(least: number, part: number): number {
  return least + (1 - least) * part;
}

/**
 * Pixels of a thumbnail in the middle of the box: 200 are stamps, 10,000 just legible. In clusters so
 * tight that most of the frame stays empty they are larger: there only the foremost can be read.
 */
function sizeFor(samples: readonly Sample[]): number {
  const places = new Set(
    samples.map(({ seen }) => `${Math.floor(seen.x / 12)} ${Math.floor(seen.y / 12)}`),
  );
  const tight = Math.min(1.5, Math.max(1, (500 / places.size) ** 0.25));
  return Math.min(34, tight * Math.max(15, 150 * samples.length ** -0.25));
}

function plotArea(width: number, height: number): PlotArea {
  const area = {
    left: margin.left,
    top: margin.top,
    width: width - margin.left - margin.right,
    height: height - margin.top - margin.bottom,
  };
  if (!(Math.min(area.width, area.height) >= 200)) {
    throw new RangeError(
      `Cannot draw a thumbnail map of ${width} x ${height} pixels: it needs at least 414 x 356`,
    );
  }
  return area;
}

function check(options: ThumbnailMapOptions, view: View): void {
  const { points, labels, centers, classNames, images, height, width, channels } = options;
  const count = labels.length;
  if (points.length !== 3 * count) {
    throw new TypeError(
      `Cannot draw ${points.length} feature values with ${count} labels: each label needs three`,
    );
  }
  if (channels !== 1 && channels !== 3) {
    throw new RangeError(`Cannot show images of ${channels} channels: it must be 1 or 3`);
  }
  if (images.length !== count * height * width * channels) {
    throw new TypeError(
      `Cannot read ${images.length} bytes as [${count}, ${height}, ${width}, ${channels}] images`,
    );
  }
  if (centers && centers.length !== 3 * classNames.length) {
    throw new TypeError(
      `Cannot draw ${centers.length} center values for ${classNames.length} classes: ` +
        `each class needs three`,
    );
  }
  const stray = labels.find((label) => label < 0 || label >= classNames.length);
  if (stray !== undefined) {
    throw new RangeError(`Cannot draw label ${stray}: there are ${classNames.length} class names`);
  }
  if (!Number.isFinite(view.azimuth) || !Number.isFinite(view.elevation)) {
    throw new RangeError(
      `Cannot look from azimuth ${view.azimuth}, elevation ${view.elevation}: both must be finite`,
    );
  }
}
