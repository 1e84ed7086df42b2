// deno-lint-ignore-file no-console
/** `deno task table`: collects finished runs, and writes what is told of `results/`, or checks that it is up to date. */
import { join } from "node:path";
import { command, flag } from "../cli/flags.ts";
import { mixedSettings } from "./report/older_settings.ts";
import { mainOf, runCli } from "../cli/run_cli.ts";
import { path } from "../cli/values.ts";
import { RunError, UsageError } from "../src/base/errors.ts";
import { namesIn } from "./run_folder/folder_contents.ts";
import { printable } from "../src/base/printable.ts";
import { CLAIMS } from "./report/claims/catalog.ts";
import { tallyLines } from "./report/claims/tally.ts";
import { outcomeLines, verdictLines } from "./report/claims/verdicts.ts";
import { collect } from "./report/collect.ts";
import { type Columns, readLines } from "../src/base/csv_lines.ts";
import { CATALOG } from "./rows/catalog.ts";
import { isThere, readIfThere, readJson, writeAllWhole } from "../src/base/files.ts";
import {
  fastResults,
  fastSettings,
  SEARCH_COLUMNS,
  searchLines,
} from "./report/fast/fast_table.ts";
import { missedFigure } from "./report/fast/fast_curves.ts";
import { familyTreeLines } from "./report/family_tree.ts";
import { GROUPS, pageLines } from "./report/pages.ts";
import { galleryLines } from "./report/gallery.ts";
import { figureLines, lossFigures } from "./report/loss_figures.ts";
import { PAGE_COLUMNS, pageTableOf } from "./report/page_table.ts";
import { PHASE_COLUMNS, phasesTableOf } from "./report/phases_table.ts";
import { PEER_COLUMNS, peersTableOf } from "./report/peers_table.ts";
import { degradationLines, measureLines, panelLines } from "./report/measures_table.ts";
import { type Block, withBlocks } from "./report/block.ts";
import { foldersIn, readResults } from "./report/results.ts";
import {
  csvTable,
  OTHER_ROWS,
  resultLines,
  resultsTable,
  TABLE_ROWS,
} from "./report/results_table.ts";
import { drawSeparation, separationFigures, separationLines } from "./report/separation.ts";
import { strengthLines } from "./report/strength.ts";
import { summaryLines } from "./report/summary_table.ts";
import { type SpeedRow, speedRows, speedTableOf } from "./report/speed_table.ts";

const README = "README.md", RESULTS = "results";
const RESULTS_PAGE = join("docs", "results.md"), SPEED_PAGE = join("docs", "speed.md");
const FAST_PAGE = join("docs", "fast.md"), SEARCH = join(RESULTS, "fast", "search.csv");
const LOSSES_PAGE = join("docs", "experiments", "losses.md");
const TREE_PAGE = join("docs", "losses.md");
const BENCH = join(RESULTS, "bench"), PEERS = join(BENCH, "peers.csv");
const IN_A_PAGE = join(BENCH, "page.csv"), PHASES = join(BENCH, "llvmpipe", "phases.csv");
const PERFORMANCE_PAGE = join("docs", "performance.md");

/** Studies of the family, each with a page, and those that change the training set. */
const DEGRADED = ["relatives-imbalance", "relatives-noise"];
const FAMILY = ["relatives", "relatives-open-set", ...DEGRADED];

const TABLE = command({
  name: "table",
  about:
    `Writes what is told of ${RESULTS}/: ${RESULTS}/table.md, ${RESULTS}/table.csv, figures, and the parts of ` +
    `${README} and docs/ between marks.`,
  forms: [["", "writes them"]],
  flags: {
    check: flag("writes nothing; exits with 1 when one is not up to date"),
    runs: path(
      "DIR",
      `first copies finished runs of published rows and their relatives, as their presets have them, from there to ${RESULTS}/PRESET/ID/seed-N/`,
    ),
    replace: flag("with --runs: in the place of runs that are there already"),
  },
  exclusive: [[["check", "runs"], "the one only compares, the other copies"]],
});

/** Texts and figures by their paths; a figure is drawn when it is written. */
interface Wanted {
  /** How many results they tell of. */
  results: number;
  texts: ReadonlyMap<string, string>;
  figures: ReadonlyMap<string, () => Uint8Array>;
}

/** @param damaged Takes what is wrong with results that are damaged, and could not be read. */
async function wanted(damaged: RunError[]): Promise<Wanted> {
  const all = await readResults(RESULTS, damaged);
  damaged.push(...mixedSettings(all));
  // The published table by itself: rows of other repositories have recipes of their own.
  const inTable = all.filter((result) => result.config.plan.source?.row !== undefined);
  const others = all.filter((result) => !inTable.includes(result));
  const markdown = resultsTable(TABLE_ROWS, resultLines(inTable));
  const separation = await separationFigures(inTable), losses = await lossFigures(inTable);
  const read = async (path: string, columns: Columns) => await readLines(path, columns) ?? [];
  const plane = inTable.filter(({ config: { plan } }) => plan.recipe.featureDim === 2);
  const published = [...CATALOG.values()].filter(({ source }) => source?.row !== undefined);
  const missed = missedFigure(published, inTable);
  const block = (path: string, name: string, lines: string[]): Block => ({ path, name, lines });
  const blocks = [
    block(README, "summary", summaryLines(resultLines(inTable))),
    block(README, "gallery", await galleryLines(plane, { sets: ["test"] })),
    block(RESULTS_PAGE, "results", markdown),
    block(RESULTS_PAGE, "gallery", await galleryLines(inTable, { to: "../" })),
    block(RESULTS_PAGE, "separation", separationLines(separation)),
    block(RESULTS_PAGE, "claims", await tallyLines(CLAIMS, RESULTS)),
    block(RESULTS_PAGE, "others", resultsTable(OTHER_ROWS, resultLines(others))),
    block(FAST_PAGE, "settings", fastSettings(published)),
    block(FAST_PAGE, "results", fastResults(published, inTable)),
    block(FAST_PAGE, "missed", figureLines(missed, "../")),
    block(FAST_PAGE, "search", searchLines(await read(SEARCH, SEARCH_COLUMNS))),
    block(TREE_PAGE, "losses", await familyTreeLines(all)),
    block(LOSSES_PAGE, "figures", figureLines(losses, "../../")),
    block(LOSSES_PAGE, "strength", await strengthLines(RESULTS, "../../")),
    block(SPEED_PAGE, "speed", speedTableOf(await readSpeeds())),
    block(SPEED_PAGE, "peers", peersTableOf(await read(PEERS, PEER_COLUMNS))),
    block(SPEED_PAGE, "page", pageTableOf(await read(IN_A_PAGE, PAGE_COLUMNS))),
    block(PERFORMANCE_PAGE, "phases", phasesTableOf(await read(PHASES, PHASE_COLUMNS))),
  ];
  const pages = Object.entries(GROUPS).map(async ([page, group]): Promise<Block> => ({
    path: join("docs", "experiments", `${page}.md`),
    name: "numbers",
    lines: await pageLines(group, others, RESULTS),
  }));
  const verdicts = Object.entries(CLAIMS).flatMap(([page, claims]) => {
    const path = join("docs", "experiments", `${page}.md`);
    return [
      outcomeLines(claims, RESULTS).then((lines) => block(path, "outcome", lines)),
      verdictLines(claims, RESULTS).then((lines) => block(path, "verdicts", lines)),
    ];
  });
  const family = FAMILY.flatMap((study) => {
    const page = join("docs", "experiments", `${study}.md`);
    return [
      panelLines(study, RESULTS, "../../").then((lines) => block(page, "panels", lines)),
      measureLines(study, RESULTS).then((lines) => block(page, "measures", lines)),
      ...(DEGRADED.includes(study)
        ? [degradationLines(study, RESULTS).then((lines) => block(page, "degradation", lines))]
        : []),
    ];
  });
  const texts = await withBlocks([
    ...blocks,
    ...await Promise.all([...pages, ...verdicts, ...family]),
  ]);
  texts.set(join(RESULTS, "table.md"), `${markdown.join("\n")}\n`);
  texts.set(join(RESULTS, "table.csv"), csvTable(resultLines(all)));
  return {
    results: all.length,
    texts,
    figures: new Map<string, () => Uint8Array>([
      ...separation.map(({ path, runs }) => [path, () => drawSeparation(runs)] as const),
      ...[...losses, ...missed].map(({ path, draw }) => [path, draw] as const),
    ]),
  };
}

/** What was timed, machine by machine. */
async function readSpeeds(): Promise<SpeedRow[][]> {
  const files = foldersIn(BENCH).map((machine) => join(machine, "bench.json"));
  const read = await Promise.all(
    files.map((path) => readJson(path, speedRows, "is no benchmark (deno task bench --json)")),
  );
  return read.filter((rows) => rows !== undefined);
}

/** What was done, in a line: where nothing changed, that it is as it should be. */
function summary({ results, texts, figures }: Wanted, written: number): string {
  const drawn = figures.size > 0 ? `; drawn anew: ${[...figures.keys()].join(", ")}` : "";
  return `${results} results in ${RESULTS}/: ${written} of ${texts.size} texts changed${drawn}`;
}

/** Paths of what is not as it should be. Of a figure only whether it is there: another machine may round a pixel. */
async function stale({ texts, figures }: Wanted): Promise<string[]> {
  const paths: string[] = [];
  for (const [path, text] of texts) {
    const bytes = await readIfThere(path);
    if (!bytes || new TextDecoder().decode(bytes) !== text) paths.push(path);
  }
  for (const path of figures.keys()) if (!await isThere(path)) paths.push(path);
  return paths;
}

/** Names of the figures that are drawn beside a preset's results. */
const DRAWN = /^(separation|missed|(gap|confusions)-\d+d)\.png$/;

/** Figures of results that are no longer there. */
async function leftOver({ figures }: Wanted): Promise<string[]> {
  const found = await Promise.all(
    foldersIn(RESULTS).map(async (preset) =>
      (await namesIn(preset)).filter((name) => DRAWN.test(name)).map((name) => join(preset, name))
    ),
  );
  return found.flat().filter((path) => !figures.has(path));
}

/** Runs the command. */
export const main = mainOf(TABLE, async ({ flags }) => {
  if (flags.replace && flags.runs === undefined) {
    throw new UsageError("--replace is for --runs DIR, whose runs take the place of others");
  }
  const runs = flags.runs === undefined ? [] : await collect(flags.runs, RESULTS, flags.replace);
  for (const { run, copied, failed, note } of runs) {
    const line = printable(copied ? `${run} to ${note}` : `${run} is left out: ${note}`);
    (failed ? console.error : console.log)(line);
  }
  const damaged: RunError[] = [], all = await wanted(damaged), last = damaged.pop();
  for (const { message } of damaged) console.error(message);
  if (last) throw last;
  const paths = await stale(all), over = await leftOver(all);
  if (flags.check) {
    if (paths.length + over.length === 0) {
      console.log(`All that is told of ${all.results} results is up to date`);
      return 0;
    }
    throw new RunError(
      `${[...paths, ...over].join(", ")}: not up to date with ${RESULTS}/; run deno task table`,
    );
  }
  const texts = [...all.texts].filter(([path]) => paths.includes(path));
  const contents = new Map<string, Uint8Array | string>(texts);
  for (const [path, draw] of all.figures) contents.set(path, draw());
  await writeAllWhole(contents, "free some");
  for (const path of over) await Deno.remove(path);
  for (const [path] of texts) console.log(`${path} is written`);
  for (const path of over) console.log(`${path} is deleted: no result has it any more`);
  console.log(summary(all, texts.length));
  return runs.some(({ failed }) => failed) ? 1 : 0;
});

if (import.meta.main) await runCli(main);
