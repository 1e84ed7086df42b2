/** What an empty dispatch, a submit and a readback cost. */
import source from "./multiply_add.wgsl" with { type: "text" };
import { median } from "../../src/base/averages.ts";
import { gpu } from "../../src/gpu/device.ts";
import { Kernel } from "../../src/gpu/kernel.ts";
import { launch } from "../../src/ops/launch.ts";
import { empty } from "../../src/tensor/tensor.ts";
import { tensor } from "../../src/tensor/make_tensor.ts";
import { fastestsMs, replayed } from "../measure.ts";
import { type Row, rowOf } from "../work.ts";

const kernel = new Kernel("multiply_add", source);

/** Dispatches of a recording: few enough for one pass. */
const DISPATCHES = 1000;
const SUBMITS = 20;
const READBACKS = 21;

/** Times a dispatch of one workgroup that does nothing but write, one with a submit of its own, and a read of 4 bytes. */
export async function launchLimits(sampleMs?: number): Promise<Row[]> {
  const numbers = tensor([1, 1]), totals = empty([8]), first = totals.alias([1]);
  const encode = (count: number) => () => {
    for (let i = 0; i < count; i++) {
      launch(kernel, {
        constants: { CHAINS: 1, STEPS: 1, LANES: 8, FUSED: false },
        params: { rounds: 0 },
        tensors: { numbers, totals },
        groups: [1],
      });
    }
  };
  const shared = replayed(encode(DISPATCHES), totals), single = replayed(encode(1), totals);
  const submits = {
    ...single,
    run: () => {
      for (let i = 0; i < SUBMITS; i++) {
        single.run();
        gpu().flush();
      }
    },
  };
  const [sharedMs, submitsMs] = await fastestsMs([shared, submits], sampleMs);
  const dispatchMs = sharedMs / DISPATCHES, submitMs = submitsMs / SUBMITS - dispatchMs;
  const reads: number[] = [];
  for (let i = 0; i < READBACKS; i++) {
    const start = performance.now();
    await first.read();
    reads.push(performance.now() - start);
  }
  shared.dispose();
  single.dispose();
  for (const t of [first, numbers, totals]) t.dispose();
  const row = (work: string, shape: string, ms: number) =>
    rowOf({ work, shape }, Math.max(0, ms), gpu().adapter.description);
  return [
    row("limit: empty dispatch", "one workgroup, in a shared pass", dispatchMs),
    row("limit: submit", "a pass and a command buffer", submitMs),
    row("limit: readback", "4 bytes", median(reads)),
  ];
}
