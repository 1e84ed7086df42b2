import type { Range2D } from "./range.ts";

/** Samples in the feature plane, as figures take them. */
export interface Samples {
  /** Two-dimensional features, `[n, 2]` row by row. */
  points: Float32Array;
  /** The class of each point, `[n]`. */
  labels: Uint8Array | Int32Array;
  /** Class centres, `[classes, 2]` row by row. */
  centers?: Float32Array;
  /** What to show, from `featureRange`; widened to a square, so that distances are honest. */
  range: Range2D;
}

/**
 * Throws a `TypeError` where lengths do not fit together, and a `RangeError` for a label without a
 * class name or a range that is not finite.
 */
export function checkSamples(
  { points, labels, centers, range }: Samples,
  classNames: readonly string[],
): void {
  if (points.length !== 2 * labels.length) {
    throw new TypeError(
      `Cannot draw ${points.length} feature values with ${labels.length} labels: ` +
        `each label needs two`,
    );
  }
  if (centers && centers.length !== 2 * classNames.length) {
    throw new TypeError(
      `Cannot draw ${centers.length} center values for ${classNames.length} classes: ` +
        `each class needs two`,
    );
  }
  if (!Object.values(range).every(Number.isFinite)) {
    throw new RangeError(
      `Cannot draw the range ${JSON.stringify(Object.values(range))}: all borders must be finite`,
    );
  }
  checkLabels(labels, classNames);
}

/** Throws a `RangeError` for a label without a class name. */
export function checkLabels(labels: Uint8Array | Int32Array, classNames: readonly string[]): void {
  const stray = labels.find((label) => label < 0 || label >= classNames.length);
  if (stray !== undefined) {
    throw new RangeError(`Cannot draw label ${stray}: there are ${classNames.length} class names`);
  }
}
