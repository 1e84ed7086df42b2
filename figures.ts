/**
 * Figures: the feature space as a map, as a grid, as a GIF and in perspective, training curves,
 * scatter plots, calibration, correlations, and a sheet of images. They are drawn on the CPU, without a GPU and without any
 * permission, in pages too.
 *
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { encodePng, featureMap, featureRange } from "./figures.ts";
 *
 * const points = Float32Array.of(0, 0, 1, 1, 1, 0);
 * const frame = featureMap({
 *   points,
 *   labels: Uint8Array.of(0, 1, 1),
 *   classNames: ["left", "right"],
 *   title: "three samples",
 *   range: featureRange([points]),
 * });
 * const file = encodePng(frame); // Deno.writeFile("map.png", file)
 * assertEquals([...file.subarray(1, 4)], [..."PNG"].map((c) => c.charCodeAt(0)));
 * ```
 *
 * @module
 */
export * from "./src/figures/mod.ts";
