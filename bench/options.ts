/** The command line of `deno task bench`. */
import { command, flag, type Given } from "../cli/flags.ts";
import { ADAPTER, TILES } from "../cli/shared.ts";
import { number, oneOf, path, text, withDefault } from "../cli/values.ts";
import { UsageError } from "../src/base/errors.ts";
import { whole } from "../src/base/range.ts";
import { MEMORY_STRIDE } from "./memory.ts";
import { NETWORK_NAMES } from "./works/networks.ts";

const MODES = ["profile", "overhead", "memory", "project"] as const;

/** What is measured: works, a step's kernels, the share outside of shaders, the growth of memory, a projection. */
type Mode = "works" | typeof MODES[number];

/** Flags that mean something in some modes only. */
const FITS = {
  only: ["works"],
  json: ["works"],
  csv: ["works", "profile", "project"],
  network: MODES,
  steps: ["overhead", "memory"],
} as const;

/** The command. */
export const BENCH = command({
  name: "bench",
  about:
    "Measures this machine: what its adapter can do at best, then kernels and training steps beside it.",
  forms: [
    [
      "",
      "limits and works, in turns: five samples of half a second or more, a limit's fastest, a work's median",
    ],
    ["--profile", "where a training step spends its time, kernel by kernel"],
    ["--overhead", "the share of an epoch that passes outside of shaders"],
    ["--memory", "whether resident memory grows over 1,000 steps"],
    ["--project", "what a training step would take on named GPUs: a projection, not measured"],
  ],
  flags: {
    profile: flag("a training step, kernel by kernel"),
    overhead: flag("an epoch; the bar is 3 %"),
    memory: flag("resident memory; the bar is 2 %"),
    project: flag("a training step on named GPUs, projected and not measured"),
    only: withDefault(
      text("PATTERN", 'works whose name or shape holds it, such as "conv2d" or "training step"'),
      "",
      "all",
    ),
    batch: withDefault(number(whole(1, 65536), "images a step"), 32),
    network: withDefault(
      oneOf("NAME", NETWORK_NAMES, "resnet or lenetpp, with any mode"),
      "resnet",
    ),
    steps: number(
      whole(1, 1e6),
      "steps to take, with --overhead (120; on a GPU 400) and --memory (1000)",
    ),
    adapter: ADAPTER,
    tiles: TILES,
    json: path("FILE", "the timed rows as JSON, too"),
    csv: path("FILE", "the timed rows, the profile or the projection as CSV, too"),
  },
  exclusive: [[MODES, "one at a time"]],
  end:
    "Every result is checked on the CPU before it is timed. A multiply-add counts as two operations. GB/s counts every " +
    "array once, a copy's as read and as written. \"Of limit\" is the share of the adapter's own rate, measured just " +
    "before: of its multiply-adds where operations are counted, else of its copy. Other programs on the machine make " +
    "everything slower.",
});

/** What is asked: what to measure, and how. */
export type Options = ReturnType<typeof benchOptions>;

/**
 * What a command line asks for.
 *
 * @throws {UsageError} For what does not fit together.
 */
export function benchOptions({ flags, names }: Given<typeof BENCH.flags>) {
  const mode: Mode = MODES.find((mode) => flags[mode]) ?? "works", { steps } = flags;
  for (const [flag, fitting] of Object.entries<readonly Mode[]>(FITS)) {
    if (!names.has(flag) || fitting.includes(mode)) continue;
    throw new UsageError(
      mode === "works"
        ? `--${flag} needs ${fitting.map((it) => `--${it}`).join(" or ")}`
        : `--${flag} does not fit --${mode}: leave it out`,
    );
  }
  if (mode === "memory" && steps !== undefined && steps < MEMORY_STRIDE) {
    throw new UsageError(`--steps is ${steps}; with --memory it must be ${MEMORY_STRIDE} or more`);
  }
  return { ...flags, mode };
}
