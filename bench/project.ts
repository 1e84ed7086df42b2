/** What a training step would take on GPUs that are not at hand: a projection, not measured. */
import { gpu } from "../src/gpu/device.ts";
import type { Cost } from "../src/gpu/dispatch.ts";
import { SUBMIT_MS } from "../src/gpu/submit_budget.ts";
import { scope } from "../src/tensor/scope.ts";
import type { NamedGpu } from "./named_gpus.ts";

/** How every projection is called, wherever it is shown. */
export const LABEL = "projection, not measured";

/** What is assumed of every GPU: shares of its peaks that kernels reach, and what launches cost. */
export const ASSUMED = { operations: 0.4, bytes: 0.7, dispatchUs: 5, submitUs: 50 };

/** The assumptions in words. */
export const ASSUMPTIONS = `Assumed, not measured: kernels reach ${ASSUMED.operations * 100} % ` +
  `of the peak operations and ${ASSUMED.bytes * 100} % of the peak bandwidth; a dispatch costs ` +
  `${ASSUMED.dispatchUs} us and a submit ${ASSUMED.submitUs} us beside its work.`;

/** A command of a step: what is launched and what it does. */
export type Launch = Cost & { kernel: string };

/** A projected step; the three shares add up to 1. */
export interface Projection {
  label: string;
  gpu: string;
  kind: string;
  ms: number;
  imagesPerSecond: number;
  /** Share of the step in dispatches that operations bound, in those that bytes bound, and in launches. */
  operations: number;
  bytes: number;
  launches: number;
  /** The kernels with the largest shares, launches included. */
  lead: string;
}

const LEADERS = 2;

/** Projects a step of so many images: the roofline of each launch, and what launches cost. */
export function project(
  launches: readonly Launch[],
  images: number,
  { name, kind, tflops, gbs }: NamedGpu,
): Projection {
  const ms = { operations: 0, bytes: 0 }, kernels = new Map<string, number>();
  for (const { kernel, flops, bytes } of launches) {
    const operationsMs = flops / (tflops * 1e9 * ASSUMED.operations);
    const bytesMs = bytes / (gbs * 1e6 * ASSUMED.bytes);
    const most = Math.max(operationsMs, bytesMs);
    ms[operationsMs > bytesMs ? "operations" : "bytes"] += most;
    kernels.set(kernel, (kernels.get(kernel) ?? 0) + most + ASSUMED.dispatchUs / 1e3);
  }
  const work = ms.operations + ms.bytes, submits = Math.max(1, Math.ceil(work / SUBMIT_MS));
  const launchMs = (launches.length * ASSUMED.dispatchUs + submits * ASSUMED.submitUs) / 1e3;
  const total = work + launchMs;
  const leaders = [...kernels].sort(([, a], [, b]) => b - a).slice(0, LEADERS);
  return {
    label: LABEL,
    gpu: name,
    kind,
    ms: total,
    imagesPerSecond: images / total * 1e3,
    operations: ms.operations / total,
    bytes: ms.bytes / total,
    launches: launchMs / total,
    lead: leaders.map(([kernel, ms]) => `${kernel} ${Math.round(ms / total * 100)} %`).join(", "),
  };
}

/** The commands of a step, with the tiles of the moment; nothing runs. */
export function launchesOf(step: () => void): Launch[] {
  const recording = gpu().recordings.make(() => {
    using _ = scope();
    step();
  });
  const launches = recording.commands.map((command) => ({
    kernel: "kernel" in command ? command.kernel : "(copy)",
    ...command.cost,
  }));
  gpu().recordings.discard(recording);
  return launches;
}
