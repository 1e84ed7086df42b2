import { type Grid, type Mask, paintMask } from "./mask.ts";
import { font, fontFamily } from "./pureimage.ts";

/** A character's mask, to be laid with its top left corner `left`, `top` pixels from the pen. */
export interface Stamp extends Mask {
  /** Columns from the pen, negative. */
  left: number;
  /** Rows from the baseline, negative. */
  top: number;
}

/** As fine as the letters need to be crisp; they are drawn once. */
const grid: Grid = [4, 16];

const stamps = new Map<string, Stamp>();

/** The mask of `character` with the pen `shift` pixels right of a pixel's edge, from a cache. */
export function stampOf(character: string, size: number, shift: number): Stamp {
  const key = `${character} ${size} ${shift}`;
  let stamp = stamps.get(key);
  if (!stamp) stamps.set(key, stamp = rasterise(character, size, shift));
  return stamp;
}

function rasterise(character: string, size: number, shift: number): Stamp {
  // DejaVu's letters stay within 1 em above, 1/4 em below and 1/8 em beside their pen's way.
  const overhang = Math.ceil(size / 8);
  const ascent = Math.ceil(size);
  const advance = font.charToGlyph(character).advanceWidth / font.unitsPerEm * size;
  const width = Math.ceil(advance + shift) + 2 * overhang;
  const mask = paintMask(width, ascent + Math.ceil(size / 4), grid, (context) => {
    // pureimage cuts font sizes to integers: the scale carries the size.
    context.font = `1px ${fontFamily}`;
    context.scale(size, size);
    context.fillText(character, (overhang + shift) / size, ascent / size);
  });
  return { ...mask, left: -overhang, top: -ascent };
}
