import type { PlotArea } from "./plot_area.ts";

/** Room around a plot, in pixels. */
interface Margin {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/**
 * The part of a frame that its margins leave free. Throws a `RangeError` where that is less than `least`
 * pixels wide or high.
 *
 * @param what The figure, such as "a feature map".
 */
export function insideOf(
  { width, height }: { width: number; height: number },
  { left, top, right, bottom }: Margin,
  least: number,
  what: string,
): PlotArea {
  const area = { left, top, width: width - left - right, height: height - top - bottom };
  if (!(Math.min(area.width, area.height) >= least)) {
    throw new RangeError(
      `Cannot draw ${what} of ${width} x ${height} pixels: it needs at least ` +
        `${left + right + least} x ${top + bottom + least}`,
    );
  }
  return area;
}
