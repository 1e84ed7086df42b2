/**
 * JPEG files, by jpeg-js.
 *
 * @module
 */
import { decode } from "npm:jpeg-js@0.4.4";
import type { Picture } from "./pixels.ts";

/** Bytes that it needs beside those of the pixels. The bound stays, as a second frame may claim more than the first. */
const OTHER_BYTES = 16e6;
/** Each scan of a progressive file goes over all of it; encoders make ten. */
const MOST_SCANS = 100;
const SCAN = 0xda, END = 0xd9, RESTART_INTERVAL = 0xdd, JFIF = 0xe0, ADOBE = 0xee;

/** What the frame header of a JPEG file says (ITU-T T.81, B.2.2). */
export interface JpegHeader {
  width: number;
  height: number;
  /** Each color component: its identifier, and its samples across and down in a unit of the picture. */
  components: { id: number; across: number; down: number }[];
}

/** Bytes that jpeg-js needs for a pixel, about. */
export function jpegCost({ components }: JpegHeader): number {
  return components.length > 3 ? 32 : 24;
}

/**
 * The size of a JPEG file and its components.
 *
 * @throws {Error} If there is no frame header, or its samples are not of 8 bits.
 */
export function readJpegHeader(bytes: Uint8Array): JpegHeader {
  for (const { marker, data } of segmentsOf(bytes)) {
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (!isFrame || data.length < 6) continue;
    if (data[0] !== 8) {
      throw new Error(`its samples are of ${data[0]} bits; those of 8 are supported`);
    }
    const [, a, b, c, d, count] = data;
    const components = Array.from({ length: count }, (_, i) => {
      const [id, sampling] = data.subarray(6 + 3 * i);
      return { id, across: sampling >> 4, down: sampling & 15 };
    });
    return { height: a << 8 | b, width: c << 8 | d, components };
  }
  throw new Error("it is cut short: there is no frame header");
}

/** A segment of a file. */
interface Segment {
  marker: number;
  data: Uint8Array;
  /** How many restarts there are in the pixels of a scan; NaN where one is missing between two. */
  restarts: number;
}

/** The segments of a file, to its end mark: what follows that is no part of the picture. */
function* segmentsOf(bytes: Uint8Array): Generator<Segment> {
  for (let at = 2; at + 4 <= bytes.length;) {
    const marker = bytes[at + 1];
    if (bytes[at] !== 0xff) throw new Error("it is damaged: a marker is missing");
    if (marker === END) return;
    if (marker === 0xff) at++; // a fill byte
    else {
      const end = at + 2 + (bytes[at + 2] << 8 | bytes[at + 3]);
      const data = bytes.subarray(at + 4, end);
      // From the marker on, because jpeg-js does not go by a scan's length.
      const pixels = marker === SCAN ? pixelsFrom(bytes, at + 2) : { end, restarts: 0 };
      yield { marker, data, restarts: pixels.restarts };
      at = pixels.end;
    }
  }
}

/** Where the marker after encoded pixels is, and their restarts; in pixels 0 follows ff, or the number of a restart. */
function pixelsFrom(bytes: Uint8Array, from: number) {
  let restarts = 0;
  for (let at = bytes.indexOf(0xff, from); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1], isRestart = next >= 0xd0 && next <= 0xd7;
    if (isRestart) restarts = next - 0xd0 === restarts % 8 ? restarts + 1 : NaN;
    else if (next !== 0 && next !== 0xff) return { end: at, restarts };
  }
  return { end: bytes.length, restarts };
}

/** What jpeg-js does not look at. */
function surveyed(bytes: Uint8Array, header: JpegHeader) {
  const { components } = header, missing = new Set(components.map(({ id }) => id));
  let scans = 0, interval = 0, uneven = false, jfif = false, adobe: number | undefined;
  for (const { marker, data, restarts } of segmentsOf(bytes)) {
    const begins = (word: string) => [...word].every((it, i) => it.charCodeAt(0) === data[i]);
    if (marker === RESTART_INTERVAL) interval = data[0] << 8 | data[1];
    if (marker === JFIF && begins("JFIF\0")) jfif = true;
    if (marker === ADOBE && begins("Adobe")) adobe = data[11];
    if (marker !== SCAN) continue;
    scans++;
    const ids = Array.from({ length: data[0] }, (_, i) => data[1 + 2 * i]);
    for (const id of ids) missing.delete(id);
    if (interval === 0) continue;
    const units = unitsOf(ids, header);
    // jpeg-js goes on with what it finds, so that the picture would be shifted, or grey at its end.
    if (!(restarts >= Math.ceil(units / interval) - 1)) {
      throw new Error("it is damaged: a part between two restart markers is missing");
    }
    uneven ||= ids.length === 1 && units % interval > 0;
  }
  if (missing.size > 0) throw new Error("it is damaged or cut short: it has no pixels of a color");
  // What libjpeg takes three components for, where nothing says that they are Y, Cb and Cr.
  const named = String.fromCharCode(...components.map(({ id }) => id)) === "RGB";
  const isRgb = components.length === 3 && !jfif && (adobe === undefined ? named : adobe === 0);
  return { scans, uneven, isRgb };
}

/** The units of a scan, which restarts count: blocks of 8x8 samples, of several components as many as lie on each other (A.2). */
function unitsOf(ids: readonly number[], { width, height, components }: JpegHeader): number {
  const most = (side: "across" | "down") => Math.max(...components.map((it) => it[side]));
  const one = ids.length === 1 ? components.find(({ id }) => id === ids[0]) : undefined;
  const along = (pixels: number, side: "across" | "down") =>
    Math.ceil(pixels * (one?.[side] ?? 1) / most(side) / 8);
  return along(width, "across") * along(height, "down");
}

/**
 * Decodes a JPEG file, baseline or progressive.
 *
 * @throws {Error} If it is damaged, cut short, or of a kind that is not supported.
 */
export function decodeJpeg(bytes: Uint8Array): Picture {
  const header = readJpegHeader(bytes), { scans, uneven, isRgb } = surveyed(bytes, header);
  if (scans > MOST_SCANS) throw new Error(`it has more than ${MOST_SCANS} scans`);
  const pixelBytes = jpegCost(header) * header.width * header.height;
  try {
    const { width: columns, height: rows, data } = decode(bytes, {
      useTArray: true,
      // In a scan of one component jpeg-js decodes whole intervals of restarts, beyond the last row; here it leaves that out.
      tolerantDecoding: uneven,
      maxMemoryUsageInMB: Math.ceil((pixelBytes + OTHER_BYTES) / 1e6),
      ...isRgb && { colorTransform: false },
    });
    return { width: columns, height: rows, rgba: data };
  } catch (error) {
    // Where units of the picture end below its last row of blocks, jpeg-js looks for pixels there all the same.
    if (uneven) {
      throw new Error(
        "it is damaged or cut short, or its restart markers are not supported: save it without",
        { cause: error },
      );
    }
    // jpeg-js says what it knows by plain errors; those of the engine are its surprise at the file.
    const { name, message } = error as Error;
    const why = name === "Error" ? ` (${message})` : "";
    throw new Error(`it is damaged, cut short or not supported${why}`, { cause: error });
  }
}
