import { type Font, font, fontWith, type Glyph } from "../font/font.ts";
import { blendPixel, type Frame, type Rgb, white } from "./canvas.ts";
import { letterOf } from "./letter.ts";

/**
 * Sizes at which DejaVu's lower-case letters stand close to 6, 7, 9 and 11 whole pixels high: with
 * the baseline on a pixel's edge their tops and bottoms are crisp without hinting.
 */
export const textSize = { small: 11, normal: 12.8, heading: 16.5, title: 20.1 } as const;

/** Where and how {@linkcode drawText} writes. */
interface TextStyle {
  /** Font size in pixels; default `textSize.normal`. */
  size?: number;
  /** Default: near black. */
  color?: Rgb;
  /** Which end of the text stands at the given point; default `"left"`. */
  align?: "left" | "center" | "right";
  /** Writes upwards instead of to the right. */
  upwards?: boolean;
}

/** The colour of text unless another is asked for. */
export const ink: Rgb = [34, 36, 40];

/** Width of one line of text in pixels, kerning included. */
export function textWidth(text: string, size: number = textSize.normal): number {
  let width = 0;
  walk(text, size, (_character, _pen, next) => width = next);
  return width;
}

/**
 * Writes one line of text in DejaVu Sans with its baseline starting at `(x, y)`. `src/figures/font/` carries
 * Latin, Greek, Cyrillic and a few signs, and takes others from a font that {@linkcode useFallbackFont} was given; what
 * none has shows as `\uFFFD`, a question
 * mark on a black diamond. A letter and a combining accent, as some file systems keep names, are
 * drawn as one.
 */
export function drawText(frame: Frame, text: string, x: number, y: number, style: TextStyle = {}) {
  const { size = textSize.normal, color = ink, align = "left", upwards = false } = style;
  const back = align === "left" ? 0 : textWidth(text, size) / (align === "center" ? 2 : 1);
  const start = upwards ? -y - back : x - back;
  const baseline = Math.round(upwards ? x : y);
  walk(text, size, (character, pen) => {
    const quarter = Math.round((start + pen) * 4) / 4;
    const column = Math.floor(quarter);
    const letter = letterOf(character, size, quarter - column);
    letter.share.forEach((share, i) => {
      if (share === 0) return;
      const along = column + letter.left + i % letter.width;
      const across = baseline + letter.top + Math.floor(i / letter.width);
      if (upwards) blendPixel(frame, across, -1 - along, color, share);
      else blendPixel(frame, along, across, color, share);
    });
  });
}

/** Writes a line of text as {@linkcode drawText} does, with a rim around its letters that holds on dots. */
export function drawHaloText(
  frame: Frame,
  text: string,
  x: number,
  y: number,
  style: TextStyle = {},
): void {
  for (const [dx, dy] of rim) drawText(frame, text, x + dx, y + dy, { ...style, color: white });
  drawText(frame, text, x, y, style);
}

/** Offsets within two and a quarter pixels. */
const rim = Array.from({ length: 25 }, (_, i) => [i % 5 - 2, Math.floor(i / 5) - 2])
  .filter(([dx, dy]) => Math.hypot(dx, dy) < 2.3);

/** Shortens `text` with an ellipsis until it fits `width` pixels. */
export function shortenText(text: string, width: number, size: number = textSize.normal): string {
  if (textWidth(text, size) <= width) return text;
  const kept = [...text];
  const cut = () => kept.join("").replace(/[\s·]+$/, "") + "…";
  while (kept.length > 0 && textWidth(cut(), size) > width) kept.pop();
  return cut();
}

/**
 * Each name shortened to `width` pixels; names that would then look the same lose their middle in place of their end, and keep
 * what they differ in where their middle is that.
 */
export function shortenNames(
  names: readonly string[],
  width: number,
  size: number = textSize.normal,
): string[] {
  const apart = (short: readonly string[], again: (k: number) => string) =>
    short.map((text, k) =>
      short.every((other, i) => other !== text || names[i] === names[k]) ? text : again(k)
    );
  const ends = names.map((name) => shortenText(name, width, size));
  const middles = apart(ends, (k) => withoutMiddle(names[k], width, size));
  return apart(middles, (k) => {
    const alike = names.filter((_, i) => middles[i] === middles[k]);
    return aroundDifference(names[k], alike, width, size);
  });
}

/** What a name has of its own among others that begin and end alike, with as much around it as fits. */
function aroundDifference(
  text: string,
  alike: readonly string[],
  width: number,
  size: number,
): string {
  const all = alike.map((name) => [...name.normalize("NFC")]), kept = [...text.normalize("NFC")];
  const same = (at: (name: string[], i: number) => string | undefined) => {
    let i = 0;
    while (i < kept.length && all.every((name) => at(name, i) === at(kept, i))) i++;
    return i;
  };
  const first = same((name, i) => name[i]);
  const last = Math.max(first + 1, kept.length - same((name, i) => name[name.length - 1 - i]));
  const cut = (start: number, end: number) =>
    `${start > 0 ? "…" : ""}${kept.slice(start, end).join("")}${end < kept.length ? "…" : ""}`;
  const fits = (start: number, end: number) => textWidth(cut(start, end), size) <= width;
  let start = first, end = last;
  while (start > 0 && fits(start - 1, end)) start--;
  while (end < kept.length && fits(start, end + 1)) end++;
  return shortenText(cut(start, end), width, size);
}

function withoutMiddle(text: string, width: number, size: number): string {
  const kept = [...text.normalize("NFC")];
  let head = Math.floor(kept.length / 2), tail = kept.length - head;
  const cut = () => `${kept.slice(0, head).join("")}…${kept.slice(kept.length - tail).join("")}`;
  while (tail > 1 && textWidth(cut(), size) > width) {
    if (head >= tail) head--;
    else tail--;
  }
  return cut();
}

/** Both texts with a dot between them, the first shortened until they fit `width` pixels: the second is never cut. */
export function shortenBefore(
  text: string,
  kept: string,
  width: number,
  size: number = textSize.normal,
): string {
  const end = ` · ${kept}`;
  return shortenText(text, width - textWidth(end, size), size) + end;
}

/** Breaks `text` between words so that its lines fit `width` pixels; a longer word stays whole. */
export function wrapText(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const longer = `${lines.at(-1)} ${word}`;
    if (lines.length > 0 && textWidth(longer) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

/** Visits the characters of a line with the pen's distance from its start, before and after. */
function walk(
  text: string,
  size: number,
  visit: (character: string, pen: number, next: number) => void,
): void {
  let pen = 0;
  let previous: { own: Font; glyph: Glyph } | undefined;
  for (const wanted of text.normalize("NFC")) {
    const has = fontWith(wanted), own = has ?? font;
    const character = has ? wanted : "\uFFFD";
    const glyph = own.charToGlyph(character), scale = size / own.unitsPerEm;
    if (previous?.own === own) pen += own.getKerningValue(previous.glyph, glyph) * scale;
    const next = pen + glyph.advanceWidth * scale;
    visit(character, pen, next);
    pen = next;
    previous = { own, glyph };
  }
}
