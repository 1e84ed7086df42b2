// deno-lint-ignore-file no-console
/** What a comparison leaves: a table, curves, maps, and what was compared. */
import { join } from "node:path";
import { RunError } from "../../src/base/errors.ts";
import { writeWhole } from "../../src/base/files.ts";
import { wrapped } from "../../src/base/format.ts";
import { printable } from "../../src/base/printable.ts";
import { delayFor, encodePng, GifWriter } from "../../src/figures/mod.ts";
import { namesIn } from "../run_folder/folder_contents.ts";
import { alignedLines } from "./aligned.ts";
import type { Comparison } from "./comparison.ts";
import { drawCurves } from "./comparison_curves.ts";
import { mapsOf, MOST_MAPS } from "./comparison_maps.ts";
import { csvTable, textTable, WORDS } from "./comparison_table.ts";
import { Labelled } from "./labelled.ts";
import { tableOf } from "./markdown.ts";
import { listedAsCsv, runLine } from "./run_list.ts";

/** The file that tells a folder of a comparison from others. */
const MARK = "compare.json";
/** Pictures of features; the last one is a frame of the first. */
const MAPS = ["maps.gif", "maps-own-axes.png", "maps.png"];

/**
 * Makes sure that a comparison may be written into a folder: it holds an earlier one, or nothing.
 *
 * @throws {RunError} When it holds something else, which stays as it is.
 */
export async function mayWriteInto(folder: string): Promise<void> {
  const names = await namesIn(folder);
  if (names.length === 0 || names.includes(MARK)) return;
  throw new RunError(
    `${folder} holds files of something else, which stay as they are: name another folder with --out`,
  );
}

/** Prints the table. */
export function printComparison(comparison: Comparison): void {
  const { titles, lines, right } = textTable(comparison);
  console.log(`${comparison.title}, ${comparison.seeds}\n`);
  for (const line of alignedLines(titles, lines, right)) console.log(line);
  console.log(`\n${wrapped(WORDS, 100).join("\n")}`);
}

/**
 * Writes `comparison.csv`, `comparison.md`, `runs.csv`, `curves.png`, `maps.png`, `maps-own-axes.png`, `maps.gif` and `compare.json`.
 *
 * @throws {RunError} When a file of a run is damaged, or one cannot be written.
 */
export async function writeComparison(
  comparison: Comparison,
  folder: string,
  dataDir: string | undefined,
): Promise<void> {
  const write = (name: string, content: string | Uint8Array) =>
    writeWhole(join(folder, name), content);
  const runs = comparison.groups.flatMap(({ runs }) => runs);
  await write(
    MARK,
    JSON.stringify({ title: comparison.title, runs: runs.map(({ folder }) => folder) }, null, 2) +
      "\n",
  );
  await write("comparison.csv", csvTable(comparison));
  await write("runs.csv", listedAsCsv(runs.map(runLine)));
  await write("curves.png", encodePng(drawCurves(comparison)));
  const maps = await writeMaps(comparison, write, dataDir);
  // Those of an earlier comparison would tell of other runs.
  if (maps.length === 0) await removeAll(folder, MAPS);
  await write("comparison.md", markdownOf(comparison, ["curves.png", ...maps]));
  const what = maps.length > 0 ? "Table, curves and maps" : "Table and curves";
  console.log(`\n${printable(`${what} are in ${folder}`)}`);
}

async function removeAll(folder: string, names: readonly string[]): Promise<void> {
  for (const name of names) await Deno.remove(join(folder, name)).catch(() => {});
}

/** The names of what is drawn; none where the images of the runs are not there. */
async function writeMaps(
  comparison: Comparison,
  write: (name: string, content: Uint8Array) => Promise<void>,
  dataDir: string | undefined,
): Promise<string[]> {
  try {
    const maps = await mapsOf(comparison, new Labelled(dataDir));
    if (!maps) {
      console.log("Maps are left out: no run keeps features of two dimensions or more");
      return [];
    }
    const { length } = comparison.groups;
    if (length > MOST_MAPS) console.log(`Maps show the first ${MOST_MAPS} of ${length}`);
    const gif = new GifWriter({ delay: delayFor(maps.epochs.length), classes: maps.classes });
    for (const epoch of maps.epochs) gif.add(maps.frame(epoch));
    await write("maps.png", encodePng(maps.still("common")));
    await write("maps-own-axes.png", encodePng(maps.still("own")));
    await write("maps.gif", gif.finish());
    return MAPS.slice(0, 2);
  } catch (error) {
    if (!(error instanceof RunError)) throw error;
    // Labels are those of the images; all else is told without them.
    console.error(printable(`Maps are left out: ${error.message}`));
    return [];
  }
}

function markdownOf(comparison: Comparison, pictures: readonly string[]): string {
  const { titles, lines, right } = textTable(comparison);
  const columns = titles.map((title, k) =>
    [
      title,
      right.includes(title) ? "right" : "left",
      (line: readonly string[]) => line[k],
    ] as const
  );
  return [
    `# ${comparison.title}`,
    "",
    ...tableOf(columns, lines),
    "",
    `${WORDS}.`,
    "",
    ...pictures.flatMap((name) => [`![${name}](${name})`, ""]),
  ].join("\n");
}
