// opentype.js instead of pureimage: pureimage samples text once a row, which makes horizontal bars
// uneven, wants a font file, and brings PNG and JPEG codecs that nothing here uses.
import opentype from "npm:opentype.js@1.3.4";
import { dejavuSans } from "../../data/font/dejavu_sans.ts";
import { type Coverage, outline } from "./outline.ts";

/** A step of a glyph's contour in font units, y upwards: move, line, quadratic curve or close. */
export interface Step {
  /** Move, line, quadratic curve, close. */
  type: "M" | "L" | "Q" | "Z";
  /** End point. */
  x: number;
  /** End point. */
  y: number;
  /** Control point of a curve. */
  x1: number;
  /** Control point of a curve. */
  y1: number;
}

/** A character's shape in font units. */
export interface Glyph {
  /** Its place in the font. */
  index: number;
  /** How far the pen moves on. */
  advanceWidth: number;
  /** Its contours. */
  path: { commands: Step[] };
}

/** The part of opentype.js used here; the package ships no types. */
export interface Font {
  /** Font units in one font size. */
  unitsPerEm: number;
  /** The glyphs of a line of text. */
  stringToGlyphs(text: string): Glyph[];
  /** Correction of the distance between two glyphs, in font units. */
  getKerningValue(left: Glyph, right: Glyph): number;
}

/** A glyph's mask, to be laid with its top left corner `left`, `top` pixels from the pen. */
export interface Stamp extends Coverage {
  /** Columns from the pen, mostly 0 or negative. */
  left: number;
  /** Rows from the baseline, mostly negative. */
  top: number;
}

/** DejaVu Sans, from the bytes in `data/font/`. */
export const font: Font = opentype.parse(dejavuSans.buffer);

/** Straight pieces that stand for one curve of a letter; at these sizes more cannot be seen. */
const curvePieces = 6;

const stamps = new Map<string, Stamp>();

/** The glyph's mask at a size and at a pen `shift` pixels right of a pixel's edge, from a cache. */
export function stampOf(glyph: Glyph, size: number, shift: number): Stamp {
  const key = `${glyph.index} ${size} ${shift}`;
  let stamp = stamps.get(key);
  if (!stamp) stamps.set(key, stamp = rasterise(glyph, size / font.unitsPerEm, shift));
  return stamp;
}

function rasterise(glyph: Glyph, scale: number, shift: number): Stamp {
  const steps = glyph.path.commands.map(({ type, x, y, x1 = x, y1 = y }) => ({
    type,
    x: x * scale + shift,
    y: -y * scale,
    x1: x1 * scale + shift,
    y1: -y1 * scale,
  }));
  // Control points bound a quadratic curve; the pen itself is inside too.
  const corners = steps.filter(({ type }) => type !== "Z");
  const xs = corners.flatMap(({ x, x1 }) => [x, x1]);
  const ys = corners.flatMap(({ y, y1 }) => [y, y1]);
  const left = Math.floor(Math.min(0, ...xs));
  const top = Math.floor(Math.min(0, ...ys));
  const shape = outline(
    Math.ceil(Math.max(0, ...xs)) - left + 1,
    Math.ceil(Math.max(0, ...ys)) - top + 1,
  );
  let [x, y, startX, startY] = [0, 0, 0, 0];
  for (const step of steps) {
    const [toX, toY] = step.type === "Z" ? [startX, startY] : [step.x, step.y];
    const pieces = step.type === "M" ? 0 : step.type === "Q" ? curvePieces : 1;
    const [fromX, fromY] = [x, y];
    for (let i = 1; i <= pieces; i++) {
      const t = i / pieces;
      const [a, b, c] = step.type === "Q" ? [(1 - t) ** 2, 2 * t * (1 - t), t * t] : [0, 0, 1];
      const [nextX, nextY] = [
        a * fromX + b * step.x1 + c * toX,
        a * fromY + b * step.y1 + c * toY,
      ];
      shape.line(x - left, y - top, nextX - left, nextY - top);
      [x, y] = [nextX, nextY];
    }
    [x, y] = [toX, toY];
    if (step.type === "M") [startX, startY] = [x, y];
  }
  return { ...shape.coverage(), left, top };
}
