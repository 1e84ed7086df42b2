// deno-lint-ignore-file no-console
/** `deno task table`: collects finished runs, and writes what is told of `results/`, or checks that it is up to date. */
import { join } from "node:path";
import { command, flag } from "../cli/flags.ts";
import { mainOf, runCli } from "../cli/run_cli.ts";
import { path } from "../cli/values.ts";
import { RunError } from "../src/base/errors.ts";
import { printable } from "../src/base/printable.ts";
import { collect } from "./report/collect.ts";
import { readIfThere, readJson, writeAllWhole } from "../src/base/files.ts";
import { GROUPS, pageLines, pageOf } from "./report/pages.ts";
import { galleryLines } from "./report/gallery.ts";
import { peersTableOf } from "./report/peers_table.ts";
import { withBlock } from "./report/block.ts";
import { foldersIn, readResults, type Result } from "./report/results.ts";
import { csvTable, markdownTable, othersTable, resultLines } from "./report/results_table.ts";
import {
  drawSeparation,
  type SeparationFigure,
  separationLines,
  separations,
} from "./report/separation.ts";
import { type SpeedRow, speedRows, speedTableOf } from "./report/speed_table.ts";

const README = "README.md", RESULTS = "results";
const BENCH = join(RESULTS, "bench"), PEERS = join(BENCH, "peers.csv");

const TABLE = command({
  name: "table",
  about:
    `Writes what is told of ${RESULTS}/: ${RESULTS}/table.md, ${RESULTS}/table.csv, figures, and the parts of ` +
    `${README} and docs/experiments/ between marks.`,
  forms: [["", "writes them"]],
  flags: {
    check: flag("writes nothing; exits with 1 when one is not up to date"),
    runs: path(
      "DIR",
      `first copies finished runs of published rows from there to ${RESULTS}/PRESET/ID/seed-N/`,
    ),
  },
  exclusive: [[["check", "runs"], "the one only compares, the other copies"]],
});

/** What is written: texts by path, and figures. */
interface Wanted {
  texts: Map<string, string>;
  figures: SeparationFigure[];
}

/** @param damaged Takes what is wrong with results that are damaged, and could not be read. */
async function wanted(damaged: RunError[]): Promise<Wanted> {
  const all = await readResults(RESULTS, damaged), lines = resultLines(all);
  // The published table by itself: rows of other repositories have recipes of their own.
  const results = all.filter(inTable), others = all.filter((result) => !inTable(result));
  const markdown = markdownTable(resultLines(results));
  const figures = await separations(results, RESULTS);
  const peers = await readIfThere(PEERS);
  const blocks: [string, string[]][] = [
    ["results", markdown],
    ["others", othersTable(resultLines(others))],
    ["gallery", galleryLines(results)],
    ["separation", separationLines(figures)],
    ["speed", speedTableOf(await readSpeeds())],
    ["peers", peersTableOf(peers && new TextDecoder().decode(peers), PEERS)],
  ];
  const readme = blocks.reduce(
    (text, [name, lines]) => withBlock(text, name, lines),
    await Deno.readTextFile(README),
  );
  const pages: [string, string][] = [];
  for (const [name, group] of Object.entries(GROUPS)) {
    const path = pageOf(name), bytes = await readIfThere(path);
    if (!bytes) continue;
    const lines = await pageLines(group, others, RESULTS);
    pages.push([path, withBlock(new TextDecoder().decode(bytes), "numbers", lines, path)]);
  }
  return {
    texts: new Map([
      [README, readme],
      ...pages,
      [join(RESULTS, "table.md"), `${markdown.join("\n")}\n`],
      [join(RESULTS, "table.csv"), csvTable(lines)],
    ]),
    figures,
  };
}

/** Whether a run is of a row of the published table. */
function inTable({ config: { plan: { source } } }: Result): boolean {
  return source?.row !== undefined;
}

/** What was timed, machine by machine. */
async function readSpeeds(): Promise<SpeedRow[][]> {
  const files = foldersIn(BENCH).map((machine) => join(BENCH, machine, "bench.json"));
  const read = await Promise.all(
    files.map((path) => readJson(path, speedRows, "is no benchmark (deno task bench --json)")),
  );
  return read.filter((rows) => rows !== undefined);
}

/** Paths of what is not as it should be. Of a figure only whether it is there: another machine may round a pixel. */
async function stale({ texts, figures }: Wanted): Promise<string[]> {
  const paths: string[] = [];
  for (const [path, text] of texts) {
    const bytes = await readIfThere(path);
    if (!bytes || new TextDecoder().decode(bytes) !== text) paths.push(path);
  }
  for (const { path } of figures) if (!await readIfThere(path)) paths.push(path);
  return paths;
}

/** Runs the command. */
export const main = mainOf(TABLE, async ({ flags }) => {
  let failed = 0;
  if (flags.runs !== undefined) {
    for (const { run, copied, failed: damaged, note } of await collect(flags.runs, RESULTS)) {
      if (damaged) failed++;
      (damaged ? console.error : console.log)(
        printable(copied ? `${run} to ${note}` : `${run} is left out: ${note}`),
      );
    }
  }
  const damaged: RunError[] = [], all = await wanted(damaged), last = damaged.pop();
  for (const { message } of damaged) console.error(message);
  if (last) throw last;
  const paths = await stale(all);
  if (flags.check) {
    if (paths.length === 0) return 0;
    throw new RunError(`${paths.join(", ")}: not up to date with ${RESULTS}/; run deno task table`);
  }
  const contents = new Map<string, Uint8Array | string>();
  for (const path of paths) if (all.texts.has(path)) contents.set(path, all.texts.get(path)!);
  for (const figure of all.figures) contents.set(figure.path, await drawSeparation(figure));
  await writeAllWhole(contents, "free some");
  for (const path of paths.filter((path) => all.texts.has(path))) console.log(`${path} is written`);
  return failed > 0 ? 1 : 0;
});

if (import.meta.main) await runCli(main);
