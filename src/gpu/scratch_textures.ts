/** Textures that hold an operand from its copy until the next dispatch has read it. */
import { sizeClass } from "./pool.ts";
import type { TexelLayout } from "./texture_reads.ts";

/** Bytes copied from a buffer into a texture, before a dispatch. */
export interface OperandCopy {
  buffer: GPUBuffer;
  offset: number;
  texels: number;
  layout: TexelLayout;
  texture: GPUTexture;
}

/** Few textures, used again and again: one for each size class and place among a kernel's bindings. */
export class ScratchTextures {
  readonly #device: GPUDevice;
  readonly #textures = new Map<string, { texture: GPUTexture; view: GPUTextureView }>();

  constructor(device: GPUDevice) {
    this.#device = device;
  }

  /** True where a texture can hold so many texels. */
  holds({ width }: TexelLayout, texels: number): boolean {
    const limit = this.#device.limits.maxTextureDimension2D;
    return width <= limit && Math.ceil(texels / width) <= limit;
  }

  /** A texture for `texels` texels at the kernel's binding `index`, with whatever it held before. */
  get(index: number, layout: TexelLayout, texels: number) {
    const rows = Math.ceil(texels / layout.width);
    const limit = this.#device.limits.maxTextureDimension2D;
    const height = rows <= 8 ? rows : Math.min(limit, sizeClass(rows * 256) / 256);
    const key = `${index} ${layout.format} ${height}`;
    const found = this.#textures.get(key);
    if (found) return found;
    const texture = this.#device.createTexture({
      size: [layout.width, height],
      format: layout.format,
      usage: GPUTextureUsage.STORAGE_BINDING | GPUTextureUsage.COPY_DST,
    });
    const made = { texture, view: texture.createView() };
    this.#textures.set(key, made);
    return made;
  }
}

/** Encodes a copy; the texture's rows are filled one after the other. */
export function encodeCopy(encoder: GPUCommandEncoder, copy: OperandCopy): void {
  const { buffer, offset, texels, layout: { width, bytes }, texture } = copy;
  const rows = Math.floor(texels / width), rest = texels % width;
  const bytesPerRow = width * bytes;
  if (rows > 0) {
    encoder.copyBufferToTexture({ buffer, offset, bytesPerRow }, { texture }, [width, rows]);
  }
  if (rest > 0) {
    const from = { buffer, offset: offset + rows * bytesPerRow };
    encoder.copyBufferToTexture(from, { texture, origin: [0, rows] }, [rest, 1]);
  }
}
