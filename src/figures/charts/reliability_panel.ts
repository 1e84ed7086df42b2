import { percent } from "../../base/format.ts";
import { type Axis, linearAxis, position } from "../frame/axis.ts";
import { inLines } from "../frame/in_lines.ts";
import { fillRectangle, type Frame, type Rgb } from "../paint/canvas.ts";
import { classColor, tint } from "../paint/palette.ts";
import {
  drawGrid,
  drawTicksBelow,
  drawTicksLeft,
  type PlotArea,
  quiet,
} from "../frame/plot_area.ts";
import { strokeLine, type StrokeStyle } from "../paint/stroke.ts";
import { drawHaloText, drawText, shortenText, textSize, textWidth } from "../paint/text.ts";

/** The samples whose largest probability falls into one interval. */
export interface ReliabilityBin {
  /** Their mean largest probability, 0 to 1. */
  confidence: number;
  /** The share of them predicted right, 0 to 1. */
  accuracy: number;
  /** How many they are; for an empty bin the other two do not count. */
  count: number;
}

/** One diagram of a `reliability` figure. */
export interface ReliabilityPanel {
  /** Its name, such as "λ = 0.5". */
  name: string;
  /** Equal intervals of the largest probability, `[m]`: bin `i` is `i / m` to `(i + 1) / m`. */
  bins: readonly ReliabilityBin[];
  /** Expected calibration error, 0 to 1. */
  ece: number;
  /** Mean largest probability of all samples, 0 to 1. */
  meanConfidence: number;
  /** Share of all samples predicted right, 0 to 1. */
  accuracy: number;
}

const barColor = tint(classColor(0), 0.55);
const levelColor = classColor(0);
const gapColor = tint(classColor(3), 0.4);
const countColor: Rgb = [150, 156, 166];
const diagonal: StrokeStyle = { width: 1.4, color: [90, 94, 102], dash: [5, 4] };

/** Pixels between diagram and histogram. */
export const histogramGap = 16;

/** Pixels of the histogram. */
export const histogramHeight = 84;

/** What the colours of all panels mean. */
const key: readonly { text: string; draw(frame: Frame, left: number, y: number): void }[] = [
  {
    text: "accuracy",
    draw(frame, left, y) {
      fillRectangle(frame, { left, top: y - 6, width: 26, height: 12 }, barColor);
      fillRectangle(frame, { left, top: y - 6, width: 26, height: 2 }, levelColor);
    },
  },
  {
    text: "gap to the mean confidence",
    draw: (frame, left, y) =>
      fillRectangle(frame, { left, top: y - 6, width: 26, height: 12 }, gapColor),
  },
  {
    text: "perfect calibration",
    draw: (frame, left, y) => strokeLine(frame, [[left + 1, y], [left + 25, y]], diagonal),
  },
];

/** Lays the key out in lines of `width` pixels; `draw` puts the middle of the first one at `y`. */
export function reliabilityKey(width: number): {
  lines: number;
  draw(frame: Frame, left: number, y: number): void;
} {
  const texts = key.map(({ text }) => shortenText(text, width - 34));
  // Whole pixels: swatches have sharp edges.
  const places = inLines(texts.map((text) => Math.ceil(34 + textWidth(text))), width, 24);
  return {
    lines: places.at(-1)!.line + 1,
    draw: (frame, left, y) =>
      places.forEach((place, i) => {
        const [x, middle] = [left + place.left, y + 22 * place.line];
        key[i].draw(frame, x, middle);
        drawText(frame, texts[i], x + 34, middle + 5, { color: quiet });
      }),
  };
}

/**
 * Draws one diagram into the square `area`, its name and numbers above it, and below it a histogram
 * of the counts, up to `mostCounted`.
 */
export function drawReliabilityPanel(
  frame: Frame,
  area: PlotArea,
  panel: ReliabilityPanel,
  mostCounted: number,
): void {
  const { left, top, width, height } = area;
  const { name, bins, ece, meanConfidence, accuracy } = panel;
  const title = shortenText(name, width, textSize.heading);
  drawText(frame, title, left, top - 34, { size: textSize.heading });
  const numbers = `accuracy ${inPercent(accuracy)}, mean confidence ${inPercent(meanConfidence)}`;
  drawText(frame, shortenText(numbers, width), left, top - 12, { color: quiet });

  const share = linearAxis(0, 1, 5);
  drawGrid(frame, area, share, share);
  drawTicksLeft(frame, area, share);
  drawUpwards(frame, area, "accuracy");
  drawBars(frame, area, bins);
  strokeLine(frame, [[left + 1, top + height - 1], [left + width - 1, top + 1]], diagonal);
  const size = textSize.heading;
  drawHaloText(frame, `ECE ${inPercent(ece)}`, left + 14, top + 28, { size });

  const below = { ...area, top: top + height + histogramGap, height: histogramHeight };
  const counts = countAxis(mostCounted);
  drawGrid(frame, below, share, counts);
  drawTicksLeft(frame, below, counts);
  drawUpwards(frame, below, "samples");
  drawTicksBelow(frame, below, share);
  drawCounts(frame, below, bins, counts);
  drawText(frame, "confidence", left + width / 2, below.top + below.height + 41, {
    color: quiet,
    align: "center",
  });
}

/** Bars up to the accuracy, their upper end marked, and the gap from there to the confidence. */
function drawBars(frame: Frame, area: PlotArea, bins: readonly ReliabilityBin[]): void {
  const row = (share: number) => area.top + Math.round((1 - share) * area.height);
  const bottom = area.top + area.height;
  bins.forEach(({ confidence, accuracy, count }, i) => {
    if (count === 0) return;
    const columns = columnsOf(area, i, bins.length);
    const bar = (from: number, to: number, color: Rgb) =>
      fillRectangle(frame, { ...columns, top: from, height: to - from }, color);
    const [reached, wanted] = [row(accuracy), row(confidence)];
    bar(reached, bottom, barColor);
    bar(Math.min(reached, wanted), Math.max(reached, wanted), gapColor);
    const line = Math.min(reached, bottom - 2);
    bar(line, line + 2, levelColor);
  });
}

function drawCounts(
  frame: Frame,
  area: PlotArea,
  bins: readonly ReliabilityBin[],
  axis: Axis,
): void {
  bins.forEach(({ count }, i) => {
    if (count === 0) return;
    const height = Math.round(position(axis, count) * area.height);
    const top = area.top + area.height - height;
    fillRectangle(frame, { ...columnsOf(area, i, bins.length), top, height }, countColor);
  });
}

/** A logarithmic axis from just below 1, with at most four powers of ten. */
function countAxis(most: number): Axis {
  const powers = Math.floor(Math.log10(Math.max(1, most)));
  const step = Math.floor(powers / 4) + 1;
  const ticks = Array.from({ length: Math.floor(powers / step) + 1 }, (_, i) => 10 ** (i * step));
  return { min: 0.6, max: 1.6 * Math.max(1, most), log: true, ticks };
}

/** The columns of bin `i` of `count`, with a gap to the next. */
function columnsOf({ left, width }: PlotArea, i: number, count: number) {
  const [from, to] = [i, i + 1].map((n) => left + Math.round(n * width / count));
  return { left: from + 1, width: Math.max(1, to - from - 1) };
}

function drawUpwards(frame: Frame, { left, top, height }: PlotArea, name: string): void {
  drawText(frame, name, left - 62, top + height / 2, {
    color: quiet,
    align: "center",
    upwards: true,
  });
}

/** A share in percent, or a dash where there is none. */
function inPercent(share: number): string {
  return Number.isFinite(share) ? percent(share) : "–";
}
