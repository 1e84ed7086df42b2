/** A step of work, recorded once and replayed: the same dispatches on the same buffers, with nothing allocated. */
import type { Cost } from "./dispatch.ts";
import { type BufferPool, type BufferSource, FreeList, sizeClass } from "./pool.ts";
import type { OperandCopy } from "./scratch_textures.ts";

/** One encoded dispatch: everything the compute pass needs. */
export interface EncodedDispatch {
  kernel: string;
  pipeline: GPUComputePipeline;
  bindGroup: GPUBindGroup;
  groups: readonly [number, number, number];
  /** Operands that it reads through textures. */
  copies: readonly OperandCopy[];
  /** What it computes and moves. */
  cost: Cost;
}

/** One encoded copy of bytes from buffer to buffer. */
export interface EncodedCopy {
  from: GPUBuffer;
  fromOffset: number;
  to: GPUBuffer;
  toOffset: number;
  bytes: number;
}

/** What a step is made of. */
export type Command = EncodedDispatch | EncodedCopy;

/** The buffers a recording allocates: reused among its own dispatches, and kept until it is disposed. */
class Arena implements BufferSource {
  readonly #pool: BufferPool;
  readonly #free = new FreeList();
  readonly #all: GPUBuffer[] = [];
  readonly #constants = new Set<GPUBuffer>();

  constructor(pool: BufferPool) {
    this.#pool = pool;
  }

  /**
   * A buffer that no dispatch of the recording has used or will: what the CPU writes into it while recording is written
   * once, and must still stand there in every replay.
   */
  takeConstant(bytes: number): GPUBuffer {
    const buffer = this.#pool.take(bytes);
    this.#all.push(buffer);
    this.#constants.add(buffer);
    return buffer;
  }

  take(bytes: number): GPUBuffer {
    const own = this.#free.pop(sizeClass(bytes));
    if (own) return own;
    const buffer = this.#pool.take(bytes);
    this.#all.push(buffer);
    return buffer;
  }

  giveBack(buffer: GPUBuffer): void {
    if (!this.#constants.has(buffer)) this.#free.push(buffer);
  }

  dispose(): void {
    for (const buffer of this.#all.splice(0)) this.#pool.giveBack(buffer);
    this.#constants.clear();
  }
}

/** The commands of one step, in order, with the buffers and parameter blocks they use. */
export class Recording {
  readonly commands: Command[] = [];
  readonly buffers: Arena;
  readonly uniforms: Set<GPUBuffer> = new Set();

  constructor(pool: BufferPool) {
    this.buffers = new Arena(pool);
  }

  /** Its commands that are dispatches. */
  get dispatches(): EncodedDispatch[] {
    return this.commands.filter((command) => "pipeline" in command);
  }

  /** Gives the recording's buffers back to the pool. Tensors made while recording must not be used any more. */
  dispose(): void {
    this.commands.length = 0;
    this.uniforms.clear();
    this.buffers.dispose();
  }
}
