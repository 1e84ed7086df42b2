// deno-lint-ignore-file no-console
/**
 * The program behind `deno task data:csv`: writes a data set as CSV files, in the form of Kaggle's
 * digit-recognizer.
 *
 * @module
 */
import { join } from "node:path";
import { command, flag } from "../cli/flags.ts";
import { unknownName } from "../cli/nearest.ts";
import { mainOf, runCli } from "../cli/run_cli.ts";
import { DATA_DIR } from "../cli/shared.ts";
import { number, path } from "../cli/values.ts";
import { RunError, UsageError } from "../src/base/errors.ts";
import { whole } from "../src/base/range.ts";
import { printable } from "../src/base/printable.ts";
import { CATALOG } from "./sets/catalog.ts";
import { writeCsv } from "./sets/csv_file.ts";
import { DIGIT_RECOGNIZER, DIGIT_RECOGNIZER_FILES } from "./sets/digit_recognizer.ts";
import { dataDirectory } from "./download/directory.ts";
import { fileSize } from "../src/base/files.ts";
import { type ImageSet, subset } from "../src/dataset/image_set.ts";

/** Of Kaggle's files. */
const SIZES = { train: 42_000, test: 28_000 } as const;

/** Data sets in files, but for the one that this program makes. */
const SOURCES = Object.keys(CATALOG).filter((it) => CATALOG[it].files && it !== DIGIT_RECOGNIZER);

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
  const files = SOURCES.includes(name) ? CATALOG[name].files : undefined;
  if (files) return files;
  if (Object.hasOwn(CATALOG, name)) {
    throw new UsageError(`Cannot write ${name} as CSV: it is not kept in IDX files; ${there}`);
  }
  throw unknownName("data set", name, SOURCES);
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

if (import.meta.main) await runCli(main);
