/** A decoded picture. */
export interface Picture {
  /** Columns, in pixels. */
  width: number;
  /** Rows, in pixels. */
  height: number;
  /** Red, green, blue and alpha of each pixel, not premultiplied; shape [height, width, 4]. */
  rgba: Uint8Array;
}
