/** The rate at which an adapter moves memory: by a kernel, and by WebGPU's own copy. */
import { slice } from "../../src/ops/mod.ts";
import source from "./copy.wgsl" with { type: "text" };
import { RunError } from "../../src/base/errors.ts";
import { gpu } from "../../src/gpu/device.ts";
import { Kernel } from "../../src/gpu/kernel.ts";
import { launch } from "../../src/ops/launch.ts";
import { empty, readAll, type Tensor } from "../../src/tensor/tensor.ts";
import { tensor } from "../../src/tensor/make_tensor.ts";
import { fastestMs, replayed } from "../measure.ts";
import { type Prepared, type Row, rowOf } from "../work.ts";

const kernel = new Kernel("copy", source);

/** Beyond the caches: of a software adapter's processor, and of a GPU. */
const MIB = { software: 64, gpu: 256 };
const SAMPLES = 64;
/** Rows of workgroups of the kernel, and the bytes that one column of them copies. */
const ROWS = 256, UNIT = ROWS * 64 * 16;
/** Copies in one command buffer, so that its submit is a small part. */
const COPIES = 8;

/**
 * Times both copies of one large array.
 *
 * @throws {RunError} When a copy differs from its original.
 */
export async function copyLimits(): Promise<Row[]> {
  const { software, description, limits } = gpu().adapter;
  const bytes = Math.min(MIB[software ? "software" : "gpu"] << 20, largest(limits));
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
    await check(work, copy, values);
    const ms = await fastestMs(prepared) / copies;
    prepared.dispose();
    copy.dispose();
    return row(work, ms);
  };
  const rows = [
    await time("limit: copy by a kernel", (copy) => {
      const tensors = { original, copy }, groups = [bytes / UNIT, ROWS] as const;
      return replayed(() => launch(kernel, { params: {}, tensors, groups }), head(copy));
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

/** The first element: what is read to wait. */
function head(t: Tensor): Tensor {
  return t.alias([1]);
}

function wholeCopies(original: Tensor, copy: Tensor): Prepared {
  const from = original.view.storage.buffer, to = copy.view.storage.buffer;
  const first = head(copy);
  const run = () => {
    gpu().flush();
    const encoder = gpu().device.createCommandEncoder();
    for (let i = 0; i < COPIES; i++) encoder.copyBufferToBuffer(from, 0, to, 0, 4 * copy.size);
    gpu().device.queue.submit([encoder.finish()]);
  };
  return { run, wait: async () => void await first.read(), dispose: () => first.dispose() };
}

/** Looks at elements spread over the whole. */
async function check(work: string, copy: Tensor, values: Float32Array): Promise<void> {
  const places = Array.from(
    { length: SAMPLES },
    (_, i) => Math.floor(i * (values.length - 1) / (SAMPLES - 1)),
  );
  const parts = places.map((place) => slice(copy, [place], [place + 1]));
  const found = await readAll(parts);
  for (const part of parts) part.dispose();
  places.forEach((place, i) => {
    if (found[i][0] === values[place]) return;
    throw new RunError(
      `Cannot time ${work}: its element ${place} is ${found[i][0]}, should be ${values[place]}`,
    );
  });
}
