import { checkRange2D, type Range2D } from "./range.ts";

/** Samples in the feature plane, as figures take them. */
export interface Samples {
  /** Two-dimensional features, `[n, 2]` row by row. */
  points: Float32Array;
  /** The class of each point, `[n]`. */
  labels: Uint8Array | Int32Array;
  /** Class centers, `[classes, 2]` row by row. */
  centers?: Float32Array;
  /** What to show, from `featureRange`; widened to a square, so that distances are honest. */
  range: Range2D;
}

/** Samples that a figure points out, such as the most certain one of each class. */
export interface Marks {
  /** Two-dimensional features, `[m, 2]` row by row. */
  points: Float32Array;
  /** The class of each, `[m]`: adds a ring in its colour. */
  labels?: Uint8Array | Int32Array;
  /** What the legend calls them, such as "most certain sample". */
  name: string;
}

/**
 * Throws a `TypeError` where lengths do not fit together, and a `RangeError` for a label without a
 * class name or a range that is none.
 *
 * @param features How many each sample and each center has.
 */
export function checkSamples(
  { points, labels, centers, range }: Omit<Samples, "range"> & { range?: Range2D },
  classNames: readonly string[],
  features: 2 | 3 = 2,
): void {
  const count = features === 2 ? "two" : "three";
  if (points.length !== features * labels.length) {
    throw new TypeError(
      `Cannot draw ${points.length} feature values with ${labels.length} labels: ` +
        `each label needs ${count}`,
    );
  }
  if (centers && centers.length !== features * classNames.length) {
    throw new TypeError(
      `Cannot draw ${centers.length} center values for ${classNames.length} classes: ` +
        `each class needs ${count}`,
    );
  }
  if (range !== undefined) checkRange2D(range);
  checkLabels(labels, classNames);
}

/** Throws as {@linkcode checkSamples} does. */
export function checkMarks({ points, labels }: Marks, classNames: readonly string[]): void {
  if (points.length % 2 || (labels && points.length !== 2 * labels.length)) {
    throw new TypeError(
      `Cannot mark ${points.length} feature values` +
        `${labels ? ` with ${labels.length} labels` : ""}: each mark needs two`,
    );
  }
  if (labels) checkLabels(labels, classNames);
}

function checkLabels(labels: Uint8Array | Int32Array, classNames: readonly string[]): void {
  const stray = labels.find((label) =>
    !(Number.isInteger(label) && label >= 0 && label < classNames.length)
  );
  if (stray !== undefined) {
    throw new RangeError(`Cannot draw label ${stray}: there are ${classNames.length} class names`);
  }
}
