/**
 * A folder with one folder of pictures a class.
 *
 * @module
 */
import type { LabelledImages } from "../sets/csv_file.ts";
import type { PixelShape } from "../formats/csv_header.ts";
import { readFile } from "../../src/base/files.ts";
import { listFolder } from "./folder_files.ts";
import { emptyLabels } from "../../src/dataset/labels.ts";
import { decodePicture, MOST_FILE_BYTES } from "../formats/picture.ts";
import { brightness, resizePicture } from "../formats/resize.ts";
import { RunError } from "../../src/base/errors.ts";

/** The bytes that all images may take together. */
const MOST_BYTES = 2 ** 31;

/** The images of a folder, and what was left out of it. */
export interface FolderImages extends LabelledImages {
  /** What lies in the folder and was not read, in a sentence. */
  note?: string;
}

/**
 * Reads PNG and JPEG files from a folder that holds one folder a class, see `listFolder()`; their folders' names are
 * the classes' names. The files are in the order of their classes, then of their names.
 *
 * @param shape The size that pictures are given, see `resizePicture()`: else all must have one and the same. And the
 * channels: 3, or 1, which is the brightness 0.299 r + 0.587 g + 0.114 b (ITU-R BT.601); else 1 where all pictures
 * are grey, and 3 where one is not.
 * @throws {RunError} If the folder is refused by `listFolder()`, a file by `decodePicture()`, sizes differ where none
 * was given, or the images would take more than 2 GiB.
 */
export async function loadFolder(directory: string, shape: PixelShape = {}): Promise<FolderImages> {
  const { classes, note } = await listFolder(directory);
  const count = classes.reduce((sum, { files }) => sum + files.length, 0);
  const labels = emptyLabels(count, classes.length);
  let images = new Uint8Array(0), { height = 0, width = 0 } = shape, isColored = false, done = 0;
  for (const [label, { files }] of classes.entries()) {
    for (const file of files) {
      const picture = decodePicture(await readFile(file, MOST_FILE_BYTES), file);
      if (done === 0) {
        ({ height = picture.height, width = picture.width } = shape);
        checkRoom(directory, count, height, width);
        images = new Uint8Array(count * height * width * 3);
      }
      const isSize = picture.height === height && picture.width === width;
      if (shape.height === undefined && !isSize) {
        throw new RunError(
          `Cannot use pictures of different sizes: ${
            classes[0].files[0]
          } is ${height}x${width} pixels, ` +
            `${file} ${picture.height}x${picture.width}; give a height and a width (--image-size)`,
        );
      }
      const pixels = resizePicture(picture, height, width);
      isColored ||= !isGrey(pixels);
      labels[done] = label;
      images.set(pixels, done++ * pixels.length);
    }
  }
  const { channels = isColored ? 3 : 1 } = shape;
  if (channels === 1) images = brightness(images);
  const classNames = classes.map(({ name }) => name);
  return { count, height, width, channels, images, labels, classNames, ...note && { note } };
}

function checkRoom(directory: string, count: number, height: number, width: number): void {
  const bytes = count * height * width * 3, gib = (bytes: number) => bytes / 2 ** 30;
  if (bytes <= MOST_BYTES) return;
  throw new RunError(
    `Cannot use ${directory}: ${count} images of ${height}x${width} pixels take ` +
      `${gib(bytes).toFixed(1)} GiB, more than ${gib(MOST_BYTES)}; give a smaller height and width`,
  );
}

/** Whether red, green and blue are the same everywhere. */
function isGrey(pixels: Uint8Array): boolean {
  for (let at = 0; at < pixels.length; at += 3) {
    if (pixels[at] !== pixels[at + 1] || pixels[at] !== pixels[at + 2]) return false;
  }
  return true;
}
