/**
 * Figures: the feature space as a picture, as a GIF and in perspective, training curves, and sheets
 * of images.
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
export { encodeGif, type GifOptions, GifWriter } from "./gif.ts";
export { classColor } from "./palette.ts";
export { encodePng } from "./png.ts";
export { featureRange, type Range2D } from "./range.ts";
export type { Panel, Series } from "./series.ts";
export type { View } from "./space.ts";
export { sprite } from "./sprite.ts";
export type { Images } from "./thumbnail.ts";
export { thumbnailMap, type ThumbnailMapOptions } from "./thumbnail_map.ts";
