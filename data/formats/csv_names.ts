/**
 * What the names in the header of a CSV file of images are: a label, a number of the line, or pixels.
 *
 * @module
 */

/** What each column is for. */
export interface ColumnRoles {
  /** The column with the labels. */
  label?: number;
  /** The column that tells lines apart, and has nothing to do with the image. */
  id?: number;
  /** Whether the other names count something, as those of pixels do: `pixel0`, `x1`, `1x1`, `0`. */
  counted: boolean;
}

const LABELS =
  /^(label|class|target|category|digit)s?$|^(label|class|target)[ _]?(id|name|label)$|^y$/;
const IDS =
  /^(|unnamed: 0|index|idx|row|id|(image|img|sample|row|file|picture)?[ _-]?(id|no|number|name))$/;
/** Red, green and blue. */
const COLOURS = 3;

/** A name with its numbers taken out, and those numbers. */
interface Counted {
  stem: string;
  numbers: number[];
}

/**
 * Finds out what columns are for, by their names.
 *
 * @param names Without quotes, spaces around them and capitals.
 * @returns The roles, or what is wrong with the names: a sentence without its end.
 */
export function rolesOf(names: readonly string[]): ColumnRoles | string {
  const [labels, ids] = [LABELS, IDS].map((kind) =>
    names.flatMap((name, column) => kind.test(name) ? [column] : [])
  );
  if (labels.length > 1) {
    return `its ${called(names, labels[0])} and its ${
      called(names, labels[1])
    } may both be labels: ` +
      "take one out, or call it another name";
  }
  const others = names.map((_, column) => column).filter((column) =>
    column !== labels[0] && column !== ids[0]
  );
  const counted = others.map((column) => ({ column, ...taken(names[column]) }));
  const stems = stemsOf(counted.filter(({ numbers }) => numbers.length > 0));
  const pixels = counted.filter(({ stem, numbers }) => numbers.length > 0 && stems.has(stem));
  const isFamily = 2 * pixels.length >= others.length && pixels.length > 0;
  if (isFamily) {
    const odd = counted.find(({ stem, numbers }) => numbers.length === 0 || !stems.has(stem));
    if (odd) {
      return `its ${called(names, odd.column)}, beside pixels such as ${
        quoted(names[pixels[0].column])
      }: call it label or id if it is that, or take it out`;
    }
    const wrong = pixels.findIndex((pixel, i) => i > 0 && !follows(pixel, pixels[i - 1]));
    if (wrong > 0) {
      return `its ${called(names, pixels[wrong].column)}, after ${
        quoted(names[pixels[wrong - 1].column])
      }: put the pixels into their order, row by row, the colours of a pixel side by side`;
    }
  }
  return { label: labels[0], id: ids[0], counted: isFamily };
}

/** The stems of pixels: the most frequent one, or three of colours that are as frequent. */
function stemsOf(counted: readonly Counted[]): Set<string> {
  const counts = new Map<string, number>();
  for (const { stem } of counted) counts.set(stem, (counts.get(stem) ?? 0) + 1);
  let most = 0;
  for (const count of counts.values()) most = Math.max(most, count);
  const frequent = [...counts].filter(([, count]) => count === most).map(([stem]) => stem);
  return new Set(frequent.length === COLOURS ? frequent : frequent.slice(0, 1));
}

function taken(name: string): Counted {
  return { stem: name.replace(/\d+/g, "#"), numbers: (name.match(/\d+/g) ?? []).map(Number) };
}

/** Whether a name comes after the one before it: by its numbers, the first one first. */
function follows(after: Counted, before: Counted): boolean {
  for (let i = 0; i < before.numbers.length; i++) {
    if (after.numbers[i] !== before.numbers[i]) return after.numbers[i] > before.numbers[i];
  }
  return after.stem !== before.stem;
}

function called(names: readonly string[], column: number): string {
  return `column ${column + 1} is called ${quoted(names[column])}`;
}

function quoted(name: string): string {
  return JSON.stringify(name.length > 40 ? `${name.slice(0, 40)}...` : name);
}
