/** All figures; `figures.ts` shows them to users. */

export type { ClassAt } from "./areas/regions.ts";
export type { Frame, Rgb } from "./paint/canvas.ts";
export { circleMap, type CircleMapOptions, fullestBin, longestFeature } from "./circle_map.ts";
export { curves, type CurvesOptions } from "./charts/curves.ts";
export { densitySurface, type DensitySurfaceOptions } from "./density_surface.ts";
export { type FeatureCell, featureGrid, type FeatureGridOptions } from "./feature_grid.ts";
export { featureMap, type FeatureMapOptions, hidesDots } from "./feature_map.ts";
export { delayFor, type GifOptions, GifWriter } from "./paint/gif.ts";
export { matrixMap, type MatrixMapOptions } from "./charts/matrix_map.ts";
export { classColor } from "./paint/palette.ts";
export { encodePng } from "./paint/png.ts";
export { featureRange, type Range2D, rangeAround } from "./frame/range.ts";
export { reliability, type ReliabilityOptions } from "./charts/reliability.ts";
export type { ReliabilityBin, ReliabilityPanel } from "./charts/reliability_panel.ts";
export {
  scatter,
  type ScatterOptions,
  type ScatterPanel,
  type ScatterSeries,
} from "./charts/scatter.ts";
export type { Heading } from "./frame/heading.ts";
export type { Marks, Samples } from "./frame/samples.ts";
export type { Panel, Series } from "./charts/series.ts";
export type { View } from "./frame/perspective.ts";
export { sphereMap, type SphereMapOptions } from "./sphere_map.ts";
export { sprite } from "./sprite.ts";
export type { Images } from "./paint/thumbnail.ts";
export { thumbnailMap, type ThumbnailMapOptions } from "./thumbnail_map.ts";
export { lettersWithout, useFallbackFont } from "./font/font.ts";
