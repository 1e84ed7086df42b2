/**
 * Where the elements of storages are: in their buffer, in textures, or in both. Kernels read and write textures on
 * adapters that are faster at it (texture_access.ts); all else, readback and copies among it, wants the buffer. What is
 * wanted where it is not is copied there, and that is remembered, so that no copy is made twice.
 */
import { type EncodedCopy, preparedCopy } from "./copies.ts";
import type { BufferView, Dispatch } from "./dispatch.ts";
import type { Binding } from "./kernel.ts";
import type { Storage, TexturePart } from "./storage.ts";
import { heightOf, type TexelLayout } from "./wgsl/texels.ts";
import type { TextureUse } from "./wgsl/texture_access.ts";

/** Runs a copy; `of` is the storage whose elements it moves. */
type Run = (copy: EncodedCopy, of: Storage) => void;

/** Keeps account of all storages. */
export class Residence {
  readonly #run: Run;
  readonly #maxDimension: number;
  /** Storages with current textures. */
  readonly #inTextures = new Set<Storage>();
  readonly #freed = (storage: Storage) => void this.#inTextures.delete(storage);

  constructor(maxDimension: number, run: Run) {
    this.#maxDimension = maxDimension;
    this.#run = run;
  }

  /**
   * Which marked arrays of a dispatch are textures: where those it reads are enough to be worth the copies, or stand in one
   * already, and where all fits.
   *
   * @param bindings The kernel's, with all that may be textures.
   * @param given The views that it uses; `views` has others in place of the rest.
   * @param least Bytes read that are worth it.
   */
  use(
    bindings: readonly Binding[],
    views: Record<string, BufferView>,
    given: Dispatch["buffers"],
    least: number,
  ): TextureUse {
    const read = bindings.filter(({ access }) => access === "read");
    const stored = bindings.filter(({ access }) => access === "write");
    const fits = ({ name, texels }: Binding) => this.#fits(texels!, views[name].bytes);
    const bytes = read.reduce((sum, { name }) => sum + views[name].bytes, 0);
    const there = read.some(({ name }) => !views[name].storage.bufferCurrent);
    if (!read.every(fits) || !there && bytes <= least) return "none";
    const whole = stored.every((binding) => {
      const { storage, offset, bytes } = views[binding.name];
      const all = !given[binding.name] || offset === 0 && bytes === storage.bytes;
      return all && fits(binding) && read.every(({ name }) => views[name].storage !== storage);
    });
    return stored.length > 0 && whole ? "all" : "read";
  }

  /** The buffer, with current elements. */
  buffer(storage: Storage): GPUBuffer {
    if (!storage.bufferCurrent) {
      const { texture, layout, offset, bytes } = storage.parts.find((p) => p.current)!;
      const { buffer } = storage;
      this.#run(preparedCopy({ texture, layout }, { buffer, offset }, bytes), storage);
      storage.bufferCurrent = true;
    }
    return storage.buffer;
  }

  /** A texture with the current elements of a view. */
  texture({ storage, offset, bytes }: BufferView, layout: TexelLayout): TexturePart {
    const part = storage.part(layout, offset, bytes);
    if (!part.current) {
      const buffer = this.buffer(storage), { texture } = part;
      this.#run(preparedCopy({ buffer, offset }, { texture, layout }, bytes), storage);
      part.current = true;
      this.#track(storage);
    }
    return part;
  }

  /** Marks the buffer as written: the textures are of no use any more. */
  written(storage: Storage): void {
    storage.bufferCurrent = true;
    for (const part of storage.parts) part.current = false;
    this.#inTextures.delete(storage);
  }

  /** Marks the texture of this part, which is all of the storage, as written. */
  writtenInTexture(storage: Storage, written: TexturePart): void {
    storage.bufferCurrent = false;
    for (const part of storage.parts) part.current = part === written;
    this.#track(storage);
  }

  /** Brings everything into buffers, and takes nothing else for granted: before and after what is replayed. */
  settle(): void {
    for (const storage of [...this.#inTextures]) {
      this.buffer(storage);
      this.written(storage);
    }
  }

  /** After a refused recording: forgets which textures it called current. What comes from outside is in its buffer still. */
  forget(): void {
    for (const storage of [...this.#inTextures]) this.written(storage);
  }

  #fits(layout: TexelLayout, bytes: number): boolean {
    return Math.max(layout.width, heightOf(layout, bytes / layout.bytes)) <= this.#maxDimension;
  }

  #track(storage: Storage): void {
    this.#inTextures.add(storage);
    storage.onFree = this.#freed;
  }
}
