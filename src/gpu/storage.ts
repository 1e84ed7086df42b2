/** A place in GPU memory that one or more tensors look at. */
import type { NumberRange } from "./number_range.ts";
import type { MemorySource, Texture } from "./pool.ts";
import type { TexelLayout } from "./wgsl/texels.ts";

/** A part of a storage that stands in a texture, as well or only there. */
export interface TexturePart extends Texture {
  /** In bytes. */
  offset: number;
  bytes: number;
  /** False once the elements were written elsewhere. */
  current: boolean;
}

/** A part of a storage that was written as one. */
export interface Write {
  /** In bytes. */
  readonly offset: number;
  readonly bytes: number;
  /** When it was written last, by {@linkcode tick}. */
  at: number;
}

let made = 0;
let clock = 0;

/** Moves the clock of all writes, which counts them, and gives its time. */
export function tick(): number {
  return ++clock;
}

/**
 * Elements on the GPU: in a buffer, in textures, or in both (`Residence` knows which are current). What it never needs it
 * never takes: most arrays of a step live in a texture alone on adapters that read those faster.
 */
export class Storage {
  /** Tells it from all others. */
  readonly id: number = made++;
  readonly bytes: number;
  /** Whose memory it is. */
  readonly home: MemorySource;
  /** Its parts in textures. */
  readonly parts: TexturePart[] = [];
  /** False where only a texture holds the elements. */
  bufferCurrent = true;
  /** The range of whole numbers that it is full of, where the CPU knows it. */
  range: NumberRange | undefined;
  /** Called when the last tensor on it is freed. */
  onFree: ((storage: Storage) => void) | undefined;
  /** What was written of it, by place. */
  readonly #writes = new Map<string, Write>();
  #buffer: GPUBuffer | undefined;
  #holders = 1;

  constructor(bytes: number, home: MemorySource, buffer?: GPUBuffer) {
    this.bytes = bytes;
    this.home = home;
    this.#buffer = buffer;
  }

  /** Its buffer; what stands there counts only where `bufferCurrent`. */
  get buffer(): GPUBuffer {
    return this.#buffer ??= this.home.take(this.bytes);
  }

  /** Marks a part as written now, from the CPU or by a command. */
  wrote(offset: number, bytes: number): Write {
    const key = `${offset} ${bytes}`;
    let write = this.#writes.get(key);
    if (!write) this.#writes.set(key, write = { offset, bytes, at: 0 });
    write.at = tick();
    return write;
  }

  /** When anything of a part was written last; 0 where nothing was. */
  lastWrite(offset: number, bytes: number): number {
    let last = 0;
    for (const write of this.#writes.values()) {
      const apart = write.offset >= offset + bytes || offset >= write.offset + write.bytes;
      if (!apart) last = Math.max(last, write.at);
    }
    return last;
  }

  /** The texture for a part; what stands there counts only where it is `current`. */
  part(layout: TexelLayout, offset: number, bytes: number): TexturePart {
    const found = this.parts.find((p) =>
      p.offset === offset && p.bytes === bytes && p.layout.format === layout.format
    );
    if (found) return found;
    const texture = this.home.takeTexture(layout, Math.ceil(bytes / layout.bytes));
    const part = { ...texture, offset, bytes, current: false };
    this.parts.push(part);
    return part;
  }

  /** One more tensor looks at this storage. */
  retain(): this {
    this.#holders++;
    return this;
  }

  /** One tensor less; the last one gives the memory back. */
  release(): void {
    if (--this.#holders > 0) return;
    this.onFree?.(this);
    if (this.#buffer) this.home.giveBack(this.#buffer);
    this.#buffer = undefined;
    for (const { texture, view, layout } of this.parts.splice(0)) {
      this.home.giveBackTexture({ texture, view, layout });
    }
  }
}
