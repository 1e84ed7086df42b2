/** Where the time of a step goes, kernel by kernel, from the GPU's own clock. */
import { RunError } from "../src/errors.ts";
import { gpu } from "../src/gpu/device.ts";
import { scope } from "../src/tensor/scope.ts";

/** All dispatches of one kernel within a step. */
export interface KernelTime {
  kernel: string;
  dispatches: number;
  /** Milliseconds, all dispatches together. */
  ms: number;
}

/** WebGPU's limit for one query set. */
const MOST_QUERIES = 4096;

/**
 * Records a step and runs it once with a timestamp before and after every dispatch, each in a pass of its own: the sum is
 * more than the step takes when its dispatches follow each other in one pass.
 *
 * @returns Kernels by their share, the largest first.
 * @throws {RunError} When the adapter has no timestamps, or the step more dispatches than a query set holds.
 */
export async function profile(step: () => void): Promise<KernelTime[]> {
  const { device } = gpu();
  if (!device.features.has("timestamp-query")) {
    throw new RunError("Cannot profile: this adapter has no timestamps (feature timestamp-query)");
  }
  const recording = gpu().record(() => {
    using _ = scope();
    step();
  });
  gpu().flush();
  const { dispatches } = recording;
  const count = 2 * dispatches.length;
  if (count > MOST_QUERIES) {
    throw new RunError(
      `Cannot profile ${dispatches.length} dispatches: ${MOST_QUERIES / 2} fit into a query set`,
    );
  }
  const querySet = device.createQuerySet({ type: "timestamp", count });
  const resolved = device.createBuffer({
    size: 8 * count,
    usage: GPUBufferUsage.QUERY_RESOLVE | GPUBufferUsage.COPY_SRC,
  });
  const staging = device.createBuffer({
    size: 8 * count,
    usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST,
  });
  const encoder = device.createCommandEncoder();
  for (const [i, { pipeline, bindGroup, groups }] of dispatches.entries()) {
    const pass = encoder.beginComputePass({
      timestampWrites: {
        querySet,
        beginningOfPassWriteIndex: 2 * i,
        endOfPassWriteIndex: 2 * i + 1,
      },
    });
    pass.setPipeline(pipeline);
    pass.setBindGroup(0, bindGroup);
    pass.dispatchWorkgroups(...groups);
    pass.end();
  }
  encoder.resolveQuerySet(querySet, 0, count, resolved, 0);
  encoder.copyBufferToBuffer(resolved, 0, staging, 0, 8 * count);
  device.queue.submit([encoder.finish()]);
  try {
    await staging.mapAsync(GPUMapMode.READ);
    const nanoseconds = new BigUint64Array(staging.getMappedRange());
    return byKernel(dispatches.map(({ kernel }, i) => ({
      kernel,
      ms: Number(nanoseconds[2 * i + 1] - nanoseconds[2 * i]) / 1e6,
    })));
  } finally {
    for (const it of [querySet, resolved, staging]) it.destroy();
    gpu().discard(recording);
  }
}

/** Adds up the times of dispatches by kernel, the largest first. */
export function byKernel(times: readonly { kernel: string; ms: number }[]): KernelTime[] {
  const kernels = new Map<string, KernelTime>();
  for (const { kernel, ms } of times) {
    const sum = kernels.get(kernel) ?? { kernel, dispatches: 0, ms: 0 };
    sum.dispatches++;
    sum.ms += ms;
    kernels.set(kernel, sum);
  }
  return [...kernels.values()].sort((a, b) => b.ms - a.ms);
}
