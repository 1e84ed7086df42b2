/** Where the time of a step goes, kernel by kernel, from the GPU's own clock. */
import { encodeCopy } from "../src/gpu/copies.ts";
import { gpu } from "../src/gpu/device.ts";
import type { Command, EncodedDispatch, Recording } from "../src/gpu/record/recording.ts";
import { scope } from "../src/tensor/scope.ts";
import { Timestamps } from "./timestamps.ts";

/** All dispatches of one kernel within a step. */
export interface KernelTime {
  kernel: string;
  dispatches: number;
  /** Milliseconds, all dispatches together. */
  ms: number;
  /** Operations, all dispatches together; 0 for kernels that memory limits. */
  flops: number;
  /** Bytes of all that was bound, each array once a dispatch. */
  bytes: number;
}

/** Runs whose median counts; the one of the recording warms up before them. */
const RUNS = 3;
/** What copies are listed as. */
const COPY = "(copy)", COPY_IN = "(copy into texture)", COPY_OUT = "(copy out of texture)";

/**
 * Records a step and runs it with a timestamp before and after every command, each in a pass of its own: the sum is more than the step takes when its dispatches follow each
 * other in one pass.
 *
 * @returns Kernels by their share, the largest first.
 * @throws {RunError} When the adapter has no timestamps, or the step more dispatches than a query set holds.
 */
export async function profile(step: () => void): Promise<KernelTime[]> {
  const recording = gpu().recordings.record(() => {
    using _ = scope();
    step();
  });
  gpu().flush();
  try {
    const runs: number[][] = [];
    for (let i = 0; i < RUNS; i++) runs.push(await timesOf(recording));
    return byKernel(recording.commands.map((command, i) => ({
      ...workOf(command),
      ms: runs.map((times) => times[i]).sort((a, b) => a - b)[RUNS >> 1],
    })));
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

/** What is known of one dispatch. */
export type DispatchTime = Pick<EncodedDispatch, "kernel"> & EncodedDispatch["cost"] & {
  ms: number;
};

/** Adds up dispatches by kernel, the slowest kernel first. */
export function byKernel(times: readonly DispatchTime[]): KernelTime[] {
  const kernels = new Map<string, KernelTime>();
  for (const { kernel, ms, flops, bytes } of times) {
    const sum = kernels.get(kernel) ?? { kernel, dispatches: 0, ms: 0, flops: 0, bytes: 0 };
    sum.dispatches++;
    sum.ms += ms;
    sum.flops += flops;
    sum.bytes += bytes;
    kernels.set(kernel, sum);
  }
  return [...kernels.values()].sort((a, b) => b.ms - a.ms);
}
