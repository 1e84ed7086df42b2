/** Numbers and sentences as messages and tables have them. */

const HOUR = 3600;

/** Characters beyond which `digits()` gives six digits after the point instead: columns stay apart. */
const MOST_WIDTH = 8;

/** `0.9445` as "94.45 %", with two digits or as many as are asked for. */
export function percent(share: number, places = 2): string {
  return `${(100 * share).toFixed(places)} %`;
}

/** Two digits after the point, a true minus, and no minus before zero. */
export function signed(value: number): string {
  return value.toFixed(2).replace("-0.00", "0.00").replace("-", "−");
}

/** A number with three significant digits, or all before the point; a dash for what is not counted. */
export function digits(value: number | null): string {
  if (value === null) return "-";
  if (Math.abs(value) >= 100) return value.toFixed(0);
  const three = value.toPrecision(3);
  return three.length > MOST_WIDTH ? value.toFixed(6) : three;
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
