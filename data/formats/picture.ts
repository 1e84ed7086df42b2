/**
 * Pictures in files: PNG or JPEG, told by their first bytes.
 *
 * @module
 */
import type { Picture } from "./pixels.ts";
import { decodeJpeg, jpegCost, readJpegHeader } from "./jpeg.ts";
import { orientationOf, upright } from "./orientation.ts";
import { decodePng, pngCost, readPngHeader } from "./png.ts";
import { RunError } from "../../src/base/errors.ts";

/** The most pixels that a picture may have: a small file may claim, and unpack to, more than memory holds. */
const MOST_PIXELS = 64e6;
/** The bytes of a file, at the most. */
export const MOST_FILE_BYTES = 128e6;
/**
 * Bytes that decoding may take, whatever the file, and beyond that for each byte of the file: a photograph has some for every
 * pixel, but a few hundred bytes can claim to be one, or unpack to one of a single color.
 */
const ALWAYS_ALLOWED = 160e6, MOST_GROWTH = 256;

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a], JPEG = [0xff, 0xd8, 0xff];

/** Whether a file that begins with these bytes says that it is PNG or JPEG. */
export function isPicture(bytes: Uint8Array): boolean {
  return starts(bytes, PNG) || starts(bytes, JPEG);
}

/**
 * Decodes a PNG or JPEG file. Its size is read from its header first, and an absurd one refused before anything is
 * unpacked. It stands upright: the orientation that a camera notes is applied, as viewers do, and torchvision's `ImageFolder`
 * does not.
 *
 * @param file Its name, for the messages.
 * @throws {RunError} If the file is neither, damaged, cut short, of a kind that is not supported, without pixels,
 * larger than {@linkcode MOST_PIXELS}, or much larger than its file could be.
 */
export function decodePicture(bytes: Uint8Array, file: string): Picture {
  const png = starts(bytes, PNG);
  if (!isPicture(bytes)) {
    const state = bytes.length === 0 ? "it is empty" : "it is neither PNG nor JPEG inside";
    throw new RunError(`Cannot read ${file}: ${state}`);
  }
  try {
    const jpeg = png ? undefined : readJpegHeader(bytes);
    const { width, height } = jpeg ?? readPngHeader(bytes);
    if (width * height === 0) throw new Error(`it has no pixels, ${width}x${height}`);
    if (width * height > MOST_PIXELS) {
      throw new Error(
        `it claims ${width}x${height} pixels, more than ${MOST_PIXELS / 1e6} million`,
      );
    }
    const cost = width * height * (jpeg ? jpegCost(jpeg) : pngCost(bytes));
    if (cost > ALWAYS_ALLOWED && cost > MOST_GROWTH * bytes.length) {
      throw new Error(
        `it claims ${width}x${height} pixels in ${bytes.length} bytes; make it smaller`,
      );
    }
    const picture = png ? decodePng(bytes) : decodeJpeg(bytes);
    return upright(picture, orientationOf(bytes, png ? "png" : "jpeg"));
  } catch (error) {
    const kind = png ? "PNG" : "JPEG";
    throw new RunError(`Cannot read ${file} as ${kind}: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

function starts(bytes: Uint8Array, signature: number[]): boolean {
  return signature.every((byte, i) => bytes[i] === byte);
}
