/** Small runs on drawn digits, and what is in their folders. */
import { assertEquals, assertRejects } from "@std/assert";
import { join } from "node:path";
import { EVENTS } from "../../experiments/events/run_events.ts";
import { parseOptions } from "./parse_options.ts";
import { run } from "../../experiments/runner/runner.ts";
import type { RunError, UsageError } from "../../src/base/errors.ts";
import { gpu } from "../../src/gpu/device.ts";
import { put } from "../data/pictures.ts";
import { diskTest } from "../on_disk.ts";
import { printed } from "../printed.ts";

/** The flags of a run that is over in a second. */
export const SIZES = [
  ...["--preset", "smoke", "--name", "t", "--train-size", "18", "--test-size", "10", "--no-tune"],
];

/** The flags that continue it. */
export const RESUME = ["--preset", "smoke", "--name", "t", "--resume"];

/** A test of runs in a folder of its own, which is removed after it; what was taken on the GPU is given back. */
export function runTest(
  name: string,
  act: (root: string, t: Deno.TestContext) => Promise<void>,
): void {
  diskTest(name, (root, t) => act(root, t).finally(() => gpu().pool.trim()));
}

/** Where its files are. */
export const folderIn = (out: string) => rowFolder(out, "cent-digits-2");

/** A folder without data sets, beside the runs: drawn digits take their place. */
export function noData(out: string): string {
  const path = join(out, "no-data");
  Deno.mkdirSync(path, { recursive: true });
  return path;
}

/** The same flags for a row on a data set, of which drawn digits take the place. */
export const drawnSizes = (out: string) => [...SIZES, "--data-dir", noData(out)];

/** Where the files of any row are, run with those flags: their name finds it, whatever else a test changes. */
export const rowFolder = (out: string, id: string, seed = 1) =>
  join(out, `${id}+t`, "smoke", `seed-${seed}`);

/** Where they are without flags of their own. */
export const plainFolder = (out: string, id: string) => join(out, id, "smoke", "seed-1");

/** Runs any row, quietly. */
export function startRow(id: string, out: string, flags: string[], stop = { requested: false }) {
  const options = parseOptions([id, "--out", out, ...flags])!;
  return printed(() => run(options, gpu(), stop));
}

/** Runs it, quietly. */
export function start(out: string, flags: string[], stop = { requested: false }) {
  return startRow("cent-digits-2", out, flags, stop);
}

/** A run is refused in one line, which is returned, and its folder is as it was. */
export async function refuse(
  out: string,
  flags: string[],
  type: typeof RunError | typeof UsageError,
  message: string,
  id = "cent-digits-2",
): Promise<string> {
  const before = contents(out);
  const error = await assertRejects(() => startRow(id, out, flags), type, message);
  assertEquals(error.message.includes("\n"), false, error.message);
  assertEquals(contents(out), before);
  return error.message;
}

/** Stops a run as soon as a file is there. */
export function onceThere(path: string) {
  return {
    get requested() {
      return isThere(path);
    },
  };
}

/** Every file of a folder with its bytes; none where it is not there. */
export function contents(folder: string): Map<string, Uint8Array<ArrayBuffer>> {
  return new Map([...filesIn(folder)].sort().map((f) => [f, Deno.readFileSync(join(folder, f))]));
}

/** The same without clock values: events have a time each. */
export function numbersIn(folder: string): Map<string, Uint8Array<ArrayBuffer>> {
  const all = contents(folder);
  all.delete("timing.csv");
  all.delete(EVENTS);
  const config = all.get("config.json");
  if (config) all.set("config.json", withoutPlace(config));
  return all;
}

/** Where a run has its data sets from is no number of it. */
function withoutPlace(config: Uint8Array): Uint8Array<ArrayBuffer> {
  const text = new TextDecoder().decode(config);
  return new TextEncoder().encode(text.replace(/^ *"dataDir": .*\n/m, ""));
}

/** Compares every byte of a run folder, but for clock values. */
export function assertSameNumbers(folder: string, wanted: ReadonlyMap<string, Uint8Array>): void {
  const found = numbersIn(folder);
  assertEquals([...found.keys()], [...wanted.keys()]);
  // The difference of two pictures in words is longer than memory.
  const equal = ([name, bytes]: [string, Uint8Array]) =>
    found.get(name)!.length === bytes.length &&
    found.get(name)!.every((byte, i) => byte === bytes[i]);
  assertEquals([...wanted].filter((one) => !equal(one)).map(([name]) => name), []);
}

function* filesIn(folder: string, inside = ""): Generator<string> {
  if (!isThere(folder)) return;
  for (const { name, isDirectory } of Deno.readDirSync(folder)) {
    if (isDirectory) yield* filesIn(join(folder, name), `${inside}${name}/`);
    else yield inside + name;
  }
}

/** Whether there is something at a path. */
export function isThere(path: string): boolean {
  try {
    return Boolean(Deno.lstatSync(path));
  } catch {
    return false;
  }
}

/** Copies a folder with all that is in it. */
export async function copy(from: string, to: string): Promise<void> {
  for (const [file, bytes] of contents(from)) await put(join(to, file), bytes);
}

let copies = 0;

/** A copy of a folder, beside it, to be spoiled. */
export async function copyOf(out: string): Promise<string> {
  const to = `${out}-copy-${++copies}`;
  await copy(out, to);
  return to;
}

/** The text of a file. */
export const textOf = (...path: string[]) => Deno.readTextFile(join(...path));

/** Lines of a CSV file without quotes, the header first. */
export async function linesOf(...path: string[]): Promise<string[][]> {
  return (await textOf(...path)).trimEnd().split("\n").map((line) => line.split(","));
}

/** Columns of numbers of such a file, by their names. */
export async function columnsOf(...path: string[]): Promise<(name: string) => number[]> {
  const [header, ...lines] = await linesOf(...path);
  return (name) => lines.map((line) => Number(line[header.indexOf(name)]));
}
