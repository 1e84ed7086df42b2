/** The comparison with other programs, from what `deno task bench:peers` wrote. */
import { type Lines, numberIn } from "../../src/base/csv_lines.ts";
import { digits } from "../../src/base/format.ts";
import { type Column, escaped, tableOf, wrapped } from "../compare/markdown.ts";

/** What `results/bench/peers.csv` must have. */
export const PEER_COLUMNS = {
  needed: ["program", "work", "shape"],
  numbers: ["imagesPerSecond", "gflops", "ratioToOurs"],
};

/** The block's lines: works down, programs across, then on what and what to know. */
export function peersTableOf(lines: Lines): string[] {
  const works = [...Map.groupBy(lines, ({ work }) => work)];
  const columns: Column<typeof works[number]>[] = [
    ["work", "left", ([work]) => work],
    ["shape", "left", ([, [{ shape }]]) => shape],
    ["unit", "left", ([, own]) => own.some((it) => it.imagesPerSecond) ? "images/s" : "GFLOP/s"],
  ];
  for (const [program, own] of Map.groupBy(lines, ({ program }) => program)) {
    const version = own.find((line) => line.version)?.version ?? "";
    columns.push([
      `${nameOf(program)} ${version}`.trim(),
      "right",
      ([, lines]) => cellOf(lines.find((line) => line.program === program)),
    ]);
  }
  const none =
    "No comparison is in the repository yet: `deno task bench:peers` writes `results/bench/peers.csv`.";
  const remarks = [...adaptersOf(lines), ...notesOf(lines)];
  return [
    ...tableOf(columns, works, none),
    ...(works.length > 0 ? [""] : []),
    ...remarks.flatMap((it) => wrapped(it, { item: true })),
  ];
}

function nameOf(program: string): string {
  return program === "ours" ? "centerlab" : program;
}

/** The programs of some lines, each once. */
function programsOf(lines: Lines): string {
  return [...new Set(lines.map(({ program }) => nameOf(program)))].join(", ");
}

/** The rate, and for the others how many times ours it is; a dash for what was not measured. */
function cellOf(line: Lines[number] | undefined): string {
  const rate = line && (numberIn(line, "imagesPerSecond") || numberIn(line, "gflops"));
  if (!rate) return "-";
  return line.program === "ours" || !line.ratioToOurs
    ? digits(rate)
    : `${digits(rate)} (${digits(numberIn(line, "ratioToOurs"))}x)`;
}

function adaptersOf(lines: Lines): string[] {
  const known = lines.filter(({ adapter }) => adapter);
  return [...Map.groupBy(known, ({ adapter }) => adapter)].map(([adapter, own]) =>
    `${programsOf(own)}: ${escaped(adapter)}.`
  );
}

/** Each note once, with all works that it is about. */
function notesOf(lines: Lines): string[] {
  const known = lines.filter(({ note }) => note);
  return [...Map.groupBy(known, ({ note }) => note)].map(([note, own]) =>
    escaped(`${programsOf(own)}, ${own.map(({ work }) => work).join("; ")}: ${note}.`)
  );
}
