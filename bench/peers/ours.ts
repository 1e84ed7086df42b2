/** This program, as one among those that are compared. */
import config from "../../deno.json" with { type: "json" };
import { openGpu } from "../../src/gpu/device.ts";
import { recorded } from "../../src/tensor/recorded.ts";
import { readAll, type Tensor } from "../../src/tensor/tensor.ts";
import { convolutionWorks, matmulWork } from "../works/kernels.ts";
import { type NetworkName, SIDE } from "../works/networks.ts";
import { trainingStep } from "../works/training_step.ts";
import type { Work } from "../work.ts";
import { type Arrays, type Facts, networkOf, type Runnable, type WorkName } from "./program.ts";

/** A work of ours: what runs, what the others start from, and what the tables say of it. */
export interface OurWork {
  runnable: Runnable;
  given: Arrays;
  facts: Facts;
}

/** Opens the GPU; gives its name, and what readies a work for a batch size. */
export async function openOurs() {
  const { adapter } = await openGpu();
  const load = (work: WorkName, batch: number, width?: number): Promise<OurWork> => {
    const network = networkOf(work);
    return network ? training(network, batch, width) : op(work, batch);
  };
  return { version: config.version, adapter: adapter.description, load };
}

/** An op, its result compared with the CPU's. */
async function op(name: WorkName, batch: number): Promise<OurWork> {
  const works: Work[] = [
    matmulWork(512),
    ...convolutionWorks({ batch, side: SIDE, channels: 32, kernel: 5 }),
  ];
  const work = works.find(({ work }) => work === name)!;
  const { run, wait, tensors } = await work.prepare();
  const { inputs: [a, b], result } = tensors!;
  return {
    runnable: { run, wait, read: () => result.read() as Promise<Float32Array> },
    given: {
      ...await download(new Map([["a", a], ["b", b]])),
      // Its shape alone: the size of a kernel does not follow from the images.
      result: { shape: [...result.shape], data: new Float32Array() },
    },
    facts: { shape: work.shape, flops: work.flops ?? 0, images: null },
  };
}

async function training(network: NetworkName, batch: number, width?: number): Promise<OurWork> {
  const { parameters, images, labels, step, flops } = trainingStep(network, batch, width);
  const given: Arrays = {
    ...await download(parameters),
    images: { shape: [batch, SIDE, SIDE, 1], data: images },
    labels: { shape: [batch], data: Float32Array.from(labels) },
  };
  const run = recorded(step);
  let loss: Tensor;
  const read = () => loss.read() as Promise<Float32Array>;
  return {
    runnable: { run: () => loss = run(), read, wait: async () => void await read() },
    given,
    facts: { shape: `${batch}x${SIDE}x${SIDE}x1`, flops, images: batch },
  };
}

async function download(tensors: ReadonlyMap<string, Tensor>): Promise<Arrays> {
  const values = await readAll([...tensors.values()]) as Float32Array[];
  return Object.fromEntries(
    [...tensors].map(([name, { shape }], i) => [name, { shape: [...shape], data: values[i] }]),
  );
}
