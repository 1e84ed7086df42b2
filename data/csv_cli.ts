// deno-lint-ignore-file no-console
/**
 * The program behind `deno task data:csv`: writes a data set as CSV files, in the form of Kaggle's
 * digit-recognizer.
 *
 * @module
 */
import { parseArgs } from "@std/cli/parse-args";
import { closestString } from "@std/text/closest-string";
import { join } from "node:path";
import { runCli } from "../src/base/cli.ts";
import { RunError, UsageError } from "../src/base/errors.ts";
import { printable } from "../src/base/printable.ts";
import { CATALOG } from "./sets/catalog.ts";
import { writeCsv } from "./sets/csv_file.ts";
import { DIGIT_RECOGNIZER, DIGIT_RECOGNIZER_FILES } from "./sets/digit_recognizer.ts";
import { DATA_VARIABLE, dataDirectory } from "./download/directory.ts";
import { fileSize } from "../src/base/files.ts";
import { type ImageSet, subset } from "../src/dataset/image_set.ts";

/** Of Kaggle's files. */
const SIZES = { train: 42_000, test: 28_000 } as const;

/** Data sets in files, but for the one that this program makes. */
const SOURCES = Object.keys(CATALOG).filter((it) => CATALOG[it].files && it !== DIGIT_RECOGNIZER);

const HELP = `Writes a data set as CSV files, in the form of Kaggle's digit-recognizer.

  deno task data:csv NAME              train.csv (label,pixel0,...), of the training images, and
                                       test.csv (pixel0,...: no labels), of the test images

Options
  --to DIR         the folder to write to (else ${DIGIT_RECOGNIZER} in the data directory)
  --train-size N   the first N training images (else ${SIZES.train}, or all where there are fewer)
  --test-size N    the first N test images (else ${SIZES.test}, or all where there are fewer)
  --overwrite      write over files that are there
  --data-dir DIR   where data sets are kept, each in a folder of its name
                   (else the environment variable ${DATA_VARIABLE}, else .cache/data in the project)
  --verbose        print stack traces
  --help           print this`;

/**
 * Runs the program.
 *
 * @returns The exit code.
 * @throws {UsageError} For an unknown data set or flag, a data set of other images than square grey ones, or a size
 * that is none or more than there is.
 * @throws {RunError} If the data set is missing or damaged, or a file is there or cannot be written.
 */
export async function main(args: string[]): Promise<number> {
  const flags = parseArgs(args, {
    boolean: ["help", "verbose", "overwrite"],
    string: ["data-dir", "to", "train-size", "test-size", "_"],
    unknown: (argument: string, key?: string) => {
      if (key !== undefined) {
        throw new UsageError(
          `Unknown flag ${argument.split("=")[0]}: see deno task data:csv --help`,
        );
      }
    },
  });
  if (flags.help) {
    console.log(HELP);
    return 0;
  }
  for (const flag of ["to", "data-dir"] as const) {
    if (flags[flag] === "") throw new UsageError(`--${flag} needs a folder: --${flag} DIR`);
  }
  const sizes = { train: wholeNumber(flags, "train-size"), test: wholeNumber(flags, "test-size") };
  const { load } = sourceOf(flags._);
  const directory = dataDirectory(flags["data-dir"]).path;
  const folder = flags.to ?? join(directory, DIGIT_RECOGNIZER);
  const paths = Object.values(DIGIT_RECOGNIZER_FILES).map((name) => join(folder, name));
  for (const path of paths) {
    if (await fileSize(path) !== undefined && !flags.overwrite) {
      throw new RunError(`Cannot write ${path}: it is there already; --overwrite replaces it`);
    }
  }
  const sets = [];
  for (const split of ["train", "test"] as const) {
    sets.push(beginning(await load(directory, split), sizes[split], split));
  }
  for (const [i, path] of paths.entries()) {
    const labelled = sets[i].split === "train";
    await writeCsv(path, sets[i], labelled);
    console.log(
      `${printable(path)}: ${sets[i].count} images${labelled ? " with labels" : ", no labels"}`,
    );
  }
  return 0;
}

/** The data set that is asked for. */
function sourceOf(names: string[]) {
  const there = `there are ${SOURCES.join(", ")}`;
  if (names.length !== 1) {
    throw new UsageError(
      names.length === 0
        ? `Which data set? deno task data:csv NAME; ${there}`
        : `One data set at a time, not ${names.length}: ${names.join(" ")}`,
    );
  }
  const [name] = names;
  const files = SOURCES.includes(name) ? CATALOG[name].files : undefined;
  if (files) return files;
  if (Object.hasOwn(CATALOG, name)) {
    throw new UsageError(`Cannot write ${name} as CSV: it is not kept in IDX files; ${there}`);
  }
  throw new UsageError(
    `Unknown data set "${name}": did you mean "${closestString(name, SOURCES)}"? T${
      there.slice(1)
    }`,
  );
}

/** As many images as are asked for, else as many as Kaggle's file has or there are. */
function beginning(set: ImageSet, size: number | undefined, split: "train" | "test"): ImageSet {
  const { name, count, height, width, channels } = set;
  if (channels !== 1 || height !== width) {
    throw new UsageError(
      `Cannot write ${name} as CSV: its images are ${height}x${width}x${channels}, ` +
        "Kaggle's form is for square grey ones",
    );
  }
  if (size !== undefined && size > count) {
    throw new UsageError(`--${split}-size is ${size}, but ${name} has ${count} ${split} images`);
  }
  return subset(set, size ?? Math.min(SIZES[split], count));
}

function wholeNumber(
  flags: Partial<Record<"train-size" | "test-size", string>>,
  name: "train-size" | "test-size",
): number | undefined {
  const text = flags[name];
  if (text === undefined) return undefined;
  if (/^[1-9][0-9]{0,8}$/.test(text)) return Number(text);
  throw new UsageError(`--${name} is "${text}", but should be a whole number from 1`);
}

if (import.meta.main) await runCli(main);
