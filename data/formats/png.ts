/**
 * PNG files (https://www.w3.org/TR/png-3/).
 *
 * Weighed: pureimage's `decodePNGFromStream`, which is here for figures already. On a file with too few pixels or an
 * unknown filter its promise never settles and an error escapes that ends the program; folders of strangers' files
 * need better, and small files are read ten times as fast here.
 *
 * @module
 */
import { crc32, inflateSync } from "node:zlib";
import type { Picture } from "./pixels.ts";
import { type PngFormat, rowBytes, unfilter } from "./png_rows.ts";

/** Samples of a pixel by colour type, and the bits that a sample may have (11.2.1, table 12). */
const COLOUR_TYPES: Readonly<Record<number, { samples: number; depths: readonly number[] }>> = {
  0: { samples: 1, depths: [1, 2, 4, 8, 16] },
  2: { samples: 3, depths: [8, 16] },
  3: { samples: 1, depths: [1, 2, 4, 8] },
  4: { samples: 2, depths: [8, 16] },
  6: { samples: 4, depths: [8, 16] },
};
const GREY = 0, PALETTE = 3;

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

/** What the header says. */
interface Header extends PngFormat {
  width: number;
  height: number;
  colour: number;
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
  const [depth, colour, compression, filter, interlace] = data.subarray(8);
  const known = COLOUR_TYPES[colour];
  if (!known?.depths.includes(depth) || compression + filter > 0 || interlace > 1) {
    throw new Error("it is damaged: its header has values that do not exist");
  }
  return {
    width: view.getUint32(0),
    height: view.getUint32(4),
    depth,
    colour,
    samples: known.samples,
    interlaced: interlace === 1,
  };
}

/** Bytes that decoding takes for a pixel: as they are packed, as samples, and in the picture. */
export function pngCost(bytes: Uint8Array): number {
  const { samples, depth } = readPngHeader(bytes);
  return samples * (depth / 8 + (depth > 8 ? 2 : 1)) + 4;
}

/**
 * Decodes a PNG file. Of samples of 16 bits the upper 8 are kept; gamma and colour profiles are not applied; of an
 * animation it is the first frame.
 *
 * @throws {Error} If it is damaged, cut short, or against the specification.
 */
export function decodePng(bytes: Uint8Array): Picture {
  const header = readPngHeader(bytes), { width, height } = header;
  let palette: Uint8Array | undefined, transparent: Uint8Array | undefined;
  const packed: Uint8Array[] = [];
  for (const { type, data } of chunks(bytes)) {
    if (type === "PLTE") palette = data;
    else if (type === "tRNS") transparent = data;
    else if (type === "IDAT") packed.push(data);
  }
  if (header.colour === PALETTE && !palette) throw new Error("it is damaged: it has no palette");
  const passes = (header.interlaced ? ADAM7 : ONE_PASS).map(([x, y, stepX, stepY]) => ({
    ...{ x, y, stepX, stepY },
    columns: Math.ceil((width - x) / stepX),
    rows: Math.ceil((height - y) / stepY),
  })).filter(({ columns, rows }) => columns > 0 && rows > 0);
  const length = passes.reduce((sum, it) => sum + it.rows * (1 + rowBytes(it.columns, header)), 0);
  const filtered = inflate(packed, length);
  const rgba = new Uint8Array(width * height * 4);
  let from = 0;
  for (const { x, y, stepX, stepY, columns, rows } of passes) {
    const stride = rowBytes(columns, header);
    const end = from + rows * (1 + stride);
    const samples = unfilter(filtered.subarray(from, end), columns, rows, header);
    from = end;
    for (let row = 0, at = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++, at += header.samples) {
        const to = 4 * ((y + row * stepY) * width + x + column * stepX);
        paint(rgba, to, samples, at, header, palette, transparent);
      }
    }
  }
  return { width, height, rgba };
}

/** One pixel as red, green, blue and alpha. */
function paint(
  rgba: Uint8Array,
  to: number,
  samples: Uint8Array | Uint16Array,
  at: number,
  { samples: count, colour, depth }: Header,
  palette?: Uint8Array,
  transparent?: Uint8Array,
): void {
  if (colour === PALETTE) {
    const index = samples[at];
    if (3 * index + 2 >= palette!.length) {
      throw new Error(`it is damaged: colour ${index} is not in its palette`);
    }
    for (let c = 0; c < 3; c++) rgba[to + c] = palette![3 * index + c];
    rgba[to + 3] = transparent?.[index] ?? 255;
    return;
  }
  const byte = (i: number) => depth === 16 ? samples[at + i] >> 8 : samples[at + i];
  // Samples of 1, 2 and 4 bits, which grey alone has, are spread over 0 to 255.
  const spread = depth < 8 ? 255 / (2 ** depth - 1) : 1;
  const grey = count < 3;
  for (let c = 0; c < 3; c++) rgba[to + c] = spread * byte(grey ? 0 : c);
  if (count === 2 || count === 4) rgba[to + 3] = byte(count - 1);
  else rgba[to + 3] = isTransparent(samples, at, count, colour, transparent) ? 0 : 255;
}

/** Whether a pixel without alpha has the one colour that is transparent, where there is one (11.3.1.1). */
function isTransparent(
  samples: Uint8Array | Uint16Array,
  at: number,
  count: number,
  colour: number,
  transparent?: Uint8Array,
): boolean {
  if (!transparent) return false;
  for (let c = 0; c < (colour === GREY ? 1 : count); c++) {
    const sample = transparent[2 * c] << 8 | transparent[2 * c + 1];
    if (samples[at + c] !== sample) return false;
  }
  return true;
}

/** Unpacks the pixels, of which there are exactly so many bytes. */
function inflate(packed: Uint8Array[], length: number): Uint8Array {
  const joined = new Uint8Array(packed.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of packed) {
    joined.set(part, at);
    at += part.length;
  }
  let bytes: Uint8Array;
  try {
    bytes = inflateSync(joined, { maxOutputLength: length + 1 });
  } catch (cause) {
    throw new Error("it is damaged: its pixels cannot be unpacked", { cause });
  }
  if (bytes.length !== length) {
    throw new Error(`it is damaged: its pixels are ${bytes.length} bytes, not ${length}`);
  }
  return bytes;
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
