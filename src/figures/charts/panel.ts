import { type Axis, linearAxis, logAxis, position } from "../frame/axis.ts";
import { fillDisc, type Frame, type Point, white } from "../paint/canvas.ts";
import { fillBand } from "./band.ts";
import { panelLegend } from "./panel_legend.ts";
import { drawAxes, type PlotArea, quiet } from "../frame/plot_area.ts";
import { bandOf, type Panel, type Series, strokeOf, unbroken } from "./series.ts";
import { strokeLine } from "../paint/stroke.ts";
import { drawText, textSize } from "../paint/text.ts";

/** Lines of a panel show every value as a marker where none has more values than these. */
const shortRun = 25;

/**
 * Draws one chart: heading, legend, axes and lines. `area` is the rectangle between the axes, `y` the vertical axis, `heading` the
 * row of its title.
 */
export function drawPanel(
  frame: Frame,
  area: PlotArea,
  panel: Panel,
  y: Axis,
  { xLabel, firstEpoch, heading, legend }: {
    xLabel: string;
    firstEpoch: number;
    heading: number;
    legend: boolean;
  },
): void {
  const { left, top, width, height } = area;
  drawText(frame, panel.title, left, heading, { size: textSize.heading });
  if (legend) panelLegend(panel.series, width).draw(frame, left, heading + 32);

  const x = epochAxis(panel.series, firstEpoch);
  drawAxes(frame, area, { ...x, name: xLabel }, { ...y, name: panel.yLabel });
  const place = (epoch: number, value: number): Point => [
    left + position(x, epoch + firstEpoch) * width,
    top + (1 - position(y, value)) * height,
  ];
  panel.series.forEach((series, i) => {
    for (const run of bandOf(series, panel.log)) {
      const [lower, upper] = [0, 1].map((k) => run.map(([epoch, ends]) => place(epoch, ends[k])));
      fillBand(frame, upper, lower, strokeOf(series, i).color);
    }
  });
  const isLong = panel.series.some(({ values }) => values.length > shortRun);
  panel.series.forEach((series, i) => {
    const style = strokeOf(series, i);
    for (const run of unbroken(series, panel.log)) {
      const points = run.map(([epoch, value]) => place(epoch, value));
      strokeLine(frame, points, style);
      if (isLong && points.length > 1 && !series.bridged) continue;
      for (const [px, py] of points) {
        fillDisc(frame, px, py, 3.6, style.color);
        if (series.dashed) fillDisc(frame, px, py, 2, white);
      }
    }
  });
  if (y.ticks.length === 0) {
    drawText(frame, "no values", left + width / 2, top + height / 2, {
      color: quiet,
      align: "center",
    });
  }
}

/** From the first to the last epoch with a little air; ticks on whole epochs only. */
function epochAxis(series: readonly Series[], first: number): Axis {
  const count = Math.max(1, ...series.map(({ values }) => values.length));
  const air = Math.max(0.4, 0.02 * (count - 1));
  const axis = linearAxis(first - air, first + count - 1 + air, Math.min(8, Math.max(1, count)));
  const ticks = axis.ticks.filter(Number.isInteger);
  return { ...axis, ticks: ticks[0] === 0 && first > 0 ? ticks.slice(1) : ticks };
}

/**
 * A vertical axis around all drawable values. It starts at zero where that costs less than a third of the height, and where all
 * values are the same.
 */
export function valueAxis(all: readonly Series[], log = false): Axis {
  const values = all.flatMap((series) => [
    ...unbroken(series, log).flat(),
    ...bandOf(series, log).flat().flatMap(([epoch, ends]) =>
      ends.map((end): [number, number] => [epoch, end])
    ),
  ]);
  if (values.length === 0) return { min: 0, max: 1, log: false, ticks: [] };
  let [min, max] = [Infinity, -Infinity];
  for (const [, value] of values) [min, max] = [Math.min(min, value), Math.max(max, value)];
  if (log) {
    const air = max > min ? (max / min) ** 0.05 : 2;
    return logAxis(min / air, max * air);
  }
  const air = max > min ? 0.05 * (max - min) : Math.abs(max) * 0.05 || 1;
  const zero = min >= 0 && (min < max / 3 || min === max);
  return linearAxis(zero ? 0 : min - air, max + air);
}
