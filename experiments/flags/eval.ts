/** The command line of `deno task eval`. */
import { command, flag, type Given } from "../../cli/flags.ts";
import { ADAPTER, DATA_DIR } from "../../cli/shared.ts";
import { number, oneOf, withDefault } from "../../cli/values.ts";
import { UsageError } from "../../src/base/errors.ts";
import { whole } from "../../src/base/range.ts";
import { OWN_DATA_FLAGS } from "./own_data.ts";

/** Where images were moved to. */
function movedImages(help: string) {
  return { ...OWN_DATA_FLAGS.data, help };
}

/** The command. */
export const EVAL = command({
  name: "eval",
  about: "Classifies the test images of a run by one of its checkpoints.",
  forms: [
    ["RUN", "by the run's own rule"],
    ["RUN --method METHOD", "by that method"],
    ["RUN --measures", "all that can be measured; with --csv > FILE as a table"],
  ],
  words: true,
  exclusive: [
    [["measures", "method"], "the measures have all methods"],
    [["csv", "json"], "one form at a time"],
  ],
  flags: {
    method: oneOf(
      "METHOD",
      ["softmax", "nearest-center", "knn"],
      "softmax, the largest logit; nearest-center, the nearest learned center (class mean, where the run itself goes by those), refused where a run has none; " +
        "knn, most of the nearest neighbours among the training features; default: the run's own rule, softmax or nearest-center",
    ),
    k: withDefault(number(whole(1, 64), "neighbours of knn, 1 to 64"), 5),
    checkpoint: withDefault(oneOf("NAME", ["best", "last"], "best or last, of a folder"), "best"),
    "data-dir": { ...DATA_DIR, help: `${DATA_DIR.help}; the run's own comes before those` },
    data: movedImages(
      "where the run's own images are now, if their folder or file was moved: folder:DIR or csv:FILE",
    ),
    "test-data": movedImages("the same of the images to test with"),
    adapter: ADAPTER,
    measures: flag(
      "print all measures: accuracies, retrieval, silhouette, neural collapse, calibration, unknown classes",
    ),
    json: flag("print the result as JSON"),
    csv: flag("with --measures: print them as CSV, a line under their names"),
  },
  end: "RUN is a run's folder, runs/ROW/PRESET/seed-N, or a .safetensors file in it.",
});

/** What is asked: how to classify the images of which run. */
export type EvalTask = ReturnType<typeof evalTask>;

/**
 * What a command line asks for.
 *
 * @throws {UsageError} For what does not fit together.
 */
export function evalTask({ flags, words, names }: Given<typeof EVAL.flags>) {
  const [run] = words, { method } = flags;
  if (!run || words.length > 1) {
    const given = words.length === 1 ? '""' : words.length;
    throw new UsageError(`eval needs one run, not ${given}: deno task eval RUN`);
  }
  if (names.has("k") && method !== "knn") {
    const other = method === undefined ? ": give that, too" : `, not for ${method}`;
    throw new UsageError(`--k is for --method knn${other}`);
  }
  if (flags.csv && !flags.measures) {
    throw new UsageError("--csv is for --measures: give that, too, or --json");
  }
  if (names.has("checkpoint") && run.endsWith(".safetensors")) {
    throw new UsageError(`--checkpoint chooses a file of a folder, and ${run} is a file already`);
  }
  return { ...flags, run, method };
}
