// deno-lint-ignore-file no-console
/**
 * The program behind `deno task data:csv`: writes a data set as CSV files, in the form of Kaggle's
 * digit-recognizer.
 *
 * @module
 */
import { command, flag } from "../cli/flags.ts";
import { unknownName } from "../cli/nearest.ts";
import { mainOf, runCli } from "../cli/run_cli.ts";
import { DATA_DIR } from "../cli/shared.ts";
import { number, path } from "../cli/values.ts";
import { RunError, UsageError } from "../src/base/errors.ts";
import { whole } from "../src/base/range.ts";
import { join } from "../src/base/path.ts";
import { printable } from "../src/base/printable.ts";
import { CATALOG } from "./sets/catalog.ts";
import { type SetName, SETS } from "./sets/facts.ts";
import { writeCsv } from "./sets/csv_file.ts";
import { DIGIT_RECOGNIZER, DIGIT_RECOGNIZER_FILES } from "./sets/digit_recognizer.ts";
import { dataDirectory } from "./download/directory.ts";
import { fileSize } from "../src/base/files.ts";
import { type ImageSet, subset } from "../src/dataset/image_set.ts";

/** How many images Kaggle's files hold. */
const SIZES = { train: 42_000, test: 28_000 } as const;

/** Why a data set is not written in Kaggle's form; undefined where it can be. */
function unfit(name: string): string | undefined {
  if (name === DIGIT_RECOGNIZER) return "it has that form already";
  if (SETS[name as SetName].channels > 1) {
    return "its images are in color, and Kaggle's form is for grey ones";
  }
  return CATALOG[name].files ? undefined : "it is drawn by the program, and not kept in files";
}

/** Data sets that are. */
const SOURCES = Object.keys(CATALOG).filter((name) => !unfit(name));

/** The flag for the number of images of a part. */
const size = (part: string, usual: number) =>
  number(
    whole(1),
    `the first N ${part} images; default: ${usual}, or all where there are fewer`,
  );

const DATA_CSV = command({
  name: "data:csv",
  about: "Writes a data set as CSV files, in the form of Kaggle's digit-recognizer.",
  forms: [[
    "NAME",
    "train.csv (label,pixel0,...), of the training images, and test.csv (pixel0,...: no labels), of the test images",
  ]],
  words: true,
  flags: {
    to: path("DIR", `the folder to write to; default: ${DIGIT_RECOGNIZER} in the data directory`),
    "train-size": size("training", SIZES.train),
    "test-size": size("test", SIZES.test),
    overwrite: flag("write over files that are there"),
    "data-dir": DATA_DIR,
  },
});

/** Runs the command. */
export const main = mainOf(DATA_CSV, async ({ flags, words }) => {
  const sizes = { train: flags["train-size"], test: flags["test-size"] };
  const { load } = sourceOf(words);
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
});

/** The data set that is asked for. */
function sourceOf(names: readonly string[]) {
  const there = `there are ${SOURCES.join(", ")}`;
  if (names.length !== 1) {
    throw new UsageError(
      names.length === 0
        ? `Which data set? deno task data:csv NAME; ${there}`
        : `One data set at a time, not ${names.length}: ${names.join(" ")}`,
    );
  }
  const [name] = names;
  if (!Object.hasOwn(CATALOG, name)) throw unknownName("data set", name, SOURCES);
  const why = unfit(name);
  if (why !== undefined) throw new UsageError(`Cannot write ${name} as CSV: ${why}; ${there}`);
  return CATALOG[name].files!;
}

/** As many images as are asked for, else as many as Kaggle's file has or there are. */
function beginning(set: ImageSet, size: number | undefined, split: "train" | "test"): ImageSet {
  const { name, count } = set;
  if (size !== undefined && size > count) {
    throw new UsageError(`--${split}-size is ${size}, but ${name} has ${count} ${split} images`);
  }
  return subset(set, size ?? Math.min(SIZES[split], count));
}

if (import.meta.main) await runCli(main);
