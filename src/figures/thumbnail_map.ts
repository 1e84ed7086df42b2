import { drawBox } from "./frame/box_axes.ts";
import { drawHeading, type Heading } from "./frame/heading.ts";
import { drawLegend } from "./frame/legend.ts";
import { insideOf } from "./frame/margin.ts";
import { boxAround, fittedTo, perspectiveOn, type Point3, type View } from "./frame/perspective.ts";
import { nearness, onFloor, type Placed, placeIn } from "./frame/placed.ts";
import { drawRemarks, remarks } from "./frame/remarks.ts";
import { checkSamples } from "./frame/samples.ts";
import { centerSymbol, drawCenter } from "./frame/symbols.ts";
import { type Frame, newFrame, type Rgb } from "./paint/canvas.ts";
import { classColor, tint } from "./paint/palette.ts";
import { drawDots } from "./paint/dots.ts";
import { countImages, drawThumbnail, type Images } from "./paint/thumbnail.ts";

/** What {@linkcode thumbnailMap} draws: the images themselves, and where they belong. */
export interface ThumbnailMapOptions extends Images, Heading {
  /** Three features of each sample, `[n, 3]` row by row, such as its principal components. */
  points: Float32Array;
  /** The class of each sample, `[n]`. */
  labels: Uint8Array | Int32Array;
  /** Class centers, `[classes, 3]` row by row. */
  centers?: Float32Array;
  /** Names for the legend, `[classes]`. */
  classNames: readonly string[];
  /** Names of the axes; default "feature 1" to "feature 3". */
  axisLabels?: readonly [string, string, string];
  /** Where the eye is; default 52 degrees to the left of the first axis's end, 20 above. */
  view?: View;
  /** Pixels; default 1240 wide, and 1000 high or less, where the features lie flat. */
  size?: { width: number; height: number };
}

/** Room around the box: title above, numbers and names of the axes, legend at the right. */
const margin = { left: 64, top: 92, right: 150, bottom: 64 };

const largest = { width: 1240, height: 1000 };

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
 * import { thumbnailMap } from "../../figures.ts";
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
 * assertEquals(frame.width, 1240);
 * ```
 */
export function thumbnailMap(options: ThumbnailMapOptions): Frame {
  const { points, labels, centers, classNames } = options;
  const { view = { azimuth: -52, elevation: 20 } } = options;
  const { axisLabels = ["feature 1", "feature 2", "feature 3"] } = options;
  check(options);
  const box = boxAround(points);
  const { size = fittedTo(largest, margin, box, [view]) } = options;
  const area = insideOf(size, margin, 200, "a thumbnail map");
  const frame = newFrame(size.width, size.height);
  const perspective = perspectiveOn(area, box, view);
  drawBox(frame, perspective, axisLabels);

  const colors = classNames.map((_, k) => classColor(k));
  const place = (points: Float32Array) =>
    placeIn(perspective, points.length / 3, (i): Point3 => {
      return [points[3 * i], points[3 * i + 1], points[3 * i + 2]];
    });
  const samples = place(points);
  // Pale spots on the floor tell where in the depth a cluster is.
  const spots = onFloor(perspective, samples.placed, labels, perspective.floor);
  const pale = colors.map((color) => tint(color, 0.22));
  drawDots(frame, area, spots, pale, { radius: 3, opacity: 0.35 });
  drawImages(frame, samples.placed, options, colors);
  const middles = centers && place(centers);
  for (const { x, y, scale } of middles?.placed ?? []) {
    drawCenter(frame, x, y, 0.8 * scale);
  }

  drawHeading(frame, margin.left, options);
  drawLegend(frame, area, margin.right, classNames, centers ? [centerSymbol] : []);
  drawRemarks(frame, remarks(labels.length, samples, middles), 20);
  return frame;
}

function drawImages(
  frame: Frame,
  samples: readonly Placed[],
  options: ThumbnailMapOptions,
  colors: readonly Rgb[],
): void {
  const { labels } = options;
  const near = nearness(samples);
  const size = sizeFor(samples);
  const counts = new Float64Array(colors.length), drawn = new Float64Array(colors.length);
  for (const { index } of samples) counts[labels[index]]++;
  samples.forEach(({ index, x, y, scale }, i) => {
    const label = labels[index];
    const rank = ++drawn[label] / counts[label];
    drawThumbnail(frame, options, index, {
      x,
      y,
      size: size * scale,
      color: colors[label],
      strength: from(farStrength, near[i]) * from(hindStrength, rank ** 3),
    });
  });
}

/** Between `least` and 1. */
function from(least: number, part: number): number {
  return least + (1 - least) * part;
}

/**
 * Pixels of a thumbnail in the middle of the box: 200 are stamps, 10,000 just legible. In clusters so
 * tight that most of the frame stays empty they are larger: there only the foremost can be read.
 */
function sizeFor(samples: readonly Placed[]): number {
  const places = new Set(
    samples.map(({ x, y }) => `${Math.floor(x / 12)} ${Math.floor(y / 12)}`),
  );
  const tight = Math.min(1.5, Math.max(1, (500 / places.size) ** 0.25));
  return Math.min(34, tight * Math.max(15, 150 * samples.length ** -0.25));
}

function check(options: ThumbnailMapOptions): void {
  checkSamples(options, options.classNames, 3);
  const [images, labels] = [countImages(options), options.labels.length];
  if (images !== labels) {
    throw new TypeError(`Cannot draw ${images} images with ${labels} labels: each label needs one`);
  }
}
