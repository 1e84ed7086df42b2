/** The command line of `deno task eval`, read and checked. */
import { parseArgs } from "@std/cli/parse-args";
import { closestString } from "@std/text/closest-string";
import { ADAPTER_HELP, adapterFlag } from "./adapter.ts";
import { UsageError } from "../../src/base/errors.ts";
import { joinEmpty } from "../../src/base/flags.ts";
import type { AdapterChoice } from "../../src/gpu/adapter/adapter.ts";

/** Ways to classify a sample. */
export const METHODS = ["softmax", "nearest-center", "knn"] as const;

/** A way to classify a sample. */
export type Method = typeof METHODS[number];

/** What a user asked for. */
export interface EvalTask {
  /** A run's folder, or a checkpoint in one. */
  run: string;
  method: Method;
  /** Neighbours of `knn`. */
  k: number;
  checkpoint: "best" | "last";
  dataDir?: string;
  adapter?: AdapterChoice;
  json: boolean;
}

/** What `--help` prints. */
export const HELP = `Classifies the test images of a run by one of its checkpoints.

  deno task eval RUN --method softmax|nearest-center|knn

RUN is a run's folder, such as runs/kz-center/quick/seed-1, or a .safetensors file in it.

Methods
  softmax          the largest logit
  nearest-center   the nearest learned center; refused where a run has none
  knn              most of the nearest neighbours among the training features

Options
  --k N                    neighbours of knn, 1 to 64; 5 without it
  --checkpoint best|last   which of the folder; best without it
  --data-dir DIR           folder with the data sets
  --adapter CHOICE         ${ADAPTER_HELP}
  --json                   print the result as JSON
  --verbose                print stack traces
  --help                   print this`;

const STRINGS = ["method", "k", "checkpoint", "data-dir", "adapter"];
const SWITCHES = ["json", "help", "verbose"];

/**
 * Reads the arguments; undefined when only help was asked for.
 *
 * @throws {UsageError} For what it does not know.
 */
export function parseEval(args: string[]): EvalTask | undefined {
  const flags = parseArgs(joinEmpty(args, STRINGS), {
    string: ["_", ...STRINGS],
    boolean: SWITCHES,
    unknown: (argument: string) => {
      if (!argument.startsWith("-")) return true;
      const all = [...STRINGS, ...SWITCHES].map((name) => `--${name}`);
      const given = argument.split("=")[0];
      throw new UsageError(
        `eval does not know ${given}; the nearest flag is ${closestString(given, all)}`,
      );
    },
  });
  if (flags.help || args.length === 0) return undefined;
  const [run, ...more]: string[] = flags._;
  if (!run || more.length > 0) {
    const given = flags._.length === 1 ? `"${run}"` : flags._.length;
    throw new UsageError(
      `eval needs one run, not ${given}: deno task eval RUN --method softmax`,
    );
  }
  const { method, k: neighbours = "5", checkpoint = "best" } = flags;
  if (!METHODS.includes(method)) {
    const state = method === undefined ? "is missing" : `is "${method}"`;
    throw new UsageError(`--method ${state}; it must be one of ${METHODS.join(", ")}`);
  }
  if (flags.k !== undefined && method !== "knn") {
    throw new UsageError(`--k is for --method knn, not for ${method}`);
  }
  const k = neighbours.trim() === "" ? NaN : Number(neighbours);
  if (!(Number.isInteger(k) && k >= 1 && k <= 64)) {
    throw new UsageError(`--k is "${neighbours}"; it must be a whole number from 1 to 64`);
  }
  if (checkpoint !== "best" && checkpoint !== "last") {
    throw new UsageError(`--checkpoint is "${checkpoint}"; it must be best or last`);
  }
  if (flags.checkpoint !== undefined && run.endsWith(".safetensors")) {
    throw new UsageError(`--checkpoint chooses a file of a folder, and ${run} is a file already`);
  }
  if (flags["data-dir"] === "") throw new UsageError("--data-dir needs a folder");
  const adapter = adapterFlag(flags.adapter);
  return { run, method, k, checkpoint, dataDir: flags["data-dir"], adapter, json: flags.json };
}
