/**
 * Images that have no labels, from wherever somebody has them.
 *
 * @module
 */
import type { UnlabelledImages } from "../formats/csv.ts";
import type { PixelShape } from "../formats/csv_header.ts";
import { decodePicture, isPicture, MOST_FILE_BYTES } from "../formats/picture.ts";
import { brightness, resizePicture } from "../formats/resize.ts";
import { RunError } from "../../src/base/errors.ts";
import { onDisk, readFile } from "../../src/base/files.ts";
import { readCsv } from "../sets/csv_file.ts";
import { picturesIn } from "./folder_files.ts";
import { type FileInfo, system } from "../../src/base/system.ts";

/**
 * Reads images to classify: PNG and JPEG files, folders of such and of folders of such, or one CSV file. Pictures are given
 * the wanted size and channels in the way of `loadFolder()`, and their paths are their ids. A CSV file must have that size;
 * its labels, if it has some, are left out.
 *
 * @throws {RunError} If something is missing, broken, or of another size; a folder holds no picture; or a CSV file stands
 * among others.
 */
export async function readUnlabelled(
  paths: readonly string[],
  shape: Required<PixelShape>,
): Promise<UnlabelledImages> {
  const files: string[] = [];
  for (const path of paths) {
    const info = await lookAt(path);
    if (info.isDirectory) {
      for (const file of await picturesIn(path)) files.push(file);
    } else if (info.isFile && await isPictureFile(path)) files.push(path);
    else if (!await mayBeCsv(path, info)) {
      throw new RunError(`Cannot use ${path}: it is neither a PNG or JPEG picture nor a CSV file`);
    } else if (paths.length === 1) return await readCsv(path, shape);
    else throw new RunError(`Cannot use ${path} among others: a CSV file is classified by itself`);
  }
  const { height, width, channels } = shape, size = height * width * channels;
  const images = new Uint8Array(files.length * size);
  for (const [i, file] of files.entries()) {
    const picture = decodePicture(await readFile(file, MOST_FILE_BYTES), file);
    const pixels = resizePicture(picture, height, width);
    images.set(channels === 1 ? brightness(pixels) : pixels, i * size);
  }
  return { ...shape, count: files.length, images, ids: { name: "image", values: files } };
}

async function lookAt(path: string): Promise<FileInfo> {
  const info = await system.stat(path).catch((error) => {
    if (error instanceof system.errors.NotFound) return undefined;
    return onDisk(`look at ${path}`, Promise.reject<never>(error));
  });
  if (info) return info;
  throw new RunError(`Cannot read ${path}: it is not there`);
}

/** By its name, or by its first bytes: a CSV file may have any name. */
async function isPictureFile(path: string): Promise<boolean> {
  return /\.(png|jpe?g)$/i.test(path) || isPicture(await firstBytes(path));
}

/** A file of another name without a comma in its first line, or with NUL bytes, is no such table, whatever it is. */
async function mayBeCsv(path: string, { isFile }: FileInfo): Promise<boolean> {
  if (/\.csv(\.gz)?$/i.test(path) || !isFile) return true;
  const text = new TextDecoder().decode(await firstBytes(path));
  return text.split("\n")[0].includes(",") && !text.includes("\0");
}

async function firstBytes(path: string): Promise<Uint8Array> {
  using file = await onDisk(`read ${path}`, system.open(path));
  const first = new Uint8Array(1024);
  return first.subarray(0, await onDisk(`read ${path}`, file.read(first)) ?? 0);
}
