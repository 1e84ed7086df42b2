/**
 * What the header of a CSV file of images says: whether there are labels, and the shape of an image.
 *
 * @module
 */
import { RunError } from "../src/errors.ts";

/** The shape of an image, as far as it is known. */
export interface PixelShape {
  /** Rows of an image, in pixels; given together with the width. */
  height?: number;
  /** Columns of an image, in pixels. */
  width?: number;
  /** Values of a pixel: 1 for grey, 3 for red, green, blue, which stand side by side. */
  channels?: number;
}

/** How the columns are used. */
export interface CsvLayout extends Required<PixelShape> {
  /** Whether the first column is a label. */
  labelled: boolean;
  /** The number of columns, the label among them. */
  columns: number;
}

/**
 * Finds out how the columns of a file are used.
 *
 * A first column `label` is one, and a first name that starts with `pixel` says that there is none; else it is
 * the number of columns that tells. Images are square where no size is given, and grey where no number of
 * channels is given and the columns do not want it otherwise (3072 columns: 32x32x3).
 *
 * @example Kaggle's digits
 * ```ts
 * import { readCsvHeader } from "./csv_layout.ts";
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 *
 * const header = ["label", ...Array.from({ length: 784 }, (_, i) => `pixel${i}`)].join(",");
 *
 * assertEquals(readCsvHeader(header, "train.csv"), {
 *   labelled: true, columns: 785, height: 28, width: 28, channels: 1,
 * });
 * ```
 *
 * @param header The first line.
 * @param file The file's name, for the messages.
 * @throws {RunError} If the line is empty, holds numbers, has the label in another place, or its columns do not make an
 * image of the given shape, or a square one.
 */
export function readCsvHeader(header: string, file: string, given: PixelShape = {}): CsvLayout {
  const names = header.replace(/^\uFEFF/, "").split(",").map(plain);
  const columns = names.length, refuse = refusal(file);
  if (header.trim() === "") throw refuse("read", "line 1 is empty: put a header there");
  if (names.every((name) => name !== "" && Number.isFinite(Number(name)))) {
    throw refuse("read", "line 1 holds numbers: put a header there, label,pixel0,pixel1 and so on");
  }
  const late = names.indexOf("label", 1);
  if (late > 0) {
    throw refuse("read", `its column ${late + 1} is called label: put the labels into the first`);
  }
  const known = names[0] === "label" ? true : names[0].startsWith("pixel") ? false : undefined;
  const candidates = known === undefined ? [false, true] : [known];
  for (const channels of given.channels === undefined ? [1, 3] : [given.channels]) {
    for (const labelled of candidates) {
      const pixels = (columns - (labelled ? 1 : 0)) / channels;
      const side = Math.sqrt(pixels);
      const { height = side, width = side } = given;
      const fits = Number.isInteger(height) && Number.isInteger(width) && height * width === pixels;
      if (fits && pixels > 0) return { labelled, columns, height, width, channels };
    }
  }
  const pixels = columns - (known ? 1 : 0);
  const state = known === undefined
    ? `it has ${count(columns, "column")}, which with or without a label`
    : `its ${count(pixels, "pixel column")}`;
  const { height, width, channels } = given;
  throw height === undefined
    ? refuse(
      "use",
      `${state} are not those of a square image` +
        `${
          channels === undefined ? "" : ` of ${count(channels, "channel")}`
        }: give a height and a width (--image-size)`,
    )
    : refuse(
      "use",
      `${state} are not those of images of ${height}x${width} pixels` +
        `${channels === undefined ? "" : ` and ${count(channels, "channel")}`}`,
    );
}

/** A name without quotes, spaces and capitals. */
function plain(name: string): string {
  return name.trim().replace(/^"(.*)"$/, "$1").trim().toLowerCase();
}

function count(n: number, what: string): string {
  return `${n} ${what}${n === 1 ? "" : "s"}`;
}

function refusal(file: string) {
  return (act: "read" | "use", state: string) => new RunError(`Cannot ${act} ${file}: ${state}`);
}
