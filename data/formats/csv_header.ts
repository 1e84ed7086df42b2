/**
 * What the header of a CSV file of images says: which columns are labels and ids of lines, and the shape of an image.
 *
 * @module
 */
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
const SEPARATORS = { ";": "semicolons", "\t": "tabs", "|": "bars", " ": "spaces" };
/** Names of columns, in lower case. */
const LABELS =
  /^(label|class|target|category|digit)s?$|^(label|class|target)[ _]?(id|name|label)$|^y$/;
const IDS =
  /^(|unnamed: 0|index|idx|row|id|(image|img|sample|row|file|picture)?[ _-]?(id|no|number|name))$/;
/** Red, green and blue. */
const COLORS = 3;

/**
 * Finds out how the columns of a file are used.
 *
 * A column called `label`, `class`, `target`, `category`, `digit`, `y` or the like holds the labels, one called `id`,
 * `index` or the like, or one without a name, tells lines apart; they may stand anywhere. All others are pixels, whose
 * names count up (`pixel0`, `x1`, `1x1`); a name that does not belong to them is refused. Where all names count alike and none is a label's, it is the number of
 * columns that tells whether the first is one. Images are square where no size is given, and grey where no number of
 * channels is given and the columns do not want it otherwise (3072 columns: 32x32x3).
 *
 * @example Kaggle's digits
 * ```ts
 * import { readCsvHeader } from "./csv_header.ts";
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
  const numbers = names.filter((name) => name !== "" && Number.isFinite(Number(name))).map(Number);
  const isRising = numbers.every((number, i) => i === 0 || number > numbers[i - 1]);
  if (numbers.length === columns || 2 * numbers.length > columns && !isRising) {
    throw refuse("read", "line 1 holds numbers: put a header there, label,pixel0,pixel1 and so on");
  }
  for (const [separator, what] of Object.entries(SEPARATORS)) {
    if (columns === 1 && header.includes(separator)) {
      throw refuse("read", `its values are separated by ${what}: separate them by commas`);
    }
  }
  const [[label, otherLabel], [id]] = [LABELS, IDS].map((kind) =>
    [...names.keys()].filter((column) => kind.test(names[column]))
  );
  if (otherLabel !== undefined) {
    throw refuse(
      "use",
      `its ${called(names, label)} and its ${called(names, otherLabel)} may both be labels: ` +
        "take one out, or call it another name",
    );
  }
  const others = [...names.keys()].filter((column) => column !== label && column !== id);
  const counted = areCounted(names, others, (state) => refuse("use", state));
  // The first column is a label where names say nothing else, as in a header x0, x1, ...
  const first = id === 0 ? 1 : 0, arePixels = names[first]?.startsWith("pixel");
  const mayBeFirst = label === undefined && counted && !arePixels;
  for (const channels of given.channels === undefined ? [1, 3] : [given.channels]) {
    for (const known of mayBeFirst ? [undefined, first] : [label]) {
      const pixels = (others.length - (known === label ? 0 : 1)) / channels;
      const side = Math.sqrt(pixels);
      const { height = side, width = side } = given;
      const fits = Number.isInteger(height) && Number.isInteger(width) && height * width === pixels;
      if (!fits || pixels === 0) continue;
      const named = id === undefined ? undefined : { column: id, name: fields[id] };
      return { columns, label: known, id: named, height, width, channels };
    }
  }
  const what = label !== undefined || arePixels
    ? `its ${count(others.length, "pixel column")}`
    : `it has ${count(others.length, "column")}, ${
      counted ? "which with or without a label" : "none of them called label, which"
    }`;
  throw refuse("use", `${what} ${misfit(given)}`);
}

/** Which images the columns do not make. */
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

/**
 * Whether names count something, as those of pixels do (`pixel0`, `x1`, `1x1`, `0`): at least half of them, and then all
 * must, in order.
 *
 * @param columns Those that are neither label nor id.
 * @param refuse Makes an error of what is wrong with a name.
 */
function areCounted(
  names: readonly string[],
  columns: readonly number[],
  refuse: (state: string) => Error,
): boolean {
  // A name with its numbers taken out, and those numbers.
  const parts = columns.map((column) => ({
    stem: names[column].replace(/\d+/g, "#"),
    numbers: (names[column].match(/\d+/g) ?? []).map(Number),
  }));
  const stems = stemsOf(parts.filter(({ numbers }) => numbers.length > 0).map(({ stem }) => stem));
  const isPixel = parts.map(({ stem, numbers }) => numbers.length > 0 && stems.has(stem));
  const first = isPixel.indexOf(true), odd = isPixel.indexOf(false);
  if (first < 0 || 2 * isPixel.filter(Boolean).length < columns.length) return false;
  if (odd >= 0) {
    throw refuse(
      `its ${called(names, columns[odd])}, beside pixels such as ${
        quoted(names[columns[first]])
      }: call it label or id if it is that, or take it out`,
    );
  }
  for (let i = 1; i < parts.length; i++) {
    const [before, after] = [parts[i - 1], parts[i]];
    const differing = before.numbers.findIndex((number, k) => after.numbers[k] !== number);
    const follows = differing < 0
      ? after.stem !== before.stem
      : after.numbers[differing] > before.numbers[differing];
    if (follows) continue;
    throw refuse(
      `its ${called(names, columns[i])}, after ${quoted(names[columns[i - 1]])}: ` +
        "put the pixels into their order, row by row, the colors of a pixel side by side",
    );
  }
  return true;
}

/** The stems of pixels: the most frequent one, or three of colors that are as frequent. */
function stemsOf(stems: readonly string[]): Set<string> {
  const counts = Map.groupBy(stems, (stem) => stem);
  let most = 0;
  for (const { length } of counts.values()) most = Math.max(most, length);
  const frequent = [...counts.keys()].filter((stem) => counts.get(stem)!.length === most);
  return new Set(frequent.length === COLORS ? frequent : frequent.slice(0, 1));
}

function called(names: readonly string[], column: number): string {
  return `column ${column + 1} is called ${quoted(names[column])}`;
}

function quoted(name: string): string {
  return JSON.stringify(name.length > 40 ? `${name.slice(0, 40)}...` : name);
}

function count(n: number, what: string): string {
  return `${n} ${what}${n === 1 ? "" : "s"}`;
}
