/** The README's comparison with other programs, from what `deno task bench:peers` wrote. */
import { parseLines } from "../../src/base/csv_lines.ts";
import { escaped, padded, wrapped } from "./markdown.ts";

/** A line of `results/bench/peers.csv`, by the names of its header. */
export type PeerLine = Record<string, string>;

/** The block's lines: works down, programs across, then on what and what to know; from the text of the CSV, if there is one. */
export function peersTableOf(csv: string | undefined, path = "peers.csv"): string[] {
  const lines: PeerLine[] = csv === undefined ? [] : parseLines(csv, path, {
    needed: ["program", "work", "shape"],
    numbers: ["imagesPerSecond", "gflops", "ratioToOurs"],
  });
  if (lines.length === 0) {
    return wrapped(
      "No comparison is in the repository yet: `deno task bench:peers` writes `results/bench/peers.csv`.",
    );
  }
  const programs = unique(lines.map(({ program }) => program));
  const works = unique(lines.map(({ work }) => work));
  const titles = programs.map((program) => {
    const version = lines.find((line) => line.program === program && line.version)?.version ?? "";
    return `${nameOf(program)} ${version}`.trim();
  });
  const rows = works.map((work) => {
    const own = lines.filter((line) => line.work === work);
    const unit = own.some((line) => line.imagesPerSecond) ? "images/s" : "GFLOP/s";
    const cells = programs.map((program) => cellOf(own.find((line) => line.program === program)));
    return [work, own[0].shape, unit, ...cells];
  });
  const columns = ["work", "shape", "unit", ...titles];
  const sides = columns.map((_, i) => i < 3 ? "left" as const : "right" as const);
  return [
    ...padded(columns.map((title, i) => [title, sides[i]]), rows),
    "",
    ...[...adaptersOf(lines), ...notesOf(lines)].flatMap((it) => wrapped(it, { item: true })),
  ];
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)];
}

function nameOf(program: string): string {
  return program === "ours" ? "centerlab" : program;
}

/** The rate, and for the others how many times ours it is; a dash for what was not measured. */
function cellOf(line: PeerLine | undefined): string {
  const rate = line?.imagesPerSecond || line?.gflops;
  if (!line || !rate) return "-";
  return line.program === "ours" ? digits(rate) : `${digits(rate)} (${digits(line.ratioToOurs)}x)`;
}

/** Three significant digits, or all before the point. */
function digits(text: string): string {
  const value = Number(text);
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}

function adaptersOf(lines: readonly PeerLine[]): string[] {
  const adapters = unique(lines.map(({ adapter }) => adapter).filter(Boolean));
  return adapters.map((adapter) => {
    const programs = lines.filter((line) => line.adapter === adapter).map(({ program }) => program);
    return `${unique(programs).map(nameOf).join(", ")}: ${escaped(adapter)}.`;
  });
}

/** Each note once, with all works that it is about. */
function notesOf(lines: readonly PeerLine[]): string[] {
  return unique(lines.map(({ note }) => note).filter(Boolean)).map((note) => {
    const about = lines.filter((line) => line.note === note);
    const programs = unique(about.map(({ program }) => program)).map(nameOf);
    return escaped(`${programs.join(", ")}, ${about.map(({ work }) => work).join("; ")}: ${note}.`);
  });
}
