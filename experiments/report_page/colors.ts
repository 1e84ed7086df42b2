/** Colors of classes and lines, on light and on dark ground. */
import { classColor, type Rgb } from "../../src/figures/mod.ts";

/** A color as CSS has it. */
function css([r, g, b]: Rgb): string {
  return `#${[r, g, b].map((v) => v.toString(16).padStart(2, "0")).join("")}`;
}

/** The ground of a page in the dark. */
const DARK: Rgb = [0x16, 0x18, 0x1d];
/** What a graphic needs at least beside its ground (WCAG 2.1, 1.4.11). */
const CONTRAST = 3.4;

/** The colors of a class, on light and on dark ground: there it is mixed with white until it stands out. */
export function colorsOf(index: number): { light: string; dark: string } {
  const color = classColor(index);
  let dark = color;
  for (let share = 0; contrast(dark, DARK) < CONTRAST && share < 1; share += 0.05) {
    dark = color.map((v) => Math.round(v + (255 - v) * share)) as unknown as Rgb;
  }
  return { light: css(color), dark: css(dark) };
}

/** Rules of CSS that name the first colors `--c0`, `--c1`, and so on. */
export function colorRules(count: number): { light: string; dark: string } {
  const all = Array.from({ length: count }, (_, k) => colorsOf(k));
  const rules = (ground: "light" | "dark") => all.map((it, k) => `--c${k}:${it[ground]}`).join(";");
  return { light: rules("light"), dark: rules("dark") };
}

function contrast(a: Rgb, b: Rgb): number {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}

/** Relative luminance (WCAG 2.1). */
function luminance(color: Rgb): number {
  const [r, g, b] = color.map((v) => v / 255).map((v) =>
    v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4
  );
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
