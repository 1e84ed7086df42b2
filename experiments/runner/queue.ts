// deno-lint-ignore-file no-console
/** `deno task exp all`: runs one after the other in one process; one that fails does not stop the others. */
import { join } from "node:path";
import { isThere } from "../../src/base/files.ts";
import { Diverged, lineOf, UsageError } from "../../src/base/errors.ts";
import { openGpu } from "../../src/gpu/device.ts";
import type { Gpu } from "../../src/gpu/gpu.ts";
import type { Options, QueueOptions } from "../plan/request.ts";
import type { Plan } from "../plan/plan.ts";
import { type Outcome, outcomeLines } from "./queue_table.ts";
import { runThroughLosses } from "./lost_device.ts";
import { differences } from "../plan/flag_differences.ts";
import { nameOfRun } from "../plan/variant.ts";
import { readConfig } from "../run_folder/config.ts";
import { MEASURES_NAME } from "../run_folder/run_summary.ts";
import { RunFolder } from "../run_folder/run_folder.ts";
import { readSeconds, readSummary } from "../run_folder/run_summary.ts";
import { asOf } from "./grow.ts";
import { checkGoesOn } from "./may_use_folder.ts";
import { RunDevice } from "./run_device.ts";
import { run } from "./runner.ts";
import { pathOf } from "../run_folder/path.ts";
import { type StopRequest, StopSignal } from "./stop_signal.ts";

/** About how many training images a whole set has, for an estimate of time. */
const WHOLE_SET = 60_000;

/** What a queue uses; tests bring their own. */
export interface QueueParts {
  open: () => Promise<Gpu>;
  run: typeof run;
  stop: StopRequest;
}

/** Runs a queue until it is done or Ctrl-C is pressed. */
export async function runAll(queue: QueueOptions): Promise<number> {
  using stop = await StopSignal.listen();
  const { adapter, submitMs } = queue.runs[0];
  return await runQueue(queue, { open: () => openGpu({ adapter, submitMs }), run, stop });
}

/**
 * Runs what is not finished, resumes what was stopped, and goes on after a run that fails.
 *
 * @returns The exit code: 0, 1 when a run failed, 130 when the user stopped it.
 * @throws {UsageError} Before anything runs, when a folder holds another run than the queue's.
 * @throws {RunError} When there is no GPU to begin with.
 */
export async function runQueue(queue: QueueOptions, parts: QueueParts): Promise<number> {
  const { runs } = queue;
  await checkFolders(runs);
  using device = new RunDevice(parts.open);
  const outcomes: Outcome[] = [];
  for (const [i, options] of runs.entries()) {
    if (parts.stop.requested) break;
    const name = `[${i + 1}/${runs.length}] ${nameOfRun(options.plan)}, seed ${options.plan.seed}`;
    const position = {
      name,
      secondsAfter: (rate: number) => imagesOf(runs.slice(i + 1).map(({ plan }) => plan)) / rate,
    };
    try {
      const left = await leftOf(options);
      const finished = typeof left === "string";
      console.log(`${name}: ${finished ? left : left.resume ? "goes on" : "starts"}`);
      const code = finished
        ? undefined
        : await runThroughLosses(parts.run, device, left, parts.stop, position);
      outcomes.push({ options, state: code === undefined ? "skipped" : code ? "stopped" : "done" });
    } catch (error) {
      if (device.missing) throw error;
      const reason = lineOf(error);
      console.error(`${name}: ${reason}`);
      if (queue.verbose) console.error(error);
      outcomes.push({ options, state: "failed", reason, forGood: error instanceof Diverged });
    }
    device.free();
  }
  for (const options of runs.slice(outcomes.length)) outcomes.push({ options, state: "not begun" });
  console.log(`\n${(await outcomeLines(outcomes)).join("\n")}`);
  return exitCodeOf(outcomes, queue);
}

/**
 * Makes sure that each run is the one that its folder holds, as far as there is one. What is damaged fails by itself.
 *
 * @throws {UsageError} When one is another run: to try again would not help.
 */
async function checkFolders(runs: readonly Options[]): Promise<void> {
  for (const options of runs) {
    const path = pathOf(options);
    const config = options.overwrite ? undefined : await readConfig(path).catch(() => undefined);
    if (!config) continue;
    const before = asOf(config, options.plan.epochs);
    const other = differences(before.plan, options.plan);
    const advice = "choose another --out, or start all again with --overwrite";
    if (other.length > 0) {
      throw new UsageError(
        `${path} holds a run with other options (${other.join("; ")}): ${advice}`,
      );
    }
    if (options.measures && before !== config) {
      throw new UsageError(
        `${path} went on to ${config.plan.epochs} epochs, and could be measured only after those: ${advice}`,
      );
    }
  }
}

/**
 * What is left of a run, as options: all of it, or the rest of one that stopped; what is said of one that is finished.
 *
 * @throws {RunError} When it cannot go on, or a file of it is not as it was written.
 */
async function leftOf(options: Options): Promise<Options | string> {
  if (options.overwrite) return options;
  const path = pathOf(options);
  const config = await readConfig(path);
  if (!config) return options;
  await checkGoesOn(path);
  // A resume writes a broken summary anew, and refuses a broken table.
  const measured = !options.measures || await isThere(join(path, MEASURES_NAME));
  if (measured && await readSummary(path, config.plan).catch(() => undefined)) {
    await new RunFolder(path, config.plan).verify(config);
    await readSeconds(path);
    const { epochs } = options.plan, more = config.plan.epochs - epochs;
    const counts = `; it went on for ${more} more epochs, and counts as after ${epochs}`;
    return `skipped, it is finished${more > 0 ? counts : ""}`;
  }
  return { ...options, resume: true, changed: [] };
}

function imagesOf(plans: readonly Plan[]): number {
  return plans.reduce((sum, { epochs, trainSize }) => sum + epochs * (trainSize ?? WHOLE_SET), 0);
}

function exitCodeOf(outcomes: readonly Outcome[], { command, overwrite }: QueueOptions): number {
  const count = (...states: Outcome["state"][]) =>
    outcomes.filter(({ state }) => states.includes(state)).length;
  const [failed, left] = [count("failed"), count("stopped", "not begun")];
  if (left > 0) {
    console.log(
      `Stopped with ${left} of ${outcomes.length} runs to do; continue with\n  ${command}`,
    );
    if (overwrite && count("not begun") > 0) {
      console.log(
        "What was not begun again still holds its earlier run, which counts as finished then",
      );
    }
    return 130;
  }
  if (failed === 0) return 0;
  const forGood = outcomes.filter((outcome) => outcome.forGood).length;
  const again = forGood === 0
    ? ": do what their lines say, then the same command tries them again"
    : forGood < failed
    ? `, ${forGood} of them for good; the same command tries the others again`
    : ": they would fail again, and need other numbers";
  console.log(`${failed} of ${outcomes.length} runs failed${again}`);
  return 1;
}
