/**
 * Names of files and classes as a terminal can show them and a shell takes them.
 *
 * @module
 */

/**
 * What a terminal or an editor acts upon instead of showing it: control characters (C0, DEL, C1), ends of lines beyond
 * ASCII, marks that turn the direction of writing, and halves of surrogate pairs.
 */
// deno-lint-ignore no-control-regex
const ACTING = /[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]|\p{Cs}/gu;

const SHORT: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/**
 * Text in which every control character is visible, so that a name from outside can neither write over other lines of a
 * terminal nor pretend to be one.
 *
 * @example
 * ```ts
 * import { printable } from "./printable.ts";
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 *
 * assertEquals(printable("a\rb\x1b[2Jc"), "a\\rb\\x1b[2Jc");
 * assertEquals(printable("Zoë 猫.png"), "Zoë 猫.png");
 * ```
 */
export function printable(text: string): string {
  return text.replace(ACTING, (character) => SHORT[character] ?? escaped(character.charCodeAt(0)));
}

function escaped(code: number): string {
  return code < 0x80 // a shell reads \x85 as one byte, which is no character of UTF-8
    ? `\\x${code.toString(16).padStart(2, "0")}`
    : `\\u${code.toString(16).padStart(4, "0")}`;
}

/**
 * A word as a shell takes it; control characters as bash, zsh and POSIX since 2024 write them.
 *
 * @param windows Whether the shell is one of Windows: cmd or, for what that does not take, PowerShell.
 */
export function quoted(word: string, windows = globalThis.Deno?.build.os === "windows"): string {
  const shown = printable(word);
  if (windows) {
    if (/^[\w./\\:+=-][\w./\\:@%+=,-]*$/.test(word)) return word;
    if (/[$`]/.test(word)) return `'${shown.replaceAll("'", "''")}'`;
    return `"${shown.replace(/\\+$/, "$&$&")}"`;
  }
  if (shown !== word) return `$'${printable(word.replace(/['\\]/g, "\\$&"))}'`;
  return /^[\w./:@%+=,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
