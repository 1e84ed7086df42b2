/** Textures that hold an operand from its copy until the next dispatch has read it. */
import type { TexelLayout } from "./texture_reads.ts";

/** Bytes copied from a buffer into a texture, before a dispatch. */
export interface OperandCopy {
  buffer: GPUBuffer;
  offset: number;
  texels: number;
  layout: TexelLayout;
  texture: GPUTexture;
}

/** What a texture holds a copy of. */
type Operand = Pick<OperandCopy, "buffer" | "offset" | "texels">;

interface Scratch {
  texture: GPUTexture;
  view: GPUTextureView;
  /** Absent once the buffer was written. */
  holds?: Operand;
}

/** Textures of one size that stay while others are used; kernels that follow each other often read the same. */
const KEPT = 8;

/** Few textures, used again and again, and what they hold: an operand that is still there is not copied again. */
export class ScratchTextures {
  readonly #device: GPUDevice;
  /** By format and height, the one used last at the end. */
  readonly #textures = new Map<string, Scratch[]>();

  constructor(device: GPUDevice) {
    this.#device = device;
  }

  /** True where a texture can hold so many texels. */
  holds({ width }: TexelLayout, texels: number): boolean {
    const limit = this.#device.limits.maxTextureDimension2D;
    return width <= limit && Math.ceil(texels / width) <= limit;
  }

  /**
   * A texture for an operand, and whether it must still be copied there.
   *
   * @param taken Textures that the same dispatch reads other operands from; the new one joins them.
   */
  take(layout: TexelLayout, operand: Operand, taken: Set<GPUTexture>) {
    // Powers of two: llvmpipe compiles a kernel anew for textures that are some and some not.
    const height = 2 ** Math.ceil(Math.log2(Math.max(1, operand.texels / layout.width)));
    const key = `${layout.format} ${height}`;
    let kept = this.#textures.get(key);
    if (!kept) this.#textures.set(key, kept = []);
    let at = kept.findIndex(({ holds }) => holds && same(holds, operand));
    const copied = at >= 0;
    if (!copied && kept.length >= KEPT) at = kept.findIndex(({ texture }) => !taken.has(texture));
    const scratch = at >= 0 ? kept.splice(at, 1)[0] : this.#create(layout, height);
    scratch.holds = operand;
    kept.push(scratch);
    taken.add(scratch.texture);
    return { ...scratch, copied };
  }

  /** Takes note that a buffer is written: its copies are of no use any more. */
  written(buffer: GPUBuffer): void {
    for (const kept of this.#textures.values()) {
      for (const scratch of kept) {
        if (scratch.holds?.buffer === buffer) scratch.holds = undefined;
      }
    }
  }

  /** Takes nothing for granted: before and after a recording, whose copies happen again in every replay. */
  forget(): void {
    for (const kept of this.#textures.values()) {
      for (const scratch of kept) scratch.holds = undefined;
    }
  }

  #create({ width, format }: TexelLayout, height: number): Scratch {
    const texture = this.#device.createTexture({
      size: [width, height],
      format,
      usage: GPUTextureUsage.STORAGE_BINDING | GPUTextureUsage.COPY_DST,
    });
    return { texture, view: texture.createView() };
  }
}

function same(a: Operand, b: Operand): boolean {
  return a.buffer === b.buffer && a.offset === b.offset && a.texels === b.texels;
}

/** Encodes a copy; the texture's rows are filled one after the other. */
export function encodeCopy(encoder: GPUCommandEncoder, copy: OperandCopy): void {
  const { buffer, offset, texels, layout: { width, bytes }, texture } = copy;
  const bytesPerRow = width * bytes;
  // One copy instead of two where the buffer goes on to the end of the last row.
  const whole = offset + Math.ceil(texels / width) * bytesPerRow <= buffer.size;
  const rows = whole ? Math.ceil(texels / width) : Math.floor(texels / width);
  const rest = whole ? 0 : texels % width;
  if (rows > 0) {
    encoder.copyBufferToTexture({ buffer, offset, bytesPerRow }, { texture }, [width, rows]);
  }
  if (rest > 0) {
    const from = { buffer, offset: offset + rows * bytesPerRow };
    encoder.copyBufferToTexture(from, { texture, origin: [0, rows] }, [rest, 1]);
  }
}
