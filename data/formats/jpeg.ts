/**
 * JPEG files, by jpeg-js.
 *
 * @module
 */
import { decode } from "npm:jpeg-js@0.4.4";
import type { Picture } from "./pixels.ts";

/** Bytes that jpeg-js needs for a pixel, about. */
export const JPEG_COST = 24;
/** Bytes that it needs for the rest. The bound stays, as a second frame may claim more than the first. */
const OTHER_BYTES = 16e6;
/** Each scan of a progressive file goes over all of it; encoders make ten. */
const MOST_SCANS = 100;

/**
 * The size of a JPEG file, from its frame header (ITU-T T.81, B.2.2).
 *
 * @throws {Error} If there is none, or its samples are not of 8 bits.
 */
export function readJpegHeader(bytes: Uint8Array): { width: number; height: number } {
  const word = (at: number) => bytes[at] << 8 | bytes[at + 1];
  for (let at = 2; at + 9 <= bytes.length;) {
    const marker = bytes[at + 1];
    if (bytes[at] !== 0xff) throw new Error("it is damaged: a marker is missing");
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame && bytes[at + 4] !== 8) {
      throw new Error(`its samples are of ${bytes[at + 4]} bits; those of 8 are supported`);
    }
    if (isFrame) return { height: word(at + 5), width: word(at + 7) };
    if (marker === 0xff) at++; // a fill byte
    else at += 2 + word(at + 2);
  }
  throw new Error("it is cut short: there is no frame header");
}

/** The number of scans. The marker of one does not occur in encoded pixels. */
function scansOf(bytes: Uint8Array): number {
  let scans = 0;
  for (let at = bytes.indexOf(0xff); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    if (bytes[at + 1] === 0xda) scans++;
  }
  return scans;
}

/**
 * Decodes a JPEG file, baseline or progressive.
 *
 * @throws {Error} If it is damaged, cut short, or of a kind that is not supported.
 */
export function decodeJpeg(bytes: Uint8Array): Picture {
  const { width, height } = readJpegHeader(bytes);
  if (scansOf(bytes) > MOST_SCANS) throw new Error(`it has more than ${MOST_SCANS} scans`);
  try {
    const { width: columns, height: rows, data } = decode(bytes, {
      useTArray: true,
      tolerantDecoding: false, // a tolerant decoder fills what is missing of a file with grey
      maxMemoryUsageInMB: Math.ceil((JPEG_COST * width * height + OTHER_BYTES) / 1e6),
    });
    return { width: columns, height: rows, rgba: data };
  } catch (error) {
    // jpeg-js says what it knows by plain errors; those of the engine are its surprise at the file.
    const { name, message } = error as Error;
    const why = name === "Error" ? ` (${message})` : "";
    throw new Error(`it is damaged, cut short or not supported${why}`, { cause: error });
  }
}
