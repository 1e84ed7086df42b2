/** Copies of bytes between buffers and textures. */
import type { TexelLayout } from "./texels.ts";

/** Where bytes are copied from or to: a buffer from an offset on, or the rows of a texture. */
export type Place =
  | { buffer: GPUBuffer; offset: number }
  | { texture: GPUTexture; layout: TexelLayout };

/** One encoded copy. */
export interface EncodedCopy {
  from: Place;
  to: Place;
  bytes: number;
}

/** Encodes a copy; a texture's rows are filled, or read, one after the other. */
export function encodeCopy(encoder: GPUCommandEncoder, { from, to, bytes }: EncodedCopy): void {
  if ("buffer" in from && "buffer" in to) {
    encoder.copyBufferToBuffer(from.buffer, from.offset, to.buffer, to.offset, bytes);
  } else if ("buffer" in from && "texture" in to) {
    const { buffer } = from, { texture } = to;
    for (const { offset, bytesPerRow, origin, size } of stretches(from, to.layout, bytes, true)) {
      encoder.copyBufferToTexture({ buffer, offset, bytesPerRow }, { texture, origin }, size);
    }
  } else if ("texture" in from && "buffer" in to) {
    const { buffer } = to, { texture } = from;
    for (const { offset, bytesPerRow, origin, size } of stretches(to, from.layout, bytes, false)) {
      encoder.copyTextureToBuffer({ texture, origin }, { buffer, offset, bytesPerRow }, size);
    }
  } else {
    throw new TypeError("Cannot copy from texture to texture");
  }
}

/** The whole rows, and what is left of the last one; `spare` lets the last one go on as far as the buffer does. */
function stretches(
  { buffer, offset }: { buffer: GPUBuffer; offset: number },
  { width, bytes: texelBytes }: TexelLayout,
  bytes: number,
  spare: boolean,
) {
  const bytesPerRow = width * texelBytes, texels = Math.ceil(bytes / texelBytes);
  const whole = spare && offset + Math.ceil(texels / width) * bytesPerRow <= buffer.size;
  const rows = whole ? Math.ceil(texels / width) : Math.floor(texels / width);
  const rest = whole ? 0 : texels % width;
  const head = { offset, bytesPerRow, origin: [0, 0], size: [width, rows] };
  const tail = {
    offset: offset + rows * bytesPerRow,
    bytesPerRow,
    origin: [0, rows],
    size: [rest, 1],
  };
  return [...(rows > 0 ? [head] : []), ...(rest > 0 ? [tail] : [])];
}
