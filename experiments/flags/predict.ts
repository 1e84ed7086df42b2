/** The command line of `deno task predict`. */
import { command, flag, type Given } from "../../cli/flags.ts";
import { ADAPTER } from "../../cli/shared.ts";
import { oneOf, withDefault } from "../../cli/values.ts";
import { UsageError } from "../../src/base/errors.ts";

/** The command. */
export const PREDICT = command({
  name: "predict",
  about:
    "Classifies pictures by the network of a run: class, probability, distance to each center.",
  forms: [
    ["RUN IMAGE...", "PNG or JPEG files"],
    ["RUN FOLDER", "all of them in it, and in its folders"],
    ["RUN FILE.csv", "lines of pixels, of the run's size"],
  ],
  words: true,
  flags: {
    csv: flag("print CSV"),
    json: flag("print JSON"),
    invert: flag("dark on light becomes light on dark, as digits of MNIST are"),
    checkpoint: withDefault(oneOf("NAME", ["best", "last"], "best or last, of a folder"), "best"),
    adapter: ADAPTER,
  },
  exclusive: [[["csv", "json"], "one form at a time"]],
  end:
    "RUN is a run's folder, runs/ROW/PRESET/seed-N, or a .safetensors file in it. Pictures are cut to the " +
    "run's shape about the middle and scaled to its size; they are made grey where it is.",
});

/**
 * What a command line asks for.
 *
 * @throws {UsageError} For a run or images that are missing, and a checkpoint that is chosen twice.
 */
export function predictTask({ flags, words, names }: Given<typeof PREDICT.flags>) {
  const [run, ...images] = words;
  const empty = words.includes("") ? ': one of them is ""' : "";
  if (!run || images.length === 0 || empty) {
    throw new UsageError(
      `predict needs a run and images${empty}: deno task predict RUN IMAGE...`,
    );
  }
  if (names.has("checkpoint") && run.endsWith(".safetensors")) {
    throw new UsageError(`--checkpoint chooses a file of a folder, and ${run} is a file already`);
  }
  return { ...flags, run, images };
}
