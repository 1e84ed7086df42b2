/**
 * PNG files (https://www.w3.org/TR/png-3/).
 *
 * @module
 */
import { Unzlib } from "npm:fflate@0.8.2";
import type { Picture } from "./pixels.ts";

/** Samples of a pixel by color type, and the bits that a sample may have (11.2.1, table 12). */
const COLOR_TYPES: Readonly<Record<number, { samples: number; depths: readonly number[] }>> = {
  0: { samples: 1, depths: [1, 2, 4, 8, 16] },
  2: { samples: 3, depths: [8, 16] },
  3: { samples: 1, depths: [1, 2, 4, 8] },
  4: { samples: 2, depths: [8, 16] },
  6: { samples: 4, depths: [8, 16] },
};
const PALETTE = 3;

/** The passes of Adam7: first column, first row, and steps (8.2). Not interlaced is one pass of all pixels. */
const ADAM7 = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
];
const ONE_PASS = [[0, 0, 1, 1]];

/** The bytes before the first chunk. */
const SIGNATURE = 8;
/** Bytes that are unpacked at once: no more than 8 MB come of them. */
const PIECE = 1 << 13;

/** What the header says. */
interface Header {
  width: number;
  height: number;
  /** Bits of a sample: 1, 2, 4, 8 or 16. */
  depth: number;
  color: number;
  /** Samples of a pixel, 1 to 4. */
  samples: number;
  interlaced: boolean;
}

/**
 * What a PNG file's header says of its pixels.
 *
 * @throws {Error} If it is missing, damaged, or against the specification.
 */
export function readPngHeader(bytes: Uint8Array): Header {
  const [{ type, data }] = chunks(bytes);
  if (type !== "IHDR" || data.length !== 13) {
    throw new Error("it is damaged: its header is missing");
  }
  const view = new DataView(data.buffer, data.byteOffset);
  const [depth, color, compression, filter, interlace] = data.subarray(8);
  const known = COLOR_TYPES[color];
  if (!known?.depths.includes(depth) || compression + filter > 0 || interlace > 1) {
    throw new Error("it is damaged: its header has values that do not exist");
  }
  const [width, height] = [view.getUint32(0), view.getUint32(4)];
  return { width, height, depth, color, samples: known.samples, interlaced: interlace === 1 };
}

/** Bytes that decoding takes for a pixel: as they are packed, and in the picture. */
export function pngCost(bytes: Uint8Array): number {
  const { samples, depth } = readPngHeader(bytes);
  return samples * depth / 8 + 4;
}

/**
 * Decodes a PNG file. Of samples of 16 bits the upper 8 are kept; gamma and color profiles are not applied; of an
 * animation it is the first frame.
 *
 * @throws {Error} If it is damaged, cut short, or against the specification.
 */
export function decodePng(bytes: Uint8Array): Picture {
  const header = readPngHeader(bytes), { width, height, depth, samples } = header;
  let palette: Uint8Array | undefined, transparent: Uint8Array | undefined;
  const packed: Uint8Array[] = [];
  for (const { type, data } of chunks(bytes)) {
    if (type === "PLTE") palette = data;
    else if (type === "tRNS") transparent = data;
    else if (type === "IDAT") packed.push(data);
  }
  if (header.color === PALETTE && !palette) throw new Error("it is damaged: it has no palette");
  const passes = (header.interlaced ? ADAM7 : ONE_PASS).map(([x, y, stepX, stepY]) => {
    const columns = Math.ceil((width - x) / stepX), rows = Math.ceil((height - y) / stepY);
    return { x, y, stepX, stepY, columns, rows, stride: Math.ceil(columns * samples * depth / 8) };
  }).filter(({ columns, rows }) => columns > 0 && rows > 0);
  const length = passes.reduce((sum, { rows, stride }) => sum + rows * (1 + stride), 0);
  const filtered = inflate(packed, length);
  const rgba = new Uint8Array(width * height * 4);
  let from = 0;
  for (const { x, y, stepX, stepY, columns, rows, stride } of passes) {
    let above: Uint8Array = new Uint8Array(stride);
    for (let row = 0; row < rows; row++, from += 1 + stride) {
      const line = filtered.subarray(from + 1, from + 1 + stride);
      unfilter(filtered[from], line, above, Math.max(1, samples * depth / 8));
      for (let column = 0; column < columns; column++) {
        const to = 4 * ((y + row * stepY) * width + x + column * stepX);
        paint(rgba, to, line, column * samples, header, palette, transparent);
      }
      above = line;
    }
  }
  return { width, height, rgba };
}

/** Sample `i` of a row; those of fewer than 8 bits start at the upper end of their byte. */
function sampleOf(line: Uint8Array, i: number, depth: number): number {
  if (depth === 8) return line[i];
  if (depth === 16) return line[2 * i] << 8 | line[2 * i + 1];
  return line[i * depth >> 3] >> 8 - depth - (i * depth & 7) & 2 ** depth - 1;
}

/** One pixel, whose samples begin at `at`, as red, green, blue and alpha. */
function paint(
  rgba: Uint8Array,
  to: number,
  line: Uint8Array,
  at: number,
  { samples, color, depth }: Header,
  palette?: Uint8Array,
  transparent?: Uint8Array,
): void {
  if (color === PALETTE) {
    const index = sampleOf(line, at, depth);
    if (3 * index + 2 >= palette!.length) {
      throw new Error(`it is damaged: color ${index} is not in its palette`);
    }
    for (let c = 0; c < 3; c++) rgba[to + c] = palette![3 * index + c];
    rgba[to + 3] = transparent?.[index] ?? 255;
    return;
  }
  // Samples of 1, 2 and 4 bits, which grey alone has, are spread over 0 to 255; of 16 bits the upper 8 are kept.
  const spread = depth < 8 ? 255 / (2 ** depth - 1) : 1;
  const byte = (i: number) =>
    depth === 16 ? line[2 * (at + i)] : spread * sampleOf(line, at + i, depth);
  const isGrey = samples < 3;
  for (let c = 0; c < 3; c++) rgba[to + c] = byte(isGrey ? 0 : c);
  rgba[to + 3] = samples % 2 === 0 ? byte(samples - 1) : 255;
  if (!transparent || samples % 2 === 0) return;
  // A pixel without alpha is transparent where it has this one color (11.3.1.1).
  for (let c = 0; c < samples; c++) {
    if (sampleOf(line, at + c, depth) !== sampleOf(transparent, c, 16)) return;
  }
  rgba[to + 3] = 0;
}

/**
 * Undoes a row's filter in place (https://www.w3.org/TR/png-3/#9Filters).
 *
 * @param back How many bytes before a byte the one of the pixel before it is.
 */
function unfilter(filter: number, line: Uint8Array, above: Uint8Array, back: number): void {
  const { length } = line;
  switch (filter) {
    case 0:
      return;
    case 1:
      for (let i = back; i < length; i++) line[i] += line[i - back];
      return;
    case 2:
      for (let i = 0; i < length; i++) line[i] += above[i];
      return;
    case 3:
      for (let i = 0; i < length; i++) {
        line[i] += (i < back ? 0 : line[i - back]) + above[i] >> 1;
      }
      return;
    case 4:
      for (let i = 0; i < length; i++) {
        line[i] += i < back ? above[i] : paeth(line[i - back], above[i], above[i - back]);
      }
      return;
    default:
      throw new Error(`it is damaged: there is no filter ${filter}`);
  }
}

/** The neighbour that is nearest to left + above - aboveLeft (9.4). */
function paeth(left: number, above: number, aboveLeft: number): number {
  const toLeft = Math.abs(above - aboveLeft), toAbove = Math.abs(left - aboveLeft);
  const toAboveLeft = Math.abs(left + above - 2 * aboveLeft);
  if (toLeft <= toAbove && toLeft <= toAboveLeft) return left;
  return toAbove <= toAboveLeft ? above : aboveLeft;
}

/** Unpacks the pixels, of which there are exactly so many bytes; what comes beyond them is not unpacked. */
function inflate(packed: readonly Uint8Array[], length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let done = 0;
  const unzlib = new Unzlib((piece) => {
    done += piece.length;
    if (done <= length) bytes.set(piece, done - piece.length);
  });
  try {
    for (const data of packed) {
      for (let at = 0; at < data.length && done <= length; at += PIECE) {
        unzlib.push(data.subarray(at, at + PIECE));
      }
    }
    if (done <= length) unzlib.push(new Uint8Array(0), true);
  } catch (cause) {
    throw new Error("it is damaged: its pixels cannot be unpacked", { cause });
  }
  if (done === length) return bytes;
  const found = done > length ? "more" : `${done}`;
  throw new Error(`it is damaged: its pixels are ${found} bytes, not ${length}`);
}

/** The chunks of a file, the last one the end mark. */
function* chunks(bytes: Uint8Array): Generator<{ type: string; data: Uint8Array }> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let at = SIGNATURE; at + 12 <= bytes.length;) {
    const length = view.getUint32(at), end = at + 12 + length;
    if (end > bytes.length) break;
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (crc32(bytes.subarray(at + 4, end - 4)) !== view.getUint32(end - 4)) {
      throw new Error(`it is damaged: the checksum of its ${JSON.stringify(type)} is wrong`);
    }
    yield { type, data: bytes.subarray(at + 8, end - 4) };
    if (type === "IEND") return;
    at = end;
  }
  throw new Error("it is cut short");
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? 0xedb88320 ^ crc >>> 1 : crc >>> 1;
  return crc;
});

/** The checksum of a chunk (annex D). */
function crc32(bytes: Uint8Array): number {
  let crc = ~0;
  for (const byte of bytes) crc = CRC_TABLE[(crc ^ byte) & 255] ^ crc >>> 8;
  return ~crc >>> 0;
}
