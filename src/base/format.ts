/** Numbers and sentences as messages and tables have them. */

const HOUR = 3600;

/** `0.9445` as "94.45 %". */
export function percent(share: number): string {
  return `${(100 * share).toFixed(2)} %`;
}

/** `75` as "1 min 15 s". */
export function duration(seconds: number): string {
  const s = Math.round(seconds);
  if (s < 60) return `${s} s`;
  if (s < HOUR) return `${Math.floor(s / 60)} min ${s % 60} s`;
  return `${Math.floor(s / HOUR)} h ${Math.floor(s % HOUR / 60)} min`;
}

/** A text in lines of at most so many characters, parted at blanks. */
export function wrapped(text: string, width: number): string[] {
  const lines = [""];
  for (const word of text.split(" ")) {
    const line = lines[lines.length - 1];
    if (line && line.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = line ? `${line} ${word}` : word;
  }
  return lines;
}
