/** Picture files as bytes, for tests: well-formed ones, or chunk by chunk, to be spoilt. */
import { encode } from "npm:jpeg-js@0.4.4";
import { dirname } from "node:path";
import { crc32, deflateSync } from "node:zlib";

/** Red, green and blue. */
type Rgb = readonly [number, number, number];

/** A PNG file of one color. */
export function plainPng(height: number, width: number, color: Rgb): Uint8Array<ArrayBuffer> {
  const row = [0, ...Array(width).fill(color).flat()];
  return png(ihdr(width, height), idat(...Array(height).fill(row).flat()), iend);
}

/** A JPEG file of one color. */
export function plainJpeg(height: number, width: number, color: Rgb): Uint8Array<ArrayBuffer> {
  const data = Uint8Array.from(Array(height * width).fill([...color, 255]).flat());
  return new Uint8Array(encode({ width, height, data }, 95).data);
}

/** A PNG file out of chunks. */
export function png(...chunks: Uint8Array[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.of(
    ...[0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
    ...chunks.flatMap((chunk) => [...chunk]),
  );
}

/** A chunk with its checksum. */
export function chunk(type: string, data: Uint8Array | number[] = []): Uint8Array {
  const bytes = new Uint8Array(12 + data.length), view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  bytes.set(new TextEncoder().encode(type), 4);
  bytes.set(data, 8);
  view.setUint32(8 + data.length, crc32(bytes.subarray(4, 8 + data.length)));
  return bytes;
}

/** A header. */
export function ihdr(width: number, height: number, depth = 8, color = 2, interlace = 0) {
  const data = new Uint8Array(13), view = new DataView(data.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  data.set([depth, color, 0, 0, interlace], 8);
  return chunk("IHDR", data);
}

/** Packed pixels: rows, each led by its filter. */
export function idat(...bytes: number[]): Uint8Array {
  return chunk("IDAT", deflateSync(Uint8Array.from(bytes)));
}

/** The end mark. */
export const iend = chunk("IEND");

/** Writes a file, and the folders above it. */
export async function put(path: string, bytes: Uint8Array | string): Promise<void> {
  await Deno.mkdir(dirname(path), { recursive: true });
  await Deno.writeFile(path, typeof bytes === "string" ? new TextEncoder().encode(bytes) : bytes);
}
