/** CSV as text. */

/** A field: empty for NaN, in quotes where it must be. */
function csvField(value: string | number): string {
  const text = typeof value === "number" && Number.isNaN(value) ? "" : String(value);
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A header and lines under it. */
export function csvOf(
  header: readonly string[],
  lines: readonly (readonly (string | number)[])[],
): string {
  return [header, ...lines].map((line) => line.map(csvField).join(",") + "\n").join("");
}
