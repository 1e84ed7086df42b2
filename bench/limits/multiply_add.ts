/** The rate of multiply-adds that an adapter reaches when nothing else is to be done. */
import source from "./multiply_add.wgsl" with { type: "text" };
import { RunError } from "../../src/base/errors.ts";
import { gpu } from "../../src/gpu/device.ts";
import { Kernel } from "../../src/gpu/kernel.ts";
import { launch } from "../../src/ops/launch.ts";
import { empty, type Tensor } from "../../src/tensor/tensor.ts";
import { tensor } from "../../src/tensor/make_tensor.ts";
import { fastestsMs, replayed } from "../measure.ts";
import { type Prepared, type Row, rowOf } from "../work.ts";

const kernel = new Kernel("multiply_add", source);

/** Multiply-adds of each sum: few enough that a thread's total is exact in float32. */
const COUNT = 1 << 14;
/** A GPU hides latency with many threads; a software adapter has none to hide. */
const SHAPES = { software: { LANES: 64, threads: 1 << 10 }, gpu: { LANES: 128, threads: 1 << 18 } };
/** How long a sample lasts while the best variant is looked for; the variants take turns. */
const TRIAL_MS = 60;

/** How the kernel is compiled: sums of four numbers a thread, how far the loop is written out, and whether `fma` is called. */
interface Variant {
  CHAINS: number;
  STEPS: number;
  FUSED: boolean;
}

/**
 * Three chains are 12 sums, which a processor with 16 vector registers keeps there; with more of them a software adapter's
 * compiler does better with a short loop body. A long one spares a GPU the loop's own work.
 */
const VARIANTS: readonly Variant[] = [3, 8, 16].flatMap((CHAINS) =>
  [4, 16].flatMap((STEPS) => [false, true].map((FUSED) => ({ CHAINS, STEPS, FUSED })))
);

/**
 * Times the fastest of a few variants.
 *
 * @throws {RunError} When the adapter counts wrong.
 */
export async function multiplyAddLimit(): Promise<Row> {
  const { software, description } = gpu().adapter;
  const { LANES, threads } = SHAPES[software ? "software" : "gpu"];
  const numbers = tensor([1, 1]), totals = empty([threads]);
  const encode = (variant: Variant) => () =>
    launch(kernel, {
      constants: { ...variant, LANES },
      params: { rounds: COUNT / variant.STEPS },
      tensors: { numbers, totals },
      groups: [threads / LANES],
    });
  const ready = async (variant: Variant) => {
    const prepared = replayed(encode(variant), totals);
    await checkCount(totals, variant);
    return prepared;
  };
  const all: Prepared[] = [];
  for (const variant of VARIANTS) all.push(await ready(variant));
  const trials = (await fastestsMs(all, TRIAL_MS)).map((ms, i) => ms / countOf(VARIANTS[i]));
  const best = trials.indexOf(Math.min(...trials)), variant = VARIANTS[best];
  const [ms] = await fastestsMs([all[best]]);
  for (const it of [...all, numbers, totals]) it.dispose();
  const form = variant.FUSED ? "fma" : "a * b + c";
  return rowOf(
    {
      work: "limit: multiply-add",
      shape: `${threads} threads, ${variant.CHAINS} x vec4, ${variant.STEPS} x ${form}`,
      flops: 2 * threads * countOf(variant),
    },
    ms,
    description,
  );
}

/** Multiply-adds of a thread. */
function countOf({ CHAINS }: Variant): number {
  return 4 * CHAINS * COUNT;
}

/** Sum i begins at i and counts by ones. */
async function checkCount(totals: Tensor, variant: Variant): Promise<void> {
  const sums = 4 * variant.CHAINS;
  const expected = sums * (sums - 1) / 2 + countOf(variant);
  const wrong = (await totals.read()).find((total) => total !== expected);
  if (wrong !== undefined) {
    throw new RunError(
      `Cannot time multiply-adds: a thread counts ${wrong}, should be ${expected}`,
    );
  }
}
