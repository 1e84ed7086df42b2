import { font, fontWith, type PathCommand } from "../font/font.ts";
import type { Point } from "./canvas.ts";
import { type Coverage, coverageOf, type SampleGrid } from "./coverage.ts";
import type { Context } from "./pureimage.ts";

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
  const own = fontWith(character) ?? font, glyph = own.charToGlyph(character);
  const width = Math.ceil(glyph.advanceWidth / own.unitsPerEm * size + shift) + 2 * overhang;
  const coverage = coverageOf(width, ascent + Math.ceil(size / 4), grid, (context) => {
    context.scale(size, size);
    const { commands } = glyph.getPath((overhang + shift) / size, ascent / size, 1);
    addGlyph(context, commands);
  });
  return { ...coverage, left: -overhang, top: -ascent };
}

/** Adds a glyph's outlines to the path of `context`. */
function addGlyph(context: Context, commands: readonly PathCommand[]): void {
  let start: Point = [0, 0];
  context.moveTo(...start);
  for (const { type, x, y, x1, y1, x2, y2 } of commands) {
    if (type === "M") {
      // The outline before ends here: fill() closes only the last one.
      context.lineTo(...start);
      context.moveTo(...(start = [x, y]));
    } else if (type === "L") context.lineTo(x, y);
    else if (type === "Q") context.quadraticCurveTo(x1, y1, x, y);
    else if (type === "C") context.bezierCurveTo(x1, y1, x2, y2, x, y);
  }
}
