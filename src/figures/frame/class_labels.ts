import { median } from "../../base/median.ts";
import type { Frame } from "../paint/canvas.ts";
import type { PlotArea } from "./plot_area.ts";
import type { Dots } from "../paint/dots.ts";
import { drawHaloText, textSize, textWidth } from "../paint/text.ts";

/** A rectangle, in pixels of the frame. */
interface Box {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

/** Something that must stay visible. */
interface Obstacle {
  /** Its column. */
  readonly x: number;
  /** Its row. */
  readonly y: number;
  /** Pixels that it reaches from there. */
  readonly radius: number;
}

/**
 * Writes each class's name at the median of its dots, column and row apart.
 *
 * A name moves aside, by as little as it takes, where it would cover another or an obstacle; where no
 * place is free within a few lines, it is left out.
 */
export function drawClassLabels(
  frame: Frame,
  area: PlotArea,
  dots: Dots,
  classNames: readonly string[],
  obstacles: readonly Obstacle[] = [],
): void {
  const size = sizeFor(area, classNames);
  const taken: Box[] = obstacles.map(({ x, y, radius }) => around(x, y, radius, radius));
  const own = classNames.map((): number[] => []);
  for (let i = 0; i < dots.x.length; i++) own[dots.label[i]].push(i);
  own.forEach((members, k) => {
    if (members.length === 0) return;
    const [x, y] = [dots.x, dots.y].map((values) => median(members.map((i) => values[i])));
    const half = [textWidth(classNames[k], size) / 2 + 1, 0.38 * size + 1] as const;
    const place = places(x, y, size).find(([px, py]) => {
      const box = around(px, py, ...half);
      return inside(box, area) && !taken.some((other) => overlap(box, other));
    });
    if (!place) return;
    taken.push(around(...place, ...half));
    drawHaloText(frame, classNames[k], place[0], place[1] + 0.36 * size, { size, align: "center" });
  });
}

/** Digits are large, words and the names of many classes small. */
function sizeFor({ width }: PlotArea, classNames: readonly string[]): number {
  const short = classNames.every((name) => name.length <= 2);
  if (!short || classNames.length > 30) return textSize.small;
  return width < 300 ? textSize.normal : textSize.heading;
}

/** Where to look: the point itself, then around it further and further away. */
function places(x: number, y: number, size: number): [number, number][] {
  const found: [number, number][] = [[x, y]];
  for (let ring = 1; ring <= 8; ring++) {
    for (let i = 0; i < 16; i++) {
      const angle = i * Math.PI / 8;
      const far = ring * size / 3;
      found.push([x + far * Math.cos(angle), y + far * Math.sin(angle)]);
    }
  }
  return found;
}

function around(x: number, y: number, across: number, down: number): Box {
  return { x0: x - across, y0: y - down, x1: x + across, y1: y + down };
}

function inside(box: Box, { left, top, width, height }: PlotArea): boolean {
  return box.x0 >= left && box.y0 >= top && box.x1 <= left + width && box.y1 <= top + height;
}

function overlap(a: Box, b: Box): boolean {
  return a.x0 < b.x1 && b.x0 < a.x1 && a.y0 < b.y1 && b.y0 < a.y1;
}
