import { described } from "../../base/choice.ts";
import type { Frame } from "../paint/canvas.ts";
import { drawText, shortenBefore, shortenText, textSize, textWidth } from "../paint/text.ts";
import { quiet } from "./plot_area.ts";

/** The lines above a figure, shortened where they do not fit. */
export interface Heading {
  /** Such as "cent-mnist-2 · quick · epoch 12 of 100". */
  title: string;
  /** Second line, such as "test: 97.31 % by logit, 97.05 % by nearest center". */
  subtitle?: string;
}

/** Room right of the lines. */
const RIGHT = 16;

/** How wide a frame must be for whole lines from column `left` on. */
export function widthFor({ title, subtitle = "" }: Heading, left: number): number {
  checkHeading({ title, subtitle });
  return Math.ceil(left + Math.max(textWidth(title, textSize.title), textWidth(subtitle)) + RIGHT);
}

/**
 * Shortens a title until it fits `width` pixels. The part after the last dot, such as the epoch, is kept unless it needs half
 * of the width or more.
 */
export function shortenTitle(title: string, width: number): string {
  const size = textSize.title, dot = title.lastIndexOf(" · ");
  const last = title.slice(dot + 3);
  return dot > 0 && textWidth(last, size) < width / 2
    ? shortenBefore(title.slice(0, dot), last, width, size)
    : shortenText(title, width, size);
}

/** Refuses lines that are none. */
function checkHeading({ title, subtitle = "" }: Heading): void {
  for (const [name, line] of Object.entries({ title, subtitle })) {
    if (typeof line === "string") continue;
    throw new TypeError(`Cannot draw a figure: its ${name} is ${described(line)}; give a text`);
  }
}

/** Writes the lines above a figure from column `left` on. */
export function drawHeading(frame: Frame, left: number, { title, subtitle }: Heading): void {
  checkHeading({ title, subtitle });
  const room = frame.width - left - RIGHT;
  drawText(frame, shortenTitle(title, room), left, 38, { size: textSize.title });
  if (subtitle) drawText(frame, shortenText(subtitle, room), left, 64, { color: quiet });
}
