/** The command line of `deno task bench`, read and checked. */
import { parseArgs } from "@std/cli/parse-args";
import { adapterFlag } from "../experiments/flags/adapter.ts";
import { UsageError } from "../src/base/errors.ts";
import { joinEmpty } from "../src/base/flags.ts";
import type { AdapterChoice } from "../src/gpu/adapter/adapter.ts";
import { MEMORY_STRIDE } from "./memory.ts";
import { NETWORK_NAMES, type NetworkName } from "./works/networks.ts";

/** What is measured: works, a step's kernels, the share outside of shaders, the growth of memory. */
export type Mode = "works" | "profile" | "overhead" | "memory";

/** What a user asked for. */
export interface Options {
  mode: Mode;
  /** Times only works whose name or shape holds it. */
  only: string;
  network: NetworkName;
  /** Images a step. */
  batch: number;
  /** Steps of `--overhead` and `--memory`; undefined for the mode's own number. */
  steps?: number;
  adapter?: AdapterChoice;
  /** A file of tiles in place of the adapter's own. */
  tiles?: string;
  json?: string;
  csv?: string;
}

const MODES = ["profile", "overhead", "memory"] as const;
/** The modes that a flag means something in. */
const FITS: Record<string, readonly Mode[]> = {
  only: ["works"],
  json: ["works"],
  csv: ["works", "profile"],
  network: MODES,
  batch: ["works", ...MODES],
  steps: ["overhead", "memory"],
  adapter: ["works", ...MODES],
  tiles: ["works", ...MODES],
};
const BATCH = 32;

/**
 * Reads the arguments; undefined when only help was asked for.
 *
 * @throws {UsageError} For what it does not know, or what does not fit together.
 */
export function parseOptions(args: string[]): Options | undefined {
  const flags = parseArgs(joinEmpty(args, Object.keys(FITS)), {
    boolean: ["help", "verbose", ...MODES],
    string: Object.keys(FITS),
    unknown: (argument: string) => {
      throw new UsageError(
        `Unknown argument ${argument.split("=")[0]}: see deno task bench --help`,
      );
    },
  });
  if (flags.help) return undefined;
  const modes = MODES.filter((mode) => flags[mode]);
  if (modes.length > 1) {
    throw new UsageError(`--${modes[0]} and --${modes[1]} exclude each other: one at a time`);
  }
  const mode = (modes[0] ?? "works") as Mode;
  for (const [flag, fitting] of Object.entries(FITS)) {
    if (flags[flag] === undefined || fitting.includes(mode)) continue;
    throw new UsageError(
      mode === "works"
        ? `--${flag} needs ${fitting.map((it) => `--${it}`).join(" or ")}`
        : `--${flag} does not fit --${mode}: leave it out`,
    );
  }
  for (const flag of ["json", "csv", "tiles"]) {
    if (flags[flag] === "") throw new UsageError(`--${flag} needs a file: --${flag} FILE`);
  }
  const network = flags.network ?? "resnet";
  if (!NETWORK_NAMES.includes(network)) {
    throw new UsageError(
      `--network is "${network}"; it must be one of ${NETWORK_NAMES.join(", ")}`,
    );
  }
  return {
    mode,
    only: flags.only ?? "",
    network,
    batch: count("batch", flags.batch, 1, 65536) ?? BATCH,
    steps: mode === "memory"
      ? count("steps", flags.steps, MEMORY_STRIDE, 1e6)
      : count("steps", flags.steps, 1, 1e6),
    adapter: adapterFlag(flags.adapter),
    tiles: flags.tiles,
    json: flags.json,
    csv: flags.csv,
  };
}

function count(
  flag: string,
  text: string | undefined,
  low: number,
  high: number,
): number | undefined {
  if (text === undefined) return undefined;
  const value = text.trim() === "" ? NaN : Number(text);
  if (Number.isInteger(value) && value >= low && value <= high) return value;
  throw new UsageError(`--${flag} is "${text}"; it must be a whole number from ${low} to ${high}`);
}
