/** Where the time of a step goes, kernel by kernel, from the GPU's own clock. */
import { median } from "../src/base/averages.ts";
import { encodeCopy } from "../src/gpu/copies.ts";
import { gpu } from "../src/gpu/device.ts";
import type { Command, EncodedDispatch, Recording } from "../src/gpu/record/recording.ts";
import { scope } from "../src/tensor/scope.ts";
import { type Limits, shareOfLimit } from "./limits/limits.ts";
import { Timestamps } from "./timestamps.ts";

/** What is known of one dispatch: operations are 0 for kernels that memory limits. */
export type DispatchTime = Pick<EncodedDispatch, "kernel"> & EncodedDispatch["cost"] & {
  ms: number;
};

/** Times and rates of a kernel, all its dispatches within a step together; `null` for what is not counted. */
export interface ProfileRow {
  kernel: string;
  calls: number;
  /** Milliseconds of a step. */
  ms: number;
  /** Of the step's time. */
  share: number;
  gflops: number | null;
  gbs: number | null;
  /** Share of the adapter's measured limit. */
  ofLimit: number | null;
}

/** Runs whose median counts; the one of the recording warms up before them. */
const RUNS = 3;
/** What copies are listed as. */
const COPY = "(copy)", COPY_IN = "(copy into texture)", COPY_OUT = "(copy out of texture)";

/**
 * Records a step and runs it with a timestamp before and after every command, each in a pass of its own: the sum is more
 * than the step takes when its dispatches follow each other in one pass.
 *
 * @returns The dispatches in their order.
 * @throws {RunError} When the adapter has no timestamps, or the step more dispatches than a query set holds.
 */
export async function profile(step: () => void): Promise<DispatchTime[]> {
  const recording = gpu().recordings.record(() => {
    using _ = scope();
    step();
  });
  gpu().flush();
  try {
    const runs: number[][] = [];
    for (let i = 0; i < RUNS; i++) runs.push(await timesOf(recording));
    return recording.commands.map((command, i) => ({
      ...workOf(command),
      ms: median(runs.map((times) => times[i])),
    }));
  } finally {
    gpu().recordings.discard(recording);
  }
}

/** What a command is listed as, and what it does. */
function workOf(command: Command): Omit<DispatchTime, "ms"> {
  if (!("pipeline" in command)) {
    const { from, to } = command;
    const kernel = "texture" in to ? COPY_IN : "texture" in from ? COPY_OUT : COPY;
    return { kernel, ...command.cost };
  }
  return { kernel: command.kernel, ...command.cost };
}

/** Milliseconds of each command of one run. */
async function timesOf({ commands }: Recording): Promise<number[]> {
  using timestamps = new Timestamps(commands.length);
  const encoder = gpu().device.createCommandEncoder();
  commands.forEach((command, i) => {
    const { querySet, ...at } = timestamps.pass(i).timestampWrites!;
    const { beginningOfPassWriteIndex, endOfPassWriteIndex } = at;
    encoder.beginComputePass({ timestampWrites: { querySet, beginningOfPassWriteIndex } }).end();
    if (!("pipeline" in command)) encodeCopy(encoder, command);
    const pass = encoder.beginComputePass({ timestampWrites: { querySet, endOfPassWriteIndex } });
    if ("pipeline" in command) {
      pass.setPipeline(command.pipeline.compiled);
      pass.setBindGroup(0, command.bindGroup);
      pass.dispatchWorkgroups(...command.groups);
    }
    pass.end();
  });
  gpu().device.queue.submit([encoder.finish()]);
  return (await timestamps.read(commands.length)).map(([begin, end]) => end - begin);
}

/** Adds up dispatches by kernel, the slowest kernel first. */
export function profileRows(times: readonly DispatchTime[], limits: Limits): ProfileRow[] {
  const total = times.reduce((sum, { ms }) => sum + ms, 0);
  const rows = [...Map.groupBy(times, ({ kernel }) => kernel)].map(([kernel, own]) => {
    const sum = (of: "ms" | "flops" | "bytes") => own.reduce((sum, time) => sum + time[of], 0);
    const ms = sum("ms");
    const rate = (count: number) => count > 0 && ms > 0 ? count / ms / 1e6 : null;
    const rates = { gflops: rate(sum("flops")), gbs: rate(sum("bytes")) };
    const [share, ofLimit] = [ms / (total || 1), shareOfLimit(rates, limits)];
    return { kernel, calls: own.length, ms, share, ...rates, ofLimit };
  });
  return rows.sort((a, b) => b.ms - a.ms);
}
