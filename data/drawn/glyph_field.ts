/**
 * A glyph as a distance field: one small table from which the glyph can be drawn at any size, angle
 * and stroke weight with one look-up a pixel (Green, "Improved alpha-tested magnification for vector
 * textures and special effects", SIGGRAPH 2007 courses).
 *
 * @module
 */
import { font } from "../../src/figures/font/font.ts";

/** Straight pieces of an outline, four numbers each: x, y of the start, x, y of the end. */
type Segments = number[];

/** Samples along a side of the field. */
export const FIELD_SIZE = 64;
/** The side of the square which the field covers, in glyph heights: the glyph and a margin. */
export const FIELD_EXTENT = 1.6;
/** Straight pieces to a quadratic curve: off by less than 0.002 glyph heights. */
const PIECES = 6;

/**
 * Signed distances to the outline of one character of DejaVu Sans.
 *
 * Unit of length is the height of the glyph, the origin the middle of its bounding box, y points
 * down as in images. Sample [row, column] of the [64, 64] table lies at
 * `((column + 0.5) / 64 - 0.5) * 1.6` in x, and its row likewise in y.
 *
 * @returns Distances, positive inside the glyph, negative outside.
 */
export function glyphField(character: string): Float32Array {
  const segments = centred(outline(character));
  const field = new Float32Array(FIELD_SIZE * FIELD_SIZE);
  for (let row = 0; row < FIELD_SIZE; row++) {
    for (let column = 0; column < FIELD_SIZE; column++) {
      const x = ((column + 0.5) / FIELD_SIZE - 0.5) * FIELD_EXTENT;
      const y = ((row + 0.5) / FIELD_SIZE - 0.5) * FIELD_EXTENT;
      field[row * FIELD_SIZE + column] = signedDistance(segments, x, y);
    }
  }
  return field;
}

/** The outline in font units, y up, its curves cut into straight pieces. */
function outline(character: string): Segments {
  const { commands } = font.charToGlyph(character).path;
  const segments: Segments = [];
  let x = 0, y = 0, startX = 0, startY = 0;
  const lineTo = (toX: number, toY: number) => {
    segments.push(x, y, toX, toY);
    [x, y] = [toX, toY];
  };
  for (const command of commands) {
    if (command.type === "M") {
      [x, y] = [startX, startY] = [command.x, command.y];
    } else if (command.type === "L") {
      lineTo(command.x, command.y);
    } else if (command.type === "Q") {
      const fromX = x, fromY = y;
      for (let piece = 1; piece <= PIECES; piece++) {
        const t = piece / PIECES, u = 1 - t;
        lineTo(
          u * u * fromX + 2 * u * t * command.x1 + t * t * command.x,
          u * u * fromY + 2 * u * t * command.y1 + t * t * command.y,
        );
      }
    } else {
      lineTo(startX, startY);
    }
  }
  return segments;
}

/** The same outline with its bounding box centred at 0, height 1, y down. */
function centred(segments: Segments): Segments {
  const xs = segments.filter((_, i) => i % 2 === 0);
  const ys = segments.filter((_, i) => i % 2 === 1);
  const height = Math.max(...ys) - Math.min(...ys);
  const middleX = (Math.max(...xs) + Math.min(...xs)) / 2;
  const middleY = (Math.max(...ys) + Math.min(...ys)) / 2;
  return segments.map((value, i) => (i % 2 === 0 ? value - middleX : middleY - value) / height);
}

/** Distance from (x, y) to the nearest segment, positive where the outline winds around the point. */
function signedDistance(segments: Segments, x: number, y: number): number {
  let nearest = Infinity;
  let winding = 0;
  for (let i = 0; i < segments.length; i += 4) {
    const dx = segments[i + 2] - segments[i], dy = segments[i + 3] - segments[i + 1];
    const px = x - segments[i], py = y - segments[i + 1];
    const along = (px * dx + py * dy) / (dx * dx + dy * dy || 1);
    const t = Math.min(Math.max(along, 0), 1);
    const offX = px - t * dx, offY = py - t * dy;
    nearest = Math.min(nearest, offX * offX + offY * offY);
    const side = dx * py - dy * px;
    if (py >= 0 && py < dy && side > 0) winding++;
    if (py < 0 && py >= dy && side < 0) winding--;
  }
  return winding === 0 ? -Math.sqrt(nearest) : Math.sqrt(nearest);
}
