/** From a dispatch in a kernel's own names to pipeline, bind group and workgroups: what a compute pass takes. */
import { type BufferView, costOf, type Dispatch } from "./dispatch.ts";
import type { Pipelines } from "./pipelines.ts";
import type { MemoryPool } from "./pool.ts";
import type { EncodedDispatch, Recording } from "./record/recording.ts";
import type { Residence } from "./residence.ts";
import { Storage } from "./storage.ts";
import type { Uniforms } from "./uniforms.ts";

/** What a binder takes from the device. */
export interface Bindables {
  device: GPUDevice;
  pool: MemoryPool;
  pipelines: Pipelines;
  uniforms: Uniforms;
  residence: Residence;
  /** Storage textures that a kernel may bind. */
  mostTextures: number | undefined;
}

/** Makes bind groups. */
export class Binder {
  readonly #parts: Bindables;
  #unusedRead: Storage | undefined;
  #unusedWritten: Storage | undefined;
  /** Bind groups made so far. */
  count = 0;

  constructor(parts: Bindables) {
    this.#parts = parts;
  }

  /**
   * Binds a dispatch. What it writes counts as written from now on.
   *
   * @param leastTextureBytes Of marked arrays, for them to become textures; Infinity for none.
   * @param recording The one that is being made.
   * @throws {TypeError} For a buffer that is missing.
   * @throws {RangeError} For more workgroups than the adapter takes.
   */
  bind(
    { kernel, constants = {}, params, buffers, groups: [x, y = 1, z = 1], cost }: Dispatch,
    leastTextureBytes: number,
    recording: Recording | undefined,
  ): EncodedDispatch {
    const { device, pipelines, uniforms, residence, mostTextures } = this.#parts;
    const most = device.limits.maxComputeWorkgroupsPerDimension;
    if (![x, y, z].every((n) => Number.isInteger(n) && n > 0 && n <= most)) {
      throw new RangeError(
        `Cannot run ${kernel.name} in ${x} x ${y} x ${z} workgroups: this adapter takes at most ${most} along an axis; ` +
          "use smaller tensors",
      );
    }
    const views: Record<string, BufferView> = {};
    for (const { name, kind } of kernel.bindings(constants)) {
      if (kind === "uniform") continue;
      if (!(name in buffers)) throw new TypeError(`${kernel.name}: no buffer given for ${name}`);
      views[name] = buffers[name] ?? { storage: this.#unused(kind), offset: 0, bytes: 16 };
    }
    const use = leastTextureBytes === Infinity ? "none" : residence.use(
      kernel.bindings(constants, "all", mostTextures),
      views,
      buffers,
      leastTextureBytes,
    );
    const pipeline = pipelines.get(kernel, constants, use), { layout } = pipeline;
    const stored: (() => void)[] = [];
    const entries = kernel.bindings(constants, use, mostTextures).map(
      ({ index, name, kind, texels, access }) => {
        if (kind === "uniform") {
          const buffer = uniforms.get(kernel.packParams(params));
          recording?.uniforms.add(buffer);
          return { binding: index, resource: { buffer } };
        }
        const view = views[name], { storage, offset, bytes } = view, given = buffers[name];
        if (!texels) {
          const buffer = residence.buffer(storage);
          if (given && kind === "storage") stored.push(() => residence.written(storage));
          // What is empty is bound as the four numbers that a kernel may take at once. It reads none of them.
          const part = bytes === 0 ? { offset: 0, size: 16 } : { offset, size: bytes };
          return { binding: index, resource: { buffer, ...part } };
        }
        const part = given && access === "read"
          ? residence.texture(view, texels)
          : storage.part(texels, offset, bytes);
        if (given && access === "write") {
          stored.push(() => residence.writtenInTexture(storage, part));
        }
        return { binding: index, resource: part.view };
      },
    );
    for (const store of stored) store();
    for (const { name, kind } of kernel.bindings(constants)) {
      if (kind === "uniform") continue;
      recording?.uses(views[name]);
      if (kind === "storage") markWritten(views[name], recording);
    }
    const bindGroup = device.createBindGroup({ label: kernel.name, layout, entries });
    this.count++;
    return {
      kernel: kernel.name,
      pipeline,
      bindGroup,
      groups: [x, y, z],
      cost: costOf(buffers, cost),
    };
  }

  /** What is bound where a kernel needs a buffer but does not use it: written and read ones must differ. */
  #unused(kind: string): Storage {
    const { pool } = this.#parts;
    return kind === "storage"
      ? this.#unusedWritten ??= new Storage(16, pool)
      : this.#unusedRead ??= new Storage(16, pool);
  }
}

/** Marks a part of a storage as written by a command. */
export function markWritten(
  { storage, offset, bytes }: BufferView,
  recording: Recording | undefined,
): void {
  storage.range = undefined;
  const write = storage.wrote(offset, bytes);
  recording?.writes(storage, write);
}
