// deno-lint-ignore-file no-console
/** `deno task results`: writes the README's table of results from `results/`, or checks that it is up to date. */
import { parse } from "@std/csv";
import { parseArgs } from "@std/cli/parse-args";
import { join } from "node:path";
import { runCli } from "../src/cli.ts";
import { RunError, UsageError } from "../src/errors.ts";
import { readIfThere } from "./files.ts";
import type { Config } from "./run_folder.ts";

const README = "README.md", RESULTS = "results";
const BEGIN = "<!-- results:begin -->", END = "<!-- results:end -->";
const HELP = `Writes the table of results in ${README} from ${RESULTS}/PRESET/ID/.

  deno task results            rewrites the table
  deno task results --check    exits with 1 when it is not up to date

Options
  --verbose        print stack traces
  --help           print this`;

const BY_LOGIT = "test_accuracy_by_logit", BY_CENTER = "test_accuracy_by_nearest_center";
/** Titles, and on which side their cells stand. */
const COLUMNS: [string, "left" | "right"][] = [
  ["row", "left"],
  ["preset", "left"],
  ["adapter", "left"],
  ["epochs", "right"],
  ["published", "right"],
  ["logit, last", "right"],
  ["logit, best", "right"],
  ["nearest center, last", "right"],
  ["nearest center, best", "right"],
];

/** A run whose numbers are in the repository. */
export interface Result {
  config: Config;
  /** Lines of `metrics.csv`, by the names of its header. */
  metrics: Record<string, string>[];
}

/** The lines of the table, columns padded as `deno fmt` has them. */
export function tableOf(results: readonly Result[]): string[] {
  if (results.length === 0) return ["No results are in the repository yet."];
  const rows = [COLUMNS.map(([title]) => title), ...results.map(cellsOf)];
  const widths = COLUMNS.map((_, i) => Math.max(...rows.map((row) => row[i].length)));
  const line = (cells: string[]) => `| ${cells.join(" | ")} |`;
  const padded = rows.map((row) =>
    line(
      row.map((cell, i) =>
        COLUMNS[i][1] === "left" ? cell.padEnd(widths[i]) : cell.padStart(widths[i])
      ),
    )
  );
  const rule = COLUMNS.map(([, side], i) =>
    side === "left" ? "-".repeat(widths[i]) : `${"-".repeat(widths[i] - 1)}:`
  );
  return [padded[0], line(rule), ...padded.slice(1)];
}

/** The text with the lines between the marks replaced. */
export function withTable(readme: string, lines: readonly string[]): string {
  const begin = readme.indexOf(BEGIN), end = readme.indexOf(END);
  if (begin < 0 || end < begin) {
    throw new RunError(`${README} has no place for the results: it needs ${BEGIN} and ${END}`);
  }
  const before = readme.slice(0, begin + BEGIN.length);
  return `${before}\n\n${lines.join("\n")}\n\n${readme.slice(end)}`;
}

function cellsOf({ config: { plan, adapter }, metrics }: Result): string[] {
  const accuracies = [BY_LOGIT, BY_CENTER].flatMap((name) => {
    const values = metrics.map((line) => Number(line[name]));
    const best = Math.max(...values);
    return [
      values[values.length - 1].toFixed(4),
      `${best.toFixed(4)} (${values.indexOf(best) + 1})`,
    ];
  });
  const published = plan.source?.accuracy.toFixed(3) ?? "-";
  return [plan.id, plan.preset, adapter, String(metrics.length), published, ...accuracies];
}

/** All results, in the order of their presets and rows. */
async function readResults(): Promise<Result[]> {
  const results: Result[] = [];
  for (const preset of folders(RESULTS)) {
    for (const id of folders(join(RESULTS, preset))) {
      results.push(await readResult(join(RESULTS, preset, id)));
    }
  }
  return results;
}

async function readResult(folder: string): Promise<Result> {
  const [config, metrics] = await Promise.all(["config.json", "metrics.csv"].map(async (name) => {
    const bytes = await readIfThere(join(folder, name));
    if (!bytes) throw new RunError(`${join(folder, name)} is not there: copy it from the run`);
    return new TextDecoder().decode(bytes);
  }));
  const lines = parse(metrics, { skipFirstRow: true }) as Result["metrics"];
  if (lines.length === 0) {
    throw new RunError(`${join(folder, "metrics.csv")} has no finished epoch`);
  }
  return { config: JSON.parse(config), metrics: lines };
}

/** Names of the folders in a folder, sorted; none where it is not there. */
function folders(path: string): string[] {
  try {
    return [...Deno.readDirSync(path)].filter((it) => it.isDirectory).map((it) => it.name).sort();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}

async function main(args: string[]): Promise<number> {
  const flags = parseArgs(args, {
    boolean: ["check", "help", "verbose"],
    unknown: (argument: string) => {
      throw new UsageError(`Unknown argument ${argument}: see deno task results --help`);
    },
  });
  if (flags.help) {
    console.log(HELP);
    return 0;
  }
  const readme = await Deno.readTextFile(README);
  const wanted = withTable(readme, tableOf(await readResults()));
  if (readme === wanted) return 0;
  if (flags.check) {
    throw new RunError(`The table of results in ${README} is not up to date: deno task results`);
  }
  await Deno.writeTextFile(README, wanted);
  return 0;
}

if (import.meta.main) await runCli(main);
