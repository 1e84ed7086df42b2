// deno-lint-ignore-file no-console
/** `deno task results`: writes the README's tables of results from `results/`, or checks that they are up to date. */
import { parse } from "@std/csv";
import { parseArgs } from "@std/cli/parse-args";
import { join } from "node:path";
import { runCli } from "../src/cli.ts";
import { RunError, UsageError } from "../src/errors.ts";
import { readIfThere } from "./files.ts";
import { type MarkdownColumn, padded } from "./markdown.ts";
import { peersTableOf } from "./peers_table.ts";
import type { Config } from "./run_folder.ts";
import { type SpeedRow, speedTableOf } from "./speed_table.ts";

const README = "README.md", RESULTS = "results";
const BENCH = join(RESULTS, "bench"), PEERS = join(BENCH, "peers.csv");
const HELP =
  `Writes the tables of results in ${README}: of runs from ${RESULTS}/PRESET/ID/, of speeds from ${RESULTS}/bench/.

  deno task results            rewrites the tables
  deno task results --check    exits with 1 when one is not up to date

Options
  --verbose        print stack traces
  --help           print this`;

const BY_LOGIT = "test_accuracy_by_logit", BY_CENTER = "test_accuracy_by_nearest_center";
/** Titles, and on which side their cells stand. */
const COLUMNS: readonly MarkdownColumn[] = [
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
  return padded(COLUMNS, results.map(cellsOf));
}

/** The text with the lines between a block's marks replaced. */
export function withTable(
  readme: string,
  lines: readonly string[],
  block: "results" | "speed" | "peers" = "results",
): string {
  const beginMark = `<!-- ${block}:begin -->`, endMark = `<!-- ${block}:end -->`;
  const begin = readme.indexOf(beginMark), end = readme.indexOf(endMark);
  if (begin < 0 || end < begin) {
    throw new RunError(
      `${README} has no place for the ${block}: it needs ${beginMark} and ${endMark}`,
    );
  }
  const before = readme.slice(0, begin + beginMark.length);
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
  for (const preset of folders(RESULTS).filter((name) => join(RESULTS, name) !== BENCH)) {
    for (const id of folders(join(RESULTS, preset))) {
      results.push(await readResult(join(RESULTS, preset, id)));
    }
  }
  return results;
}

/** What was timed, machine by machine. */
async function readSpeeds(): Promise<SpeedRow[][]> {
  const files = folders(BENCH).map((machine) => join(BENCH, machine, "bench.json"));
  const read = await Promise.all(files.map(readIfThere));
  return read.filter((bytes) => bytes !== undefined).map((bytes) =>
    JSON.parse(new TextDecoder().decode(bytes))
  );
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
  const peers = await readIfThere(PEERS);
  const wanted = withTable(
    withTable(
      withTable(readme, tableOf(await readResults())),
      speedTableOf(await readSpeeds()),
      "speed",
    ),
    peersTableOf(peers && new TextDecoder().decode(peers)),
    "peers",
  );
  if (readme === wanted) return 0;
  if (flags.check) {
    throw new RunError(`The tables of results in ${README} are not up to date: deno task results`);
  }
  await Deno.writeTextFile(README, wanted);
  return 0;
}

if (import.meta.main) await runCli(main);
