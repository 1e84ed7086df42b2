/** Small runs on drawn digits, and what is in their folders. */
import { join } from "node:path";
import { parseOptions } from "../../experiments/flags/exp.ts";
import { run } from "../../experiments/runner/runner.ts";
import { gpu } from "../../src/gpu/device.ts";
import { printed } from "../printed.ts";

/** The flags of a run that is over in a second. */
export const SIZES = ["--preset", "smoke", "--train-size", "18", "--test-size", "10", "--no-tune"];

/** The flags that continue it. */
export const RESUME = ["--preset", "smoke", "--resume"];

/** Where its files are. */
export const folderIn = (out: string) => join(out, "cent-digits-2", "smoke", "seed-1");

/** A folder without data sets, beside the runs: drawn digits take their place. */
export function noData(out: string): string {
  const path = join(out, "no-data");
  Deno.mkdirSync(path, { recursive: true });
  return path;
}

/** The same flags for a row on a data set, of which drawn digits take the place. */
export const drawnSizes = (out: string) => [...SIZES, "--data-dir", noData(out)];

/** Where the files of any row are. */
export const rowFolder = (out: string, id: string) => join(out, id, "smoke", "seed-1");

/** Runs any row, quietly. */
export function startRow(id: string, out: string, flags: string[], stop = { requested: false }) {
  const options = parseOptions([id, "--out", out, ...flags])!;
  return printed(() => run(options, gpu(), stop));
}

/** Runs it, quietly. */
export function start(out: string, flags: string[], stop = { requested: false }) {
  return startRow("cent-digits-2", out, flags, stop);
}

/** Stops a run as soon as a file is there. */
export function onceThere(path: string) {
  return {
    get requested() {
      try {
        return Deno.statSync(path).isFile;
      } catch {
        return false;
      }
    },
  };
}

/** Every file of a folder with its bytes; none where it is not there. */
export function contents(folder: string): Map<string, Uint8Array<ArrayBuffer>> {
  return new Map([...filesIn(folder)].sort().map((f) => [f, Deno.readFileSync(join(folder, f))]));
}

/** The same without clock values. */
export function numbersIn(folder: string): Map<string, Uint8Array<ArrayBuffer>> {
  const all = contents(folder);
  all.delete("timing.csv");
  return all;
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
  for (const [file, bytes] of contents(from)) {
    const path = join(to, file);
    await Deno.mkdir(join(path, ".."), { recursive: true });
    await Deno.writeFile(path, bytes);
  }
}
