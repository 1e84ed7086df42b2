/// <reference lib="dom" />
/** What all parts of a map are drawn with by Canvas 2D. */
import { classColor } from "../../../src/figures/paint/palette.ts";
import type { Look } from "../map_painter.ts";
import type { Place, Projection } from "../projection.ts";

/** A canvas of a worker, or of a page. */
export type Context2D = OffscreenCanvasRenderingContext2D | CanvasRenderingContext2D;

/** A place on the canvas, in device pixels. */
export type Spot = Pick<Place, "x" | "y">;

/** A color of the page by light, and by dark: as shaders have it, from 0 to 1. */
export type Ink = readonly [light: readonly number[], dark: readonly number[]];

/** Behind everything; a disc of paper; letters; lines that are hardly seen. */
export const PAPER: Ink = [[1, 1, 1], [0.075, 0.083, 0.102]];
export const DISC: Ink = [[1, 1, 1], [0.09, 0.1, 0.12]];
export const TEXT: Ink = [[0.1, 0.11, 0.13], [0.95, 0.95, 0.95]];
export const STROKE: Ink = [[0, 0, 0], [1, 1, 1]];

/** Colors of classes, once they were asked for. */
const OWN: string[] = [];

/** Draws lines and discs; lengths are in pixels of the page, places in device pixels. */
export class Brush {
  readonly context: Context2D;
  readonly by: Projection;
  readonly look: Look;

  constructor(context: Context2D, by: Projection, look: Look) {
    this.context = context;
    this.by = by;
    this.look = look;
  }

  /** The color of a class. */
  own(k: number): string {
    return OWN[k] ??= `rgb(${classColor(k).join(" ")})`;
  }

  /** A color of the page. */
  ink([light, dark]: Ink): string {
    return `rgb(${(this.look.dark ? dark : light).map((c) => Math.round(255 * c)).join(" ")})`;
  }

  /** Whether a class is switched off. */
  hides(k: number): boolean {
    return k < 32 && (this.look.hidden >> k & 1) === 1;
  }

  /** How much of its color a place keeps for the eye. */
  presence({ far }: Place): number {
    return far ? 0.3 : 1;
  }

  /** A filled disc. */
  disc({ x, y }: Spot, radius: number, color: string | CanvasGradient, alpha = 1): void {
    this.#round(x, y, radius);
    this.context.globalAlpha = alpha;
    this.context.fillStyle = color;
    this.context.fill();
  }

  /** A ring, whose outer radius is given. */
  ring({ x, y }: Spot, radius: number, width: number, color: string, alpha = 1): void {
    this.#round(x, y, radius - width / 2);
    this.#stroke(width, color, alpha);
  }

  /** Lines, each from its first place to its last. */
  lines(lines: Iterable<readonly Spot[]>, width: number, color: string, alpha: number): void {
    const { context } = this;
    context.beginPath();
    for (const line of lines) {
      line.forEach(({ x, y }, i) => i === 0 ? context.moveTo(x, y) : context.lineTo(x, y));
    }
    this.#stroke(width, color, alpha);
  }

  #round(x: number, y: number, radius: number): void {
    this.context.beginPath();
    this.context.arc(x, y, radius * this.look.pixel, 0, 2 * Math.PI);
  }

  #stroke(width: number, color: string, alpha: number): void {
    const { context } = this;
    context.globalAlpha = alpha;
    context.strokeStyle = color;
    context.lineWidth = width * this.look.pixel;
    context.stroke();
  }
}
