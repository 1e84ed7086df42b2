/** A step of work, recorded once and replayed: the same dispatches on the same memory, with nothing allocated. */
import type { EncodedCopy } from "./copies.ts";
import type { Cost } from "./dispatch.ts";
import type { Pipeline } from "./pipelines.ts";
import { FreeList, type MemoryPool, type MemorySource, type Texture } from "./pool.ts";
import type { Storage } from "./storage.ts";
import type { TexelLayout } from "./texels.ts";

/** One encoded dispatch: everything the compute pass needs. */
export interface EncodedDispatch {
  kernel: string;
  pipeline: Pipeline;
  bindGroup: GPUBindGroup;
  groups: readonly [number, number, number];
  /** What it computes and moves. */
  cost: Cost;
}

/** What a step is made of. */
export type Command = EncodedDispatch | EncodedCopy;

/** The memory a recording allocates: reused among its own dispatches, and kept until it is disposed. */
class Arena implements MemorySource {
  readonly #pool: MemoryPool;
  readonly #free = new FreeList();
  readonly #buffers: GPUBuffer[] = [];
  readonly #textures: Texture[] = [];
  readonly #constants = new Set<GPUBuffer>();

  constructor(pool: MemoryPool) {
    this.#pool = pool;
  }

  get device(): GPUDevice {
    return this.#pool.device;
  }

  /**
   * A buffer that no dispatch of the recording has used or will: what the CPU writes into it while recording is written
   * once, and must still stand there in every replay.
   */
  takeConstant(bytes: number): GPUBuffer {
    const buffer = this.#pool.take(bytes);
    this.#buffers.push(buffer);
    this.#constants.add(buffer);
    return buffer;
  }

  take(bytes: number): GPUBuffer {
    const own = this.#free.pop(bytes);
    if (own) return own;
    const buffer = this.#pool.take(bytes);
    this.#buffers.push(buffer);
    return buffer;
  }

  giveBack(buffer: GPUBuffer): void {
    if (!this.#constants.has(buffer)) this.#free.push(buffer);
  }

  takeTexture(layout: TexelLayout, texels: number): Texture {
    const own = this.#free.popTexture(layout, texels);
    if (own) return own;
    const texture = this.#pool.takeTexture(layout, texels);
    this.#textures.push(texture);
    return texture;
  }

  giveBackTexture(texture: Texture): void {
    this.#free.pushTexture(texture);
  }

  dispose(): void {
    this.#free.drain();
    for (const buffer of this.#buffers.splice(0)) this.#pool.giveBack(buffer);
    for (const texture of this.#textures.splice(0)) this.#pool.giveBackTexture(texture);
    this.#constants.clear();
  }
}

/** The commands of one step, in order, with the memory and parameter blocks they use. */
export class Recording {
  readonly commands: Command[] = [];
  readonly memory: Arena;
  readonly uniforms: Set<GPUBuffer> = new Set();
  /** Storages that its commands write. */
  readonly written: Set<Storage> = new Set();
  /** How many copies stand before all else. */
  #hoisted = 0;

  constructor(pool: MemoryPool) {
    this.memory = new Arena(pool);
  }

  /**
   * Adds a copy of a storage's elements. What stood in a buffer before the step can be copied before all else, together
   * with others of its kind: a copy ends a compute pass.
   */
  addCopy(copy: EncodedCopy, of: Storage): void {
    const stood = "buffer" in copy.from && of.home !== this.memory && !this.written.has(of);
    if (stood) this.commands.splice(this.#hoisted++, 0, copy);
    else this.commands.push(copy);
  }

  /** Gives the recording's memory back to the pool. Tensors made while recording must not be used any more. */
  dispose(): void {
    this.commands.length = 0;
    this.uniforms.clear();
    this.written.clear();
    this.memory.dispose();
  }
}
