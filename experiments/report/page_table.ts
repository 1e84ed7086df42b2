/** The comparison with other programs in a page, from what `deno task bench:page` wrote. */
import { type Lines, numberIn } from "../../src/base/csv_lines.ts";
import { digits } from "../../src/base/format.ts";
import { type Column, escaped, tableOf, wrapped } from "../compare/markdown.ts";

/** What `results/bench/page.csv` must have. */
export const PAGE_COLUMNS = {
  needed: ["program", "work", "shape", "version", "adapter", "note"],
  numbers: ["imagesPerSecond", "ratioToOurs", "rounds"],
};

/** What programs of ours are called. */
const NAMES: Readonly<Record<string, string>> = {
  "ours": "centerlab, in the page",
  "ours-deno": "centerlab, in Deno",
};

/** The block's lines: programs down, widths across, then what to know. */
export function pageTableOf(lines: Lines): string[] {
  const programs = [...Map.groupBy(lines, ({ program }) => program)];
  const known = (own: Lines, column: string) => own.find((line) => line[column])?.[column] ?? "";
  const columns: Column<typeof programs[number]>[] = [
    ["program", "left", ([name, own]) => `${NAMES[name] ?? name} ${known(own, "version")}`.trim()],
    ["computes on", "left", ([name, own]) => escaped(known(own, "adapter") || apiOf(name))],
  ];
  for (const [work, [{ shape }]] of Map.groupBy(lines, ({ work }) => work)) {
    columns.push([
      `images a second, ${work}, batch ${shape.split("x")[0]}`,
      "right",
      ([name, own]) => cellOf(name, own.find((line) => line.work === work)),
    ]);
  }
  const none =
    "No comparison is in the repository yet: `deno task bench:page` writes `results/bench/page.csv`.";
  const notes = Map.groupBy(
    lines.filter(({ note }) => note),
    ({ program, note }) => `${program}: ${note}.`,
  );
  return [
    ...tableOf(columns, programs, none),
    ...(lines.length > 0 ? [""] : []),
    ...[...notes.keys()].flatMap((it) => wrapped(escaped(it), { item: true })),
    ...(lines.length > 0 ? wrapped(roundsOf(lines), { item: true }) : []),
  ];
}

/** On what a program computes that names no adapter. */
function apiOf(program: string): string {
  return program === "ours" || program.endsWith("-webgpu") ? "WebGPU" : "-";
}

/** How often each was measured. */
function roundsOf(lines: Lines): string {
  const most = Math.max(...lines.map((line) => numberIn(line, "rounds") || 0));
  return most === 1 ? "One round: each was measured once." : `Medians of ${most} rounds.`;
}

/** Images a second, and for the others how many times ours it is; a dash for what was not measured. */
function cellOf(program: string, line: Lines[number] | undefined): string {
  const rate = line && numberIn(line, "imagesPerSecond");
  if (!rate) return "-";
  return program === "ours" || !line.ratioToOurs
    ? digits(rate)
    : `${digits(rate)} (${digits(numberIn(line, "ratioToOurs"))}x)`;
}
