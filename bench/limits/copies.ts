/** The rate at which an adapter moves memory: by a kernel, and by WebGPU's own copy. */
import source from "./copy.wgsl" with { type: "text" };
import { gpu } from "../../src/gpu/device.ts";
import { Kernel } from "../../src/gpu/kernel.ts";
import { launch } from "../../src/ops/launch.ts";
import { empty, type Tensor } from "../../src/tensor/tensor.ts";
import { tensor } from "../../src/tensor/make_tensor.ts";
import { fastestsMs, replayed } from "../measure.ts";
import { checkResult, type Prepared, type Row, rowOf } from "../work.ts";

const kernel = new Kernel("copy", source);

/** Beyond the caches: of a software adapter's processor, and of a GPU. */
const MIB = { software: 64, gpu: 256 };
/** Rows of workgroups of the kernel, and the bytes that one column of them copies. */
const ROWS = 256, UNIT = ROWS * 64 * 16;
/** Copies in one command buffer, so that its submit is a small part. */
const COPIES = 8;

/**
 * Times both copies of one large array.
 *
 * @param mib How large; less where the adapter has no room for it.
 * @param sampleMs How long a sample lasts.
 * @throws {RunError} When a copy differs from its original.
 */
export async function copyLimits(
  mib: number = MIB[gpu().adapter.software ? "software" : "gpu"],
  sampleMs?: number,
): Promise<Row[]> {
  const { description, limits } = gpu().adapter;
  const bytes = Math.min(mib << 20, largest(limits));
  const size = bytes / 4;
  const values = new Float32Array(size).map((_, i) => i % 8191);
  const original = tensor(values, { shape: [size] });
  const row = (work: string, ms: number) =>
    rowOf(
      { work, shape: `${Math.round(bytes / (1 << 20))} MiB, read and written`, bytes: 2 * bytes },
      ms,
      description,
    );
  const time = async (work: string, copying: (copy: Tensor) => Prepared, copies: number) => {
    const copy = empty([size]);
    const prepared = copying(copy);
    prepared.run();
    checkResult(work, "copy", await copy.read(), values, 0);
    const [ms] = await fastestsMs([prepared], sampleMs);
    prepared.dispose();
    copy.dispose();
    return row(work, ms / copies);
  };
  const rows = [
    await time("limit: copy by a kernel", (copy) => {
      const tensors = { original, copy }, groups = [bytes / UNIT, ROWS] as const;
      return replayed(() => launch(kernel, { params: {}, tensors, groups }), copy);
    }, 1),
    await time("limit: copyBufferToBuffer", (copy) => wholeCopies(original, copy), COPIES),
  ];
  original.dispose();
  gpu().pool.trim();
  return rows;
}

/** The largest size that one binding and one buffer can have, in whole rows of workgroups. */
function largest(limits: Record<string, number>): number {
  const most = Math.min(limits.maxStorageBufferBindingSize, limits.maxBufferSize);
  return Math.floor(most / UNIT) * UNIT;
}

function wholeCopies(original: Tensor, copy: Tensor): Prepared {
  const from = original.view.storage.buffer, to = copy.view.storage.buffer;
  const first = copy.alias([1]);
  const run = () => {
    gpu().flush();
    const encoder = gpu().device.createCommandEncoder();
    for (let i = 0; i < COPIES; i++) encoder.copyBufferToBuffer(from, 0, to, 0, 4 * copy.size);
    gpu().device.queue.submit([encoder.finish()]);
  };
  return { run, wait: async () => void await first.read(), dispose: () => first.dispose() };
}
