/** A decoded picture. */
export interface Picture {
  /** In pixels. */
  width: number;
  /** In pixels. */
  height: number;
  /** Red, green, blue and alpha of each pixel, not premultiplied; shape [height, width, 4]. */
  rgba: Uint8Array;
}
