import { font, type PathCommand } from "../font/font.ts";
import { type Coverage, coverageOf, type SampleGrid } from "./coverage.ts";
import type { Point } from "./polygon.ts";

/** What a character covers, to be laid with its top left corner `left`, `top` pixels from the pen. */
interface Letter extends Coverage {
  /** Columns from the pen, negative. */
  left: number;
  /** Rows from the baseline, negative. */
  top: number;
}

/** As fine as letters need to be crisp; they are drawn once. */
const grid: SampleGrid = [4, 16];

const letters = new Map<string, Letter>();

/** What `character` covers with the pen `shift` pixels right of a pixel's edge, from a cache. */
export function letterOf(character: string, size: number, shift: number): Letter {
  const key = `${character} ${size} ${shift}`;
  let letter = letters.get(key);
  if (!letter) letters.set(key, letter = drawLetter(character, size, shift));
  return letter;
}

function drawLetter(character: string, size: number, shift: number): Letter {
  // DejaVu's letters stay within 1 em above, 1/4 em below and 1/8 em beside their pen's way.
  const overhang = Math.ceil(size / 8);
  const ascent = Math.ceil(size);
  const glyph = font.charToGlyph(character);
  const width = Math.ceil(glyph.advanceWidth / font.unitsPerEm * size + shift) + 2 * overhang;
  const { commands } = glyph.getPath((overhang + shift) / size, ascent / size, 1);
  const coverage = coverageOf(
    width,
    ascent + Math.ceil(size / 4),
    grid,
    (at) => outlinesOf(commands, (x, y) => at(x * size, y * size)),
  );
  return { ...coverage, left: -overhang, top: -ascent };
}

/** The outlines of a path, its curves cut into ten straight pieces. */
function outlinesOf(
  commands: readonly PathCommand[],
  at: (x: number, y: number) => Point,
): Point[][] {
  const outlines: Point[][] = [];
  for (const { type, x, y, x1, y1 } of commands) {
    if (type === "M") outlines.push([]);
    const points = outlines.at(-1)!;
    if (type === "M" || type === "L") points.push(at(x, y));
    if (type !== "Q") continue;
    const [start, bend, end] = [points.at(-1)!, at(x1, y1), at(x, y)];
    for (let t = 0.1; t < 1; t += 0.1) {
      const weigh = (c: 0 | 1) =>
        (1 - t) * (1 - t) * start[c] + 2 * (1 - t) * t * bend[c] + t * t * end[c];
      points.push([weigh(0), weigh(1)]);
    }
  }
  return outlines;
}
