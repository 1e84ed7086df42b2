/**
 * What the header of a CSV file of images says: which columns are labels and numbers of lines, and the shape of an image.
 *
 * @module
 */
import { rolesOf } from "./csv_names.ts";
import { RunError } from "../../src/base/errors.ts";

/** The shape of an image, as far as it is known. */
export interface PixelShape {
  /** Rows of an image, in pixels; given together with the width. */
  height?: number;
  /** Columns of an image, in pixels. */
  width?: number;
  /** Values of a pixel: 1 for grey, 3 for red, green, blue, which stand side by side. */
  channels?: number;
}

/** How the columns are used: all that are neither label nor id are pixels. */
export interface CsvLayout extends Required<PixelShape> {
  /** The number of columns in all. */
  columns: number;
  /** The column with the labels, counted from 0, where there is one. */
  label?: number;
  /** The column that tells lines apart, where there is one, and its name as it stands there. */
  id?: { column: number; name: string };
}

/** Separators that are no commas. */
const SEPARATORS = { ";": "semicolons", "\t": "tabs", "|": "bars" };

/**
 * Finds out how the columns of a file are used.
 *
 * A column called `label`, `class`, `target`, `category`, `digit`, `y` or the like (`csv_names.ts`) holds the labels, one
 * called `id`, `index` or the like, or one without a name, tells lines apart; they may stand anywhere. All others are pixels, whose names count up (`pixel0`, `x1`, `1x1`); a
 * name that does not belong to them is refused. Where all names count alike and none is a label's, it is the number of
 * columns that tells whether the first is one. Images are square where no size is given, and grey where no number of
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
 *   columns: 785, label: 0, id: undefined, height: 28, width: 28, channels: 1,
 * });
 * ```
 *
 * @param header The first line.
 * @param file The file's name, for the messages.
 * @throws {RunError} If the line is empty, holds numbers, is not separated by commas, has a name that is neither label nor id
 * nor pixel, pixels that are not in order, or columns that do not make an image of the given shape, or a square one.
 */
export function readCsvHeader(header: string, file: string, given: PixelShape = {}): CsvLayout {
  const fields = header.replace(/^\uFEFF/, "").split(","), names = fields.map(plain);
  const columns = names.length;
  const refuse = (act: "read" | "use", state: string) =>
    new RunError(`Cannot ${act} ${file}: ${state}`);
  if (header.trim() === "") throw refuse("read", "line 1 is empty: put a header there");
  if (names.every((name) => name !== "" && Number.isFinite(Number(name)))) {
    throw refuse("read", "line 1 holds numbers: put a header there, label,pixel0,pixel1 and so on");
  }
  for (const [separator, what] of Object.entries(SEPARATORS)) {
    if (columns === 1 && header.includes(separator)) {
      throw refuse("read", `its values are separated by ${what}: separate them by commas`);
    }
  }
  const roles = rolesOf(names);
  if (typeof roles === "string") throw refuse("use", roles);
  const { label, id, counted } = roles;
  const others = columns - (id === undefined ? 0 : 1);
  // The first column is a label where names say nothing else, as in a header x0, x1, ...
  const first = id === 0 ? 1 : 0, arePixels = names[first]?.startsWith("pixel");
  const mayBeFirst = label === undefined && counted && !arePixels;
  for (const channels of given.channels === undefined ? [1, 3] : [given.channels]) {
    for (
      const known of label !== undefined ? [label] : mayBeFirst ? [undefined, first] : [undefined]
    ) {
      const pixels = (others - (known === undefined ? 0 : 1)) / channels;
      const side = Math.sqrt(pixels);
      const { height = side, width = side } = given;
      const fits = Number.isInteger(height) && Number.isInteger(width) && height * width === pixels;
      if (!fits || pixels === 0) continue;
      const named = id === undefined ? undefined : { column: id, name: fields[id] };
      return { columns, label: known, id: named, height, width, channels };
    }
  }
  const what = label !== undefined || arePixels
    ? `its ${count(others - (label === undefined ? 0 : 1), "pixel column")}`
    : counted
    ? `it has ${count(others, "column")}, which with or without a label`
    : `it has ${count(others, "column")}, none of them called label, which`;
  throw refuse("use", `${what} ${misfit(given)}`);
}

/** What the number of columns is not. */
function misfit({ height, width, channels }: PixelShape): string {
  const of = channels === undefined ? "" : count(channels, "channel");
  return height === undefined
    ? `are not those of a square image${
      of && ` of ${of}`
    }: give a height and a width (--image-size)`
    : `are not those of images of ${height}x${width} pixels${of && ` and ${of}`}`;
}

/** A name without quotes, spaces and capitals. */
function plain(name: string): string {
  return name.trim().replace(/^"(.*)"$/, "$1").trim().toLowerCase();
}

function count(n: number, what: string): string {
  return `${n} ${what}${n === 1 ? "" : "s"}`;
}
