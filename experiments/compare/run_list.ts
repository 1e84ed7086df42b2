/** The list of runs: which, in which order, and in which form. */
import { type CsvField, csvOf } from "../../src/base/csv.ts";
import { numberIn } from "../../src/base/csv_lines.ts";
import { duration, percent } from "../../src/base/format.ts";
import { printable } from "../../src/base/printable.ts";
import type { RunsTask } from "../flags/runs.ts";
import { ownOf } from "../plan/variant.ts";
import { bestSoFar, columnOf } from "../run_folder/run_summary.ts";
import type { FoundRun } from "./found_run.ts";
import { alignedLines } from "./aligned.ts";

/** A line of the list; what is not known is undefined. */
export interface RunLine {
  folder: string;
  id?: string;
  /** What differs from the row under its preset; empty where nothing does. */
  differs?: string;
  preset?: string;
  seed?: number;
  state: FoundRun["state"];
  reason?: string;
  epochs: number;
  planned?: number;
  /** By the row's own rule: after the last finished epoch, and the best. */
  accuracy?: number;
  best?: number;
  bestEpoch?: number;
  scoring?: string;
  when?: Date;
  seconds: number;
}

/** What the list says of a run. */
export function runLine(
  { folder, state, reason, config, metrics, seconds, when }: FoundRun,
): RunLine {
  const line = { folder, state, reason, epochs: metrics.length, when, seconds };
  if (!config) return line;
  const { plan } = config, { id, dataset, preset, seed, scoring } = plan;
  const tested = metrics.map((line) => numberIn(line, columnOf(scoring))).filter(Number.isFinite);
  const best = bestSoFar(metrics, plan);
  return {
    ...line,
    ...{ id: plan.ownData ? `${id}@${dataset}` : id, differs: ownOf(plan, Infinity) },
    ...{ preset, seed, planned: plan.epochs, scoring },
    ...(best && { accuracy: tested.at(-1), best: best.accuracy, bestEpoch: best.epoch }),
  };
}

const KEYS: Record<RunsTask["sort"], (line: RunLine) => string | number> = {
  run: ({ id = "" }) => id,
  preset: ({ preset = "" }) => preset,
  seed: ({ seed = Infinity }) => seed,
  state: ({ state }) => state,
  epochs: ({ epochs }) => -epochs,
  accuracy: ({ accuracy = -1 }) => -accuracy,
  when: ({ when }) => -(when?.getTime() ?? 0),
  time: ({ seconds }) => -seconds,
};

/** The lines that are asked for, in the order that is asked for; runs that are equal in it stay as they were. */
export function chosen(lines: readonly RunLine[], task: RunsTask): RunLine[] {
  const { row, preset, seed, state, sort, reverse } = task, key = KEYS[sort];
  const fits = (line: RunLine) =>
    (row.length === 0 || row.some((it) => it.test(line.id?.split("@")[0] ?? ""))) &&
    [[preset, line.preset], [seed, line.seed], [state, line.state]].every(([asked, own]) =>
      asked === undefined || asked === own
    );
  const before = (a: RunLine, b: RunLine) => {
    const [x, y] = [key(a), key(b)];
    return x < y ? -1 : x > y ? 1 : 0;
  };
  const sorted = lines.filter(fits).sort(before);
  return reverse ? sorted.reverse() : sorted;
}

/** As a terminal shows it, with a line for what is wrong with each run that is damaged or failed. */
export function listed(lines: readonly RunLine[]): string[] {
  const titles = [
    "run",
    "differs by",
    "preset",
    "seed",
    "state",
    "epochs",
    "accuracy",
    "best",
    "when",
    "time",
  ];
  const share = (value: number | undefined) => value === undefined ? "" : percent(value);
  const cells = lines.map((line) => [
    line.id ?? line.folder,
    line.differs ?? "",
    line.preset ?? "",
    `${line.seed ?? ""}`,
    line.state,
    line.planned === undefined ? "" : `${line.epochs}/${line.planned}`,
    share(line.accuracy),
    line.best === undefined ? "" : `${share(line.best)} (${line.bestEpoch})`,
    line.when ? minuteOf(line.when) : "",
    line.seconds > 0 ? duration(line.seconds) : "",
  ]);
  const told = lines.filter(({ reason }) => reason !== undefined);
  return [
    ...alignedLines(titles, cells, ["seed", "epochs", "accuracy", "best", "time"]),
    ...told.map(({ folder, state, reason }) =>
      printable(`${folder} ${state === "failed" ? "failed" : "is damaged"}: ${reason}`)
    ),
  ];
}

/** `2026-11-28 17:40`, by the clock of this machine. */
function minuteOf(when: Date): string {
  const local = new Date(when.getTime() - 60_000 * when.getTimezoneOffset());
  return local.toISOString().slice(0, 16).replace("T", " ");
}

const CSV: readonly [name: string, field: (line: RunLine) => CsvField][] = [
  ["run", ({ id }) => id],
  ["differs_by", ({ differs }) => differs],
  ["preset", ({ preset }) => preset],
  ["seed", ({ seed }) => seed],
  ["state", ({ state }) => state],
  ["epochs_finished", ({ epochs }) => epochs],
  ["epochs_planned", ({ planned }) => planned],
  ["accuracy", ({ accuracy }) => accuracy],
  ["best", ({ best }) => best],
  ["best_epoch", ({ bestEpoch }) => bestEpoch],
  ["scoring", ({ scoring }) => scoring],
  ["when", ({ when }) => when?.toISOString()],
  ["seconds", ({ seconds }) => Number(seconds.toFixed(3))],
  ["folder", ({ folder }) => folder],
  ["reason", ({ reason }) => reason],
];

/** As CSV, with all digits. */
export function listedAsCsv(lines: readonly RunLine[]): string {
  const names = CSV.map(([name]) => name);
  return csvOf(names, lines.map((line) => CSV.map(([, field]) => field(line))));
}

/** As JSON, by the names of the CSV file; what is not known is null. */
export function listedAsJson(lines: readonly RunLine[]): string {
  const objects = lines.map((line) =>
    Object.fromEntries(CSV.map(([name, field]) => [name, field(line) ?? null]))
  );
  return JSON.stringify(objects, null, 2) + "\n";
}
