/** Copies of bytes between buffers and textures. */
import type { Cost } from "./dispatch.ts";
import type { TexelLayout } from "./wgsl/texels.ts";

/** One end of a copy: a buffer from an offset on, or the rows of a texture. */
export type CopyEnd =
  | { buffer: GPUBuffer; offset: number }
  | { texture: GPUTexture; layout: TexelLayout };

/** Rows of a texture beside the bytes of a buffer. */
interface Stretch {
  buffer: GPUTexelCopyBufferInfo;
  texture: GPUTexelCopyTextureInfo;
  size: [number, number];
}

/** One copy, ready to be encoded again and again. */
export interface EncodedCopy {
  from: CopyEnd;
  to: CopyEnd;
  bytes: number;
  /** Its bytes, as read and as written. */
  cost: Cost;
  /** The rows of the texture, where one end is one. They are made once, so that replays allocate nothing. */
  stretches: readonly Stretch[];
}

/**
 * Makes a copy ready.
 *
 * @throws {TypeError} From texture to texture.
 */
export function preparedCopy(from: CopyEnd, to: CopyEnd, bytes: number): EncodedCopy {
  if ("texture" in from && "texture" in to) {
    throw new TypeError("Cannot copy from texture to texture");
  }
  const copy = { from, to, bytes, cost: { flops: 0, bytes: 2 * bytes } };
  if ("texture" in to && "buffer" in from) {
    return { ...copy, stretches: stretches(from, to, bytes, from.buffer.size) };
  }
  if ("texture" in from && "buffer" in to) {
    return { ...copy, stretches: stretches(to, from, bytes, to.offset + bytes) };
  }
  return { ...copy, stretches: [] };
}

/** Encodes a copy; a texture's rows are filled, or read, one after the other. */
export function encodeCopy(encoder: GPUCommandEncoder, copy: EncodedCopy): void {
  const { from, to, bytes } = copy;
  if ("buffer" in from && "buffer" in to) {
    encoder.copyBufferToBuffer(from.buffer, from.offset, to.buffer, to.offset, bytes);
  }
  for (const { buffer, texture, size } of copy.stretches) {
    if ("texture" in to) encoder.copyBufferToTexture(buffer, texture, size);
    else encoder.copyTextureToBuffer(texture, buffer, size);
  }
}

/** The whole rows, and what is left of the last one, which goes on to its end where the buffer's bytes up to `end` do. */
function stretches(
  { buffer, offset }: { buffer: GPUBuffer; offset: number },
  { texture, layout: { width, bytes: texelBytes } }: { texture: GPUTexture; layout: TexelLayout },
  bytes: number,
  end: number,
): Stretch[] {
  const bytesPerRow = width * texelBytes, texels = Math.ceil(bytes / texelBytes);
  const lines = Math.ceil(texels / width);
  const rows = offset + lines * bytesPerRow <= end ? lines : Math.floor(texels / width);
  const part = (row: number, size: [number, number]): Stretch => ({
    buffer: { buffer, offset: offset + row * bytesPerRow, bytesPerRow },
    texture: { texture, origin: [0, row] },
    size,
  });
  return [
    ...(rows > 0 ? [part(0, [width, rows])] : []),
    ...(rows < lines ? [part(rows, [texels % width, 1])] : []),
  ];
}
