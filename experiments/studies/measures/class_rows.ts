/** Samples as rows of numbers, and which of them belong to which class. */

/**
 * How long the rows of `points` are, with one label a row.
 *
 * @throws {TypeError} When that is no positive whole number.
 */
export function rowLength(
  act: string,
  points: ArrayLike<number>,
  labels: ArrayLike<number>,
): number {
  const dim = points.length / labels.length;
  if (!(Number.isInteger(dim) && dim > 0)) {
    throw new TypeError(
      `Cannot take ${act} of ${points.length} numbers with ${labels.length} labels: give a row of numbers a label`,
    );
  }
  return dim;
}

/**
 * The numbers of each class's rows, without the rows that hold something not finite.
 *
 * @throws {RangeError} When the label of another row is no class.
 */
export function rowsByClass(
  act: string,
  points: ArrayLike<number>,
  labels: ArrayLike<number>,
  classes: number,
): number[][] {
  const dim = rowLength(act, points, labels);
  const own = Array.from({ length: classes }, (): number[] => []);
  for (let i = 0; i < labels.length; i++) {
    let finite = true;
    for (let d = i * dim; d < (i + 1) * dim; d++) finite &&= Number.isFinite(points[d]);
    if (!finite) continue;
    const rows = own[labels[i]];
    if (!rows) {
      throw new RangeError(
        `Cannot take ${act} with the label ${labels[i]} of sample ${i}: the classes are 0 to ${
          classes - 1
        }`,
      );
    }
    rows.push(i);
  }
  return own;
}

/** The mean of some rows; NaN of none. */
export function meanRow(
  points: ArrayLike<number>,
  rows: readonly number[],
  dim: number,
): Float64Array {
  const mean = new Float64Array(dim);
  for (const row of rows) for (let d = 0; d < dim; d++) mean[d] += points[row * dim + d];
  return mean.map((sum) => sum / rows.length);
}

/** The Euclidean distance of a row of `a` to a row of `b`. */
export function distance(
  a: ArrayLike<number>,
  rowA: number,
  b: ArrayLike<number>,
  rowB: number,
  dim: number,
): number {
  let squared = 0;
  for (let d = 0; d < dim; d++) squared += (a[rowA * dim + d] - b[rowB * dim + d]) ** 2;
  return Math.sqrt(squared);
}
