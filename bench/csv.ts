/** Results as CSV. */

/** Rows under the names of their fields in snake case; what is not counted stays empty. */
export function csvOf<Row extends object>(rows: readonly Row[]): string {
  const columns = Object.keys(rows[0] ?? {}).map(snakeCase);
  const lines = rows.map((row) => Object.values(row).map((value) => quoted(String(value ?? ""))));
  return [columns, ...lines].map((fields) => `${fields.join(",")}\n`).join("");
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function quoted(text: string): string {
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
