import type { Frame, Rgb } from "./canvas.ts";
import type { PlotArea } from "../frame/plot_area.ts";

/** Dots to draw. */
export interface Dots {
  /** Columns, in pixels of the frame. */
  readonly x: Float32Array;
  /** Rows, in pixels of the frame. */
  readonly y: Float32Array;
  /** Which of the colours each dot has. */
  readonly label: ArrayLike<number>;
}

/** Opacity of a dot over another: high, so that dots of several classes stay grains of colour. */
const cover = 0.7;

/** How many dots over one pixel make it fully opaque. */
const fullDepth = 40;

/** How large and how strong a single dot is. */
interface DotStyle {
  /** In pixels. */
  radius: number;
  /** 0 to 1. */
  opacity: number;
  /** A factor on the opacity of them all, however many lie over each other; default 1. */
  pale?: number;
}

/**
 * The style for `count` dots: 500 are as large as bullets, 60,000 are specks that only together make
 * full colour.
 */
export function dotStyle(count: number): DotStyle {
  const many = Math.max(1, count);
  return {
    radius: Math.min(3.2, Math.max(1.2, 8.4 * many ** -0.17)),
    opacity: Math.min(0.9, Math.max(0.35, 3.2 * many ** -0.19)),
  };
}

/**
 * Draws dots so that both their classes and their density show.
 *
 * Two things are gathered for each pixel: an ink, the colours of its dots laid over one another, and
 * a depth, how many dots cover it. The ink is then laid over the frame with an opacity that grows
 * with the logarithm of the depth, so that a crowd of thousands still has a core and a fringe.
 * Dots are taken in steps of the golden ratio through the list: sorted or not, no class lies on top.
 *
 * Only pixels inside `area` are touched. The same dots give the same bytes.
 */
export function drawDots(
  frame: Frame,
  area: PlotArea,
  dots: Dots,
  colors: readonly Rgb[],
  { radius, opacity, pale = 1 }: DotStyle,
): void {
  const { left, top, width, height } = area;
  const count = dots.x.length;
  const reach = radius + 0.5;
  const ink = new Float32Array(width * height * 4);
  const depth = new Float32Array(width * height);
  for (const dot of order(count)) {
    const x = dots.x[dot] - left;
    const y = dots.y[dot] - top;
    const [red, green, blue] = colors[dots.label[dot]];
    const firstColumn = Math.max(0, Math.ceil(x - reach - 0.5));
    const lastColumn = Math.min(width - 1, Math.floor(x + reach - 0.5));
    const lastRow = Math.min(height - 1, Math.floor(y + reach - 0.5));
    for (let row = Math.max(0, Math.ceil(y - reach - 0.5)); row <= lastRow; row++) {
      for (let column = firstColumn; column <= lastColumn; column++) {
        const dx = column + 0.5 - x;
        const dy = row + 0.5 - y;
        const coverage = Math.min(1, reach - Math.sqrt(dx * dx + dy * dy));
        if (coverage <= 0) continue;
        const pixel = row * width + column;
        const over = cover * coverage;
        const at = pixel * 4;
        ink[at] += (red - ink[at]) * over;
        ink[at + 1] += (green - ink[at + 1]) * over;
        ink[at + 2] += (blue - ink[at + 2]) * over;
        ink[at + 3] += (1 - ink[at + 3]) * over;
        depth[pixel] += coverage;
      }
    }
  }
  layInk(frame, area, ink, depth, { opacity, pale });
}

/** Lays the gathered ink over the frame; one dot deep it is as opaque as `opacity`. */
function layInk(
  { rgba, width: stride }: Frame,
  { left, top, width, height }: PlotArea,
  ink: Float32Array,
  depth: Float32Array,
  { opacity, pale }: { opacity: number; pale: number },
): void {
  for (let row = 0, pixel = 0; row < height; row++) {
    for (let column = 0; column < width; column++, pixel++) {
      const deep = depth[pixel];
      if (deep === 0) continue;
      const dense = Math.min(1, Math.log(Math.max(1, deep)) / Math.log(fullDepth));
      const strength = pale * (opacity * Math.min(1, deep) + (1 - opacity) * dense);
      const to = ((top + row) * stride + left + column) * 4;
      for (let c = 0; c < 3; c++) {
        const color = ink[pixel * 4 + c] / ink[pixel * 4 + 3];
        rgba[to + c] = Math.round(rgba[to + c] + (color - rgba[to + c]) * strength);
      }
    }
  }
}

/**
 * The share of dots whose middle lies under a dot of another class, as {@linkcode drawDots} lays them; 0 without dots.
 *
 * @param radius Of the dots, in pixels.
 */
export function hiddenShare(
  { left, top, width, height }: PlotArea,
  { x, y, label }: Dots,
  radius: number,
): number {
  const uppermost = new Int32Array(width * height);
  const middle = (dot: number) =>
    Math.min(height - 1, Math.floor(y[dot] - top)) * width +
    Math.min(width - 1, Math.floor(x[dot] - left));
  for (const dot of order(x.length)) {
    const [across, down] = [x[dot] - left, y[dot] - top];
    const lastRow = Math.min(height - 1, Math.floor(down + radius));
    const lastColumn = Math.min(width - 1, Math.floor(across + radius));
    for (let row = Math.max(0, Math.floor(down - radius)); row <= lastRow; row++) {
      for (let column = Math.max(0, Math.floor(across - radius)); column <= lastColumn; column++) {
        if (Math.hypot(column + 0.5 - across, row + 0.5 - down) > radius) continue;
        uppermost[row * width + column] = label[dot];
      }
    }
    uppermost[middle(dot)] = label[dot];
  }
  let hidden = 0;
  for (let dot = 0; dot < x.length; dot++) if (uppermost[middle(dot)] !== label[dot]) hidden++;
  return hidden / Math.max(1, x.length);
}

/** Dots in the order in which they are laid: in steps of the golden ratio through the list. */
function* order(count: number): Generator<number> {
  const stride = strideFor(count);
  for (let i = 0, dot = 0; i < count; i++, dot = (dot + stride) % count) yield dot;
}

/** The step nearest to the golden section of `count` that has no factor in common with it. */
function strideFor(count: number): number {
  let stride = Math.max(1, Math.round(count * 0.6180339887));
  while (commonFactor(stride, count) > 1) stride++;
  return stride;
}

function commonFactor(a: number, b: number): number {
  return b === 0 ? a : commonFactor(b, a % b);
}
