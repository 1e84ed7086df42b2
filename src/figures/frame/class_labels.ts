import { median } from "../../base/averages.ts";
import type { Frame } from "../paint/canvas.ts";
import type { PlotArea } from "./plot_area.ts";
import type { Dots } from "../paint/dots.ts";
import { drawHaloText, shortenNames, textSize, textWidth } from "../paint/text.ts";

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

/** A name, and where it belongs. */
export interface Anchor {
  readonly name: string;
  readonly x: number;
  readonly y: number;
}

/** Each class's name at the median of its dots, column and row apart; none for a class without dots. */
export function atMedians(dots: Dots, classNames: readonly string[]): Anchor[] {
  const own = classNames.map((): number[] => []);
  for (let i = 0; i < dots.x.length; i++) own[dots.label[i]].push(i);
  return own.flatMap((members, k) => {
    if (members.length === 0) return [];
    const [x, y] = [dots.x, dots.y].map((values) => median(members.map((i) => values[i])));
    return [{ name: classNames[k], x, y }];
  });
}

/** Pixels that a name beside its class takes at most; the legend has it, too. */
const WIDEST = 120;

/**
 * Writes names where they belong.
 *
 * A name moves aside, by as little as it takes, where it would cover another or an obstacle; where no
 * place is free within a few lines, it is left out.
 */
export function drawNames(
  frame: Frame,
  area: PlotArea,
  anchors: readonly Anchor[],
  obstacles: readonly Obstacle[] = [],
): void {
  const size = sizeFor(area, anchors);
  const names = [...new Set(anchors.map(({ name }) => name))];
  const short = new Map(shortenNames(names, WIDEST, size).map((text, k) => [names[k], text]));
  const taken: Box[] = obstacles.map(({ x, y, radius }) => around(x, y, radius, radius));
  for (const { name: whole, x, y } of anchors) {
    const name = short.get(whole)!;
    const half = [textWidth(name, size) / 2 + 1, 0.38 * size + 1] as const;
    const place = places(x, y, size).find(([px, py]) => {
      const box = around(px, py, ...half);
      return inside(box, area) && !taken.some((other) => overlap(box, other));
    });
    if (!place) continue;
    taken.push(around(...place, ...half));
    drawHaloText(frame, name, place[0], place[1] + 0.36 * size, { size, align: "center" });
  }
}

/** Digits are large, words and the names of many classes small. */
function sizeFor({ width }: PlotArea, anchors: readonly Anchor[]): number {
  const short = anchors.every(({ name }) => name.length <= 2);
  if (!short || anchors.length > 30) return textSize.small;
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
