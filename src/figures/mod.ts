/**
 * Figures: the feature space as a picture and as a GIF, training curves, and sheets of images.
 *
 * Everything is drawn into a {@linkcode Frame} of RGBA bytes without any permission; the caller
 * writes the files.
 *
 * @module
 */

export type { Frame, Rgb } from "./canvas.ts";
export { contactSheet, type ContactSheetOptions } from "./contact_sheet.ts";
export { curves, type CurvesOptions } from "./curves.ts";
export { featureMap, type FeatureMapOptions } from "./feature_map.ts";
export { encodeGif, type GifOptions } from "./gif.ts";
export { classColor } from "./palette.ts";
export { encodePng } from "./png.ts";
export { featureRange, type Range2D } from "./range.ts";
export type { Panel, Series } from "./series.ts";
