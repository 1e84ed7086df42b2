import { directionsOf, meanDirections } from "./frame/directions.ts";
import { drawNames } from "./frame/class_labels.ts";
import { drawHeading, type Heading } from "./frame/heading.ts";
import { drawLegend } from "./frame/legend.ts";
import { insideOf } from "./frame/margin.ts";
import { type PlotArea, quiet } from "./frame/plot_area.ts";
import { drawRemarks, remarks } from "./frame/remarks.ts";
import { checkSamples, type Samples } from "./frame/samples.ts";
import { centerSymbol, drawCenter } from "./frame/symbols.ts";
import { blendPixel, type Frame, newFrame, type Rgb } from "./paint/canvas.ts";
import { dotStyle, drawDots } from "./paint/dots.ts";
import { hairline } from "./paint/hairline.ts";
import { classColor } from "./paint/palette.ts";
import { drawText, textSize } from "./paint/text.ts";

/** What {@linkcode circleMap} draws. */
export interface CircleMapOptions extends Omit<Samples, "range">, Heading {
  /** Names for the legend, `[classes]`. */
  classNames: readonly string[];
  /** The length of features that the circle stands for; default: as long as 99 of 100 samples are at the most. */
  radius?: number;
  /** The share of all samples that the longest bar may stand for; default: that of the fullest bin. */
  most?: number;
  /** Bins around the circle; default 180, two degrees each. */
  bins?: number;
  /** Pixels; default 880 x 800. */
  size?: { width: number; height: number };
}

/** Room around the picture: title above, legend at the right. */
const margin = { left: 40, top: 84, right: 136, bottom: 40 };

/** Parts of half the side of the plot: the circle, where bars begin, where the longest ends, and the numbers of degrees. */
const parts = { circle: 0.58, bars: 0.605, end: 0.9, degrees: 0.955 };

const line: Rgb = [222, 224, 229], rim: Rgb = [150, 154, 162];

/**
 * Draws two features of each sample by their direction, as a loss on the angle sees them: within a circle the features
 * themselves, on it their directions, and around it how many samples of each class have which.
 *
 * Bars are as long as the share of samples in their bin, stacked by class. Samples longer than the circle's radius stand at
 * their direction on the circle alone. Those that are not finite or have no length have no direction: they are left out and
 * counted. Frames of an animation that share `radius` and `most` can be compared. Equal input gives equal bytes.
 *
 * Throws a `TypeError` where lengths do not fit together, and a `RangeError` for a label without a class name, a radius, share
 * or number of bins that is not positive, or a size without room.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { circleMap } from "../../figures.ts";
 *
 * const frame = circleMap({
 *   points: Float32Array.of(1, 0, 0, 2),
 *   labels: Uint8Array.of(0, 1),
 *   classNames: ["zero", "one"],
 *   title: "two directions",
 * });
 * assertEquals([frame.width, frame.height], [880, 800]);
 * ```
 */
export function circleMap(options: CircleMapOptions): Frame {
  const { points, labels, centers, classNames, bins = 180 } = options;
  const { size = { width: 880, height: 800 } } = options;
  checkSamples(options, classNames);
  const shown = directionsOf(points, 2);
  const { radius = longestFeature(points), most = fullestBin(options) } = options;
  check({ radius, most, bins });
  const counts = histogram(
    shown.units,
    Array.from(shown.index, (i) => labels[i]),
    classNames,
    bins,
  );
  const free = insideOf(size, margin, 160, "a circle map");
  const side = Math.min(free.width, free.height), area = { ...free, width: side, height: side };
  const frame = newFrame(size.width, size.height), half = side / 2;
  const place = (x: number, y: number, part: number) =>
    [area.left + half + x * part * half, area.top + half - y * part * half] as const;

  const colors = classNames.map((_, k) => classColor(k));
  drawRing(frame, area, half, parts.end, line);
  drawDegrees(frame, place);
  drawBars(frame, area, half, counts, colors, labels.length * most);
  for (const [x, y] of [[1, 0], [0, 1]]) {
    hairline(frame, [...place(-x, -y, parts.circle)], [...place(x, y, parts.circle)], line);
  }
  drawRing(frame, area, half, parts.circle, rim);
  const dots = (part: (i: number) => number, kept: number[]) => {
    const at = kept.map((i) => place(shown.units[2 * i], shown.units[2 * i + 1], part(i)));
    return {
      x: Float32Array.from(at, ([x]) => x),
      y: Float32Array.from(at, ([, y]) => y),
      label: kept.map((i) => labels[shown.index[i]]),
    };
  };
  const all = Array.from(shown.index, (_, i) => i), style = dotStyle(labels.length);
  const within = all.filter((i) => shown.lengths[i] < radius);
  drawDots(
    frame,
    area,
    dots((i) => parts.circle * shown.lengths[i] / radius, within),
    colors,
    style,
  );
  drawDots(frame, area, dots(() => parts.circle, all), colors, style);
  if (centers) drawCenters(frame, place, centers, radius);

  const means = directionsOf(meanDirections(shown, labels, classNames.length, 2), 2);
  drawNames(
    frame,
    area,
    Array.from(means.index, (k, i) => {
      const [x, y] = place(means.units[2 * i], means.units[2 * i + 1], parts.circle - 0.05);
      return { name: classNames[k], x, y };
    }),
  );
  drawHeading(frame, margin.left, options);
  drawLegend(frame, area, margin.right, classNames, centers ? [centerSymbol] : []);
  const scale = `outer ring: ${percentOf(most)} of the samples in ${round(360 / bins)}°`;
  const left = remarks(labels.length, shown);
  drawRemarks(frame, left ? `${left} · ${scale}` : scale, 16);
  return frame;
}

/** Samples of each class in each bin, `[bins, classes]`; bin 0 begins at angle 0, counter-clockwise. */
function histogram(
  units: Float64Array,
  labels: readonly number[],
  classNames: readonly string[],
  bins: number,
): Float64Array[] {
  const counts = Array.from({ length: Math.max(1, bins | 0) }, () => {
    return new Float64Array(classNames.length);
  });
  labels.forEach((label, i) =>
    counts[binOf(units[2 * i], units[2 * i + 1], counts.length)][label]++
  );
  return counts;
}

function binOf(x: number, y: number, bins: number): number {
  const turns = Math.atan2(y, x) / (2 * Math.PI);
  return Math.floor((turns - Math.floor(turns)) * bins) % bins;
}

/**
 * The length that 99 of 100 features `[n, 2]` have at the most; 1 where there is none. Features that are not finite or have no
 * length do not count.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { longestFeature } from "../../figures.ts";
 *
 * assertEquals(longestFeature([3, 4, 6, 8, 0, 0, NaN, 1]), 10);
 * ```
 */
export function longestFeature(points: ArrayLike<number>): number {
  const { lengths } = directionsOf(points, 2);
  return lengths.toSorted()[Math.floor(0.99 * lengths.length)] || 1;
}

/**
 * The largest share of all samples in a bin of a {@linkcode circleMap}, but that of one sample at least.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { fullestBin } from "../../figures.ts";
 *
 * const points = [1, 0.5, 2, 2, -1, 0.5, -1, -1]; // two in the first quarter of the circle, one in each of the next two
 * const samples = { points: Float32Array.from(points), labels: Uint8Array.of(0, 0, 1, 1) };
 * assertEquals(fullestBin({ ...samples, bins: 4 }), 2 / 4);
 * ```
 */
export function fullestBin(
  { points, labels, bins = 180 }: Pick<CircleMapOptions, "points" | "labels" | "bins">,
): number {
  const { units, index } = directionsOf(points, 2),
    counts = new Float64Array(Math.max(1, bins | 0));
  index.forEach((_, i) => counts[binOf(units[2 * i], units[2 * i + 1], counts.length)]++);
  return Math.max(1, ...counts) / Math.max(1, labels.length);
}

function check({ radius, most, bins }: Record<"radius" | "most" | "bins", number>): void {
  for (const [name, value] of Object.entries({ radius, most })) {
    if (value > 0 && value < Infinity) continue;
    throw new RangeError(`Cannot draw a circle map with ${name} ${value}: it must be above 0`);
  }
  if (Number.isInteger(bins) && bins >= 1 && bins <= 3600) return;
  throw new RangeError(
    `Cannot draw a circle map of ${bins} bins: give a whole number from 1 to 3600`,
  );
}

type Place = (x: number, y: number, part: number) => readonly [x: number, y: number];

/** A thin circle. */
function drawRing(
  frame: Frame,
  { left, top }: PlotArea,
  half: number,
  part: number,
  color: Rgb,
) {
  const radius = part * half, reach = radius + 1;
  for (let row = Math.floor(half - reach); row < half + reach; row++) {
    // Two short pieces of a row hold the ring.
    const [y, inner] = [Math.abs(row + 0.5 - half), radius - 1];
    const outside = Math.sqrt(Math.max(0, reach ** 2 - y ** 2));
    const inside = y < inner ? Math.sqrt(inner ** 2 - y ** 2) : 0;
    for (let column = Math.floor(half - outside); column < half + outside; column++) {
      if (Math.abs(column + 0.5 - half) < inside) continue;
      const share = 1 - Math.abs(Math.hypot(column + 0.5 - half, y) - radius);
      if (share > 0) blendPixel(frame, left + column, top + row, color, share);
    }
  }
}

/** Bars around the circle; each pixel takes the mean of four places. */
function drawBars(
  frame: Frame,
  { left, top, width }: PlotArea,
  half: number,
  counts: readonly Float64Array[],
  colors: readonly Rgb[],
  full: number,
): void {
  const [start, length] = [parts.bars * half, (parts.end - parts.bars) * half];
  for (let row = 0; row < width; row++) {
    for (let column = 0; column < width; column++) {
      const from = Math.hypot(column + 0.5 - half, row + 0.5 - half);
      if (from < start - 1 || from > start + length + 1) continue;
      const mean = [0, 0, 0];
      let covered = 0;
      for (const [dx, dy] of [[0.25, 0.25], [0.75, 0.25], [0.25, 0.75], [0.75, 0.75]]) {
        const [x, y] = [column + dx - half, half - row - dy];
        const height = (Math.hypot(x, y) - start) / length * full;
        if (height < 0 || height > full) continue;
        const own = counts[binOf(x, y, counts.length)];
        let [k, sum] = [0, own[0]];
        while (sum <= height && ++k < own.length) sum += own[k];
        if (k >= own.length) continue;
        for (let c = 0; c < 3; c++) mean[c] += colors[k][c];
        covered++;
      }
      if (covered === 0) continue;
      const color = mean.map((sum) => sum / covered) as unknown as Rgb;
      blendPixel(frame, left + column, top + row, color, covered / 4);
    }
  }
}

function drawDegrees(frame: Frame, place: Place): void {
  for (let degrees = 0; degrees < 360; degrees += 30) {
    const angle = degrees * Math.PI / 180, [u, v] = [Math.cos(angle), Math.sin(angle)];
    hairline(frame, [...place(u, v, parts.end)], [...place(u, v, parts.end + 0.015)], rim);
    const [x, y] = place(u, v, parts.degrees);
    drawText(frame, `${degrees}°`, x, y + 4, {
      size: textSize.small,
      color: quiet,
      align: "center",
    });
  }
}

/** Those within the circle. */
function drawCenters(frame: Frame, place: Place, centers: Float32Array, radius: number): void {
  for (let k = 0; k < centers.length; k += 2) {
    const [u, v] = [centers[k] / radius, centers[k + 1] / radius];
    if (Math.hypot(u, v) <= 1) drawCenter(frame, ...place(u, v, parts.circle));
  }
}

function percentOf(share: number): string {
  return `${Number((100 * share).toPrecision(2))} %`;
}

function round(value: number): string {
  return `${Number(value.toPrecision(3))}`;
}
