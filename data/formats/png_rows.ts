/**
 * The rows of a PNG file's pixels: filters undone, samples unpacked.
 *
 * @module
 */

/** How pixels are stored. */
export interface PngFormat {
  /** Bits of a sample: 1, 2, 4, 8 or 16. */
  depth: number;
  /** Samples of a pixel, 1 to 4. */
  samples: number;
}

/** The bytes of a row without the one that names its filter. */
export function rowBytes(columns: number, { depth, samples }: PngFormat): number {
  return Math.ceil(columns * samples * depth / 8);
}

/**
 * Undoes the filters of rows in place (https://www.w3.org/TR/png-3/#9Filters), and unpacks their samples.
 *
 * @param bytes Shape [rows, 1 + rowBytes], each row led by the number of its filter.
 * @returns Shape [rows, columns, samples].
 * @throws {Error} If a filter does not exist.
 */
export function unfilter(
  bytes: Uint8Array,
  columns: number,
  rows: number,
  format: PngFormat,
): Uint8Array | Uint16Array {
  const { depth, samples } = format;
  const stride = rowBytes(columns, format), perRow = columns * samples;
  const back = Math.max(1, samples * depth / 8);
  const values = depth === 16 ? new Uint16Array(rows * perRow) : new Uint8Array(rows * perRow);
  let above: Uint8Array = new Uint8Array(stride);
  for (let row = 0; row < rows; row++) {
    const from = row * (1 + stride);
    const line = bytes.subarray(from + 1, from + 1 + stride);
    undo(bytes[from], line, above, back);
    unpack(line, depth, values.subarray(row * perRow, (row + 1) * perRow));
    above = line;
  }
  return values;
}

/** Undoes one row's filter in place. `back`: how many bytes before a byte the one of the pixel before it is. */
function undo(filter: number, line: Uint8Array, above: Uint8Array, back: number): void {
  const { length } = line;
  switch (filter) {
    case 0:
      return;
    case 1:
      for (let i = back; i < length; i++) line[i] += line[i - back];
      return;
    case 2:
      for (let i = 0; i < length; i++) line[i] += above[i];
      return;
    case 3:
      for (let i = 0; i < length; i++) {
        line[i] += (i < back ? 0 : line[i - back]) + above[i] >> 1;
      }
      return;
    case 4:
      for (let i = 0; i < length; i++) {
        line[i] += i < back ? above[i] : paeth(line[i - back], above[i], above[i - back]);
      }
      return;
    default:
      throw new Error(`it is damaged: there is no filter ${filter}`);
  }
}

/** The neighbour that is nearest to left + above - aboveLeft (9.4). */
function paeth(left: number, above: number, aboveLeft: number): number {
  const guess = left + above - aboveLeft;
  const toLeft = Math.abs(guess - left);
  const toAbove = Math.abs(guess - above);
  const toAboveLeft = Math.abs(guess - aboveLeft);
  if (toLeft <= toAbove && toLeft <= toAboveLeft) return left;
  return toAbove <= toAboveLeft ? above : aboveLeft;
}

/** The samples of a row; those of fewer than 8 bits start at the upper end of their byte. */
function unpack(line: Uint8Array, depth: number, values: Uint8Array | Uint16Array): void {
  if (depth === 8) {
    values.set(line);
  } else if (depth === 16) {
    for (let i = 0; i < values.length; i++) values[i] = line[2 * i] << 8 | line[2 * i + 1];
  } else {
    const mask = 2 ** depth - 1;
    for (let i = 0; i < values.length; i++) {
      const bit = i * depth;
      values[i] = line[bit >> 3] >> 8 - depth - (bit & 7) & mask;
    }
  }
}
