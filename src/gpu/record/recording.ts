/** A step of work, recorded once and replayed: the same dispatches on the same memory, with nothing allocated. */
import type { EncodedCopy } from "../copies.ts";
import type { BufferView, Cost } from "../dispatch.ts";
import type { Pipeline } from "../pipelines.ts";
import { FreeList, type MemoryPool, type MemorySource, type Texture } from "../pool.ts";
import { type Storage, tick, type Write } from "../storage.ts";
import type { TexelLayout } from "../wgsl/texels.ts";

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
  readonly #free: FreeList;
  readonly #buffers: GPUBuffer[] = [];
  readonly #textures: Texture[] = [];
  readonly #constants = new Set<GPUBuffer>();
  gone = false;

  constructor(pool: MemoryPool) {
    this.#pool = pool;
    this.#free = new FreeList(pool.device);
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
    this.gone = true;
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
  /** Storages from outside that its commands use. It holds them, so that no replay finds another tensor's elements there. */
  readonly #outer = new Set<Storage>();
  /** Whose memory they are. */
  readonly #homes = new Set<MemorySource>();
  /** Places in them, which its commands have for good. */
  readonly #places = new Set<string>();
  /** Places whose tensor has moved away since. */
  readonly #left = new Set<string>();
  /** Tensors that it moves itself: where each is now, and where it was when the step began. */
  readonly #moved = new Map<string, string>();
  /** Why it cannot be replayed, where that was found while it was made. */
  refusal: TypeError | undefined;
  #recorded = false;
  readonly #undo: (() => void)[] = [];
  /** What its commands write, and of which storage. */
  readonly #writes = new Map<Write, Storage>();
  /** What every replay writes of the storages from outside. */
  #outerWrites: readonly [Write, Storage][] = [];
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

  /** Called when a command uses this part of a storage. */
  uses({ storage, offset }: BufferView): void {
    if (storage.home === this.memory) return;
    if (!this.#outer.has(storage)) this.#outer.add(storage.retain());
    this.#homes.add(storage.home);
    this.#places.add(placeOf({ storage, offset }));
  }

  /** Called when a command writes this part of a storage. */
  writes(storage: Storage, write: Write): void {
    this.written.add(storage);
    this.#writes.set(write, storage);
  }

  /** Called when a tensor's elements are elsewhere from now on. */
  moved(from: BufferView, to: BufferView): void {
    const [left, taken] = [placeOf(from), placeOf(to)];
    if (this.#recorded) {
      if (this.#places.has(left)) this.#left.add(left);
      this.#left.delete(taken);
      return;
    }
    const start = this.#moved.get(left) ?? left;
    this.#moved.delete(left);
    if (start !== taken) this.#moved.set(taken, start);
  }

  /** Registers what undoes a change that the step made beside its commands; called if the recording is refused. */
  undoable(undo: () => void): void {
    this.#undo.push(undo);
  }

  /** Takes such changes back, the last one first. */
  undo(): void {
    for (const undo of this.#undo.splice(0).reverse()) undo();
  }

  /**
   * Ends the recording; what follows are replays.
   *
   * @throws {TypeError} When something in it was refused, or a tensor is not where it was at the start: a replay would look
   * for it there.
   */
  finish(): void {
    if (this.refusal) throw this.refusal;
    if (this.#moved.size > 0) {
      throw new TypeError(
        "Cannot record the step: an optimizer in it moves parameters, and a replay would look for them where they were; " +
          "make optimizers before the step, and step() once before it where two share a parameter",
      );
    }
    this.#recorded = true;
    this.#undo.length = 0;
    this.#outerWrites = [...this.#writes].filter(([, storage]) => this.#outer.has(storage));
  }

  /**
   * Refuses a replay on memory that its tensors have left; the elements that it writes count as written, and what was known
   * of them is forgotten.
   *
   * @throws {TypeError} When one of the tensors that it uses was moved, or belongs to a recording that was disposed.
   */
  check(): void {
    if (this.#left.size > 0) {
      throw new TypeError(
        "Cannot replay the recorded step: an optimizer that was made after it has moved parameters that it uses; " +
          "make optimizers first, or dispose() the step, whose next call records it anew",
      );
    }
    for (const { gone } of this.#homes) {
      if (!gone) continue;
      throw new TypeError(
        "Cannot replay the recorded step: another one, whose tensors it uses, was disposed, and their memory with it; " +
          "dispose() this one, too, and record both anew",
      );
    }
    for (const [write, storage] of this.#outerWrites) {
      write.at = tick();
      storage.range = undefined;
    }
  }

  /** Gives the recording's memory back to the pool. Tensors made while recording must not be used any more. */
  dispose(): void {
    for (const storage of this.#outer) storage.release();
    this.#outer.clear();
    this.#homes.clear();
    this.#writes.clear();
    this.#outerWrites = [];
    this.commands.length = 0;
    this.uniforms.clear();
    this.written.clear();
    this.memory.dispose();
  }
}

/** A place in GPU memory, as a key. */
function placeOf({ storage: { id }, offset }: Pick<BufferView, "storage" | "offset">): string {
  return `${id} ${offset}`;
}
