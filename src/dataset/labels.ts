/**
 * Labels: the number of each image's class.
 *
 * @module
 */
import { RunError } from "../base/errors.ts";

/** Class numbers, one a sample: bytes are enough for 256 classes, 32 bits for any number of them. */
export type Labels = Uint8Array<ArrayBuffer> | Int32Array<ArrayBuffer>;

/** The most classes that files may name: each has a name in memory, and a weight and a center on the GPU. */
export const MOST_CLASSES = 1_000_000;

/** The classes that a byte can count; labels of more are 32 bits wide. */
export const BYTE_CLASSES = 256;

/** Room for `count` labels below `classes`, in bytes where those are enough. */
export function emptyLabels(count: number, classes: number): Labels {
  return classes <= BYTE_CLASSES ? new Uint8Array(count) : new Int32Array(count);
}

/** The labels of some samples, as wide as those of all. */
export function labelsAt(labels: Labels, indices: ArrayLike<number>): Labels {
  const picked = labels instanceof Uint8Array
    ? new Uint8Array(indices.length)
    : new Int32Array(indices.length);
  for (let i = 0; i < picked.length; i++) picked[i] = labels[indices[i]];
  return picked;
}

/** The same labels, in bytes where those are enough. */
export function narrowed(labels: Labels): Labels {
  const narrow = emptyLabels(labels.length, classesOf(labels));
  narrow.set(labels);
  return narrow;
}

/** The number of classes, where each number up to the largest label is one. */
export function classesOf(labels: Labels): number {
  let largest = -1;
  for (const label of labels) if (label > largest) largest = label;
  return largest + 1;
}

/** Labels as the numbers of other classes. */
export function relabelled(
  labels: Labels,
  to: ReadonlyMap<number, number>,
  classes: number,
): Labels {
  return emptyLabels(labels.length, classes).map((_, i) => to.get(labels[i])!);
}

/** The largest label of the published data sets, which have ten classes each. */
const LARGEST = 9;

/**
 * Makes sure that labels go from 0 to 9.
 *
 * @param file Where they come from, for the message.
 * @throws {RunError} If one exceeds 9: the first is named.
 */
export function checkLabels(labels: Uint8Array, file: string): void {
  const wrong = labels.findIndex((label) => label > LARGEST);
  if (wrong >= 0) {
    throw new RunError(
      `Cannot use ${file}: label ${wrong} (counted from 0) is ${labels[wrong]}, ` +
        `but labels go from 0 to ${LARGEST}`,
    );
  }
}
