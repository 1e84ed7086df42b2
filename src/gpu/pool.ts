/**
 * GPU memory, reused. Deno frees a dropped `GPUBuffer` late, so what leaves use comes back here, and what the pool does
 * not keep is destroyed at once.
 */
import { heightOf, type TexelLayout } from "./wgsl/texels.ts";
import { BUFFER_USAGE, TEXTURE_USAGE } from "./usage.ts";

/** A texture, and the view that kernels bind. */
export interface Texture {
  texture: GPUTexture;
  view: GPUTextureView;
  layout: TexelLayout;
}

/** Where memory comes from and returns to: the pool, or a recording that owns what it uses. */
export interface MemorySource {
  /** Where the memory is. */
  readonly device: GPUDevice;
  /** True for the memory of a recording that was disposed: others use it now. */
  readonly gone: boolean;
  /** A buffer of at least `bytes` bytes, with whatever content it had before. */
  take(bytes: number): GPUBuffer;
  giveBack(buffer: GPUBuffer): void;
  /** A texture for so many texels, with whatever content it had before. */
  takeTexture(layout: TexelLayout, texels: number): Texture;
  giveBackTexture(texture: Texture): void;
}

/**
 * Rounds a size up so that buffers of nearly the same size can stand in for each other (at most a quarter is spare), but
 * never beyond the largest buffer that the device makes.
 */
export function sizeClass(bytes: number, most = Infinity): number {
  const least = Math.max(256, bytes);
  const step = Math.max(256, 2 ** (Math.floor(Math.log2(least)) - 2));
  const rounded = Math.ceil(least / step) * step;
  return rounded <= most ? rounded : Math.max(Math.ceil(bytes / 4) * 4, most - most % 256);
}

/** Textures of the same key can stand in for each other. */
function keyOf({ format }: TexelLayout, height: number): string {
  return `${format} ${height}`;
}

function bytesOf({ texture, layout: { bytes } }: Texture): number {
  return texture.width * texture.height * bytes;
}

/** Free buffers by size, and free textures by format and height. */
export class FreeList {
  readonly #buffers = new Map<number, GPUBuffer[]>();
  readonly #textures = new Map<string, Texture[]>();
  readonly #most: number;
  bytes = 0;

  /** `device` is the one whose memory it is. */
  constructor(device: GPUDevice) {
    this.#most = device.limits.maxBufferSize;
  }

  push(buffer: GPUBuffer): void {
    append(this.#buffers, buffer.size, buffer);
    this.bytes += buffer.size;
  }

  pop(bytes: number): GPUBuffer | undefined {
    const buffer = this.#buffers.get(sizeClass(bytes, this.#most))?.pop();
    if (buffer) this.bytes -= buffer.size;
    return buffer;
  }

  pushTexture(texture: Texture): void {
    append(this.#textures, keyOf(texture.layout, texture.texture.height), texture);
    this.bytes += bytesOf(texture);
  }

  popTexture(layout: TexelLayout, texels: number): Texture | undefined {
    const texture = this.#textures.get(keyOf(layout, heightOf(layout, texels)))?.pop();
    if (texture) this.bytes -= bytesOf(texture);
    return texture;
  }

  /** Takes everything out. */
  drain(): { buffers: GPUBuffer[]; textures: Texture[] } {
    const buffers = [...this.#buffers.values()].flat();
    const textures = [...this.#textures.values()].flat();
    this.#buffers.clear();
    this.#textures.clear();
    this.bytes = 0;
    return { buffers, textures };
  }
}

function append<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}

/** Bytes of free memory that are kept for later. */
const KEEP_BYTES = 512 << 20;

/** The device's memory: hands out what is free first and keeps at most {@linkcode KEEP_BYTES} of it. */
export class MemoryPool implements MemorySource {
  readonly device: GPUDevice;
  readonly gone = false;
  readonly #free: FreeList;
  /** Called before something is destroyed, because commands that are still to be submitted may name it. */
  readonly #beforeDestroy: () => void;
  /** Bytes of all that lives, in use or free. */
  liveBytes = 0;

  constructor(device: GPUDevice, beforeDestroy: () => void) {
    this.device = device;
    this.#free = new FreeList(device);
    this.#beforeDestroy = beforeDestroy;
  }

  /**
   * Refuses what the adapter cannot hold in one buffer, or cannot bind at once.
   *
   * @throws {RangeError} When `bytes` are too many.
   */
  check(bytes: number): void {
    if (bytes <= this.mostBytes) return;
    throw new RangeError(
      `Cannot allocate a tensor of ${bytes} bytes: this adapter binds at most ${this.mostBytes}; use a smaller batch`,
    );
  }

  /** The longest array that the adapter holds in one buffer and binds at once. */
  get mostBytes(): number {
    const { maxBufferSize, maxStorageBufferBindingSize } = this.device.limits;
    return Math.min(maxBufferSize, maxStorageBufferBindingSize);
  }

  take(bytes: number): GPUBuffer {
    const free = this.#free.pop(bytes);
    if (free) return free;
    const size = sizeClass(bytes, this.device.limits.maxBufferSize);
    this.liveBytes += size;
    return this.device.createBuffer({
      size,
      usage: BUFFER_USAGE.STORAGE | BUFFER_USAGE.COPY_SRC | BUFFER_USAGE.COPY_DST,
    });
  }

  giveBack(buffer: GPUBuffer): void {
    if (this.#free.bytes + buffer.size <= KEEP_BYTES) return this.#free.push(buffer);
    this.#beforeDestroy();
    this.#destroy(buffer, buffer.size);
  }

  takeTexture(layout: TexelLayout, texels: number): Texture {
    const free = this.#free.popTexture(layout, texels);
    if (free) return free;
    const { format, width } = layout;
    const texture = this.device.createTexture({
      size: [width, heightOf(layout, texels)],
      format,
      usage: TEXTURE_USAGE.STORAGE_BINDING | TEXTURE_USAGE.COPY_DST | TEXTURE_USAGE.COPY_SRC,
    });
    const made = { texture, view: texture.createView(), layout };
    this.liveBytes += bytesOf(made);
    return made;
  }

  giveBackTexture(texture: Texture): void {
    const bytes = bytesOf(texture);
    if (this.#free.bytes + bytes <= KEEP_BYTES) return this.#free.pushTexture(texture);
    this.#beforeDestroy();
    this.#destroy(texture.texture, bytes);
  }

  /** Destroys all that is free. */
  trim(): void {
    this.#beforeDestroy();
    const { buffers, textures } = this.#free.drain();
    for (const buffer of buffers) this.#destroy(buffer, buffer.size);
    for (const texture of textures) this.#destroy(texture.texture, bytesOf(texture));
  }

  #destroy(memory: GPUBuffer | GPUTexture, bytes: number): void {
    this.liveBytes -= bytes;
    memory.destroy();
  }
}
