import { printable } from "./printable.ts";

/** A word as a shell takes it; control characters as bash, zsh and POSIX since 2024 write them. */
export function quoted(word: string): string {
  const shown = printable(word);
  if (shown !== word) return `$'${printable(word.replace(/['\\]/g, "\\$&"))}'`;
  return /^[\w./:@%+=,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
