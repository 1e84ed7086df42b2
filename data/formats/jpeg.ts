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
  /** A byte for each color component: its identifier. */
  components: number[];
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
    const components = Array.from({ length: count }, (_, i) => data[6 + 3 * i]);
    return { height: a << 8 | b, width: c << 8 | d, components };
  }
  throw new Error("it is cut short: there is no frame header");
}

/** The segments of a file, to its end mark: what follows that is no part of the picture. */
function* segmentsOf(bytes: Uint8Array): Generator<{ marker: number; data: Uint8Array }> {
  for (let at = 2; at + 4 <= bytes.length;) {
    const marker = bytes[at + 1];
    if (bytes[at] !== 0xff) throw new Error("it is damaged: a marker is missing");
    if (marker === END) return;
    if (marker === 0xff) at++; // a fill byte
    else {
      const end = at + 2 + (bytes[at + 2] << 8 | bytes[at + 3]);
      yield { marker, data: bytes.subarray(at + 4, end) };
      at = marker === SCAN ? afterScan(bytes, at + 2) : end;
    }
  }
}

/** Where the marker after a scan is; in encoded pixels 0 follows ff, or the number of a restart. */
function afterScan(bytes: Uint8Array, from: number): number {
  const isPixels = (next: number) => next === 0 || next === 0xff || next >= 0xd0 && next <= 0xd7;
  let at = bytes.indexOf(0xff, from);
  while (at >= 0 && isPixels(bytes[at + 1])) at = bytes.indexOf(0xff, at + 1);
  return at < 0 ? bytes.length : at;
}

/** What jpeg-js does not look at, or cannot do. */
function surveyed(bytes: Uint8Array, { components }: JpegHeader) {
  let scans = 0, interval = 0, restarts = false, jfif = false, adobe: number | undefined;
  for (const { marker, data } of segmentsOf(bytes)) {
    const begins = (word: string) => [...word].every((it, i) => it.charCodeAt(0) === data[i]);
    if (marker === RESTART_INTERVAL) interval = data[0] << 8 | data[1];
    if (marker === JFIF && begins("JFIF\0")) jfif = true;
    if (marker === ADOBE && begins("Adobe")) adobe = data[11];
    if (marker !== SCAN) continue;
    scans++;
    restarts ||= interval > 0 && data[0] === 1;
  }
  // What libjpeg takes three components for, where nothing says that they are Y, Cb and Cr.
  const named = String.fromCharCode(...components) === "RGB";
  const isRgb = components.length === 3 && !jfif && (adobe === undefined ? named : adobe === 0);
  return { scans, restarts, isRgb };
}

/**
 * Decodes a JPEG file, baseline or progressive.
 *
 * @throws {Error} If it is damaged, cut short, or of a kind that is not supported.
 */
export function decodeJpeg(bytes: Uint8Array): Picture {
  const header = readJpegHeader(bytes), { scans, restarts, isRgb } = surveyed(bytes, header);
  if (scans > MOST_SCANS) throw new Error(`it has more than ${MOST_SCANS} scans`);
  const pixelBytes = jpegCost(header) * header.width * header.height;
  try {
    const { width: columns, height: rows, data } = decode(bytes, {
      useTArray: true,
      tolerantDecoding: false, // a tolerant decoder fills what is missing of a file with grey
      maxMemoryUsageInMB: Math.ceil((pixelBytes + OTHER_BYTES) / 1e6),
      ...isRgb && { colorTransform: false },
    });
    return { width: columns, height: rows, rgba: data };
  } catch (error) {
    // In a scan of one component jpeg-js wants the interval of restarts to divide the number of blocks.
    if (restarts) {
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
