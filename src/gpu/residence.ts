/**
 * Where the elements of storages are: in their buffer, in textures, or in both. Kernels read and write textures on
 * adapters that are faster at it (texture_access.ts); all else, readback and copies among it, wants the buffer. What is
 * wanted where it is not is copied there, and noted, so that no copy is made twice.
 */
import { type EncodedCopy, preparedCopy } from "./copies.ts";
import type { BufferView } from "./dispatch.ts";
import type { Storage, TexturePart } from "./storage.ts";
import type { TexelLayout } from "./texels.ts";

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

  /** True where a texture can hold so many bytes. */
  fits({ width, bytes: texelBytes }: TexelLayout, bytes: number): boolean {
    return width <= this.#maxDimension &&
      Math.ceil(bytes / texelBytes / width) <= this.#maxDimension;
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
      this.#note(storage);
    }
    return part;
  }

  /** True where one texture can hold a view when it is written: where that is all of the storage. */
  whole({ storage, offset, bytes }: BufferView): boolean {
    return offset === 0 && bytes === storage.bytes;
  }

  /** Takes note that the buffer is written: the textures are of no use any more. */
  written(storage: Storage): void {
    storage.bufferCurrent = true;
    for (const part of storage.parts) part.current = false;
    this.#inTextures.delete(storage);
  }

  /** Takes note that this part, which is all of the storage, is written. */
  writtenInTexture(storage: Storage, written: TexturePart): void {
    storage.bufferCurrent = false;
    for (const part of storage.parts) part.current = part === written;
    this.#note(storage);
  }

  /** Brings everything into buffers, and takes nothing else for granted: before and after what is replayed. */
  settle(): void {
    for (const storage of [...this.#inTextures]) {
      this.buffer(storage);
      this.written(storage);
    }
  }

  #note(storage: Storage): void {
    this.#inTextures.add(storage);
    storage.onFree = this.#freed;
  }
}
