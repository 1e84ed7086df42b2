// Files by name: whoever resolves the package gets Node's streams in Deno, and no drawing at all in a page.
import { Bitmap } from "npm:pureimage@0.4.20/dist/bitmap.js";
import type { Context } from "npm:pureimage@0.4.20/dist/context.js";
import type { Frame, Point, Rgb } from "./canvas.ts";

/** What fills paths: the canvas API of browsers, as far as pureimage has it. */
export type { Context };

/** A pureimage context that paints right into the bytes of `frame`. */
export function contextOf({ width, height, rgba }: Frame): Context {
  // new Bitmap(width, height) would allocate bytes of its own and blacken them one pixel after another.
  return Object.assign(new Bitmap(0, 0), { width, height, data: rgba }).getContext("2d");
}

/** Adds a polygon to the path of `context`. */
export function addPolygon(context: Context, corners: readonly Point[]): void {
  context.moveTo(...corners[0]);
  for (const corner of corners) context.lineTo(...corner);
  context.lineTo(...corners[0]);
}

/** Fills a polygon, smooth at its left and right borders. */
export function fillPolygon(frame: Frame, corners: readonly Point[], color: Rgb): void {
  const context = contextOf(frame);
  context.fillStyle = `rgb(${color.join(",")})`;
  const mix = context["composite"].bind(context);
  // Opaque pixels replace what was there: the same bytes as mixed, several times as fast.
  const composite = (old: number, added: number) => (added & 255) === 255 ? added : mix(old, added);
  Object.assign(context, { composite });
  context.beginPath();
  addPolygon(context, corners);
  context.fill();
}
