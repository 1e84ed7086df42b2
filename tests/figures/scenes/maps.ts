/** Feature maps, grids, surfaces and thumbnails. */
import { circleMap } from "../../../src/figures/circle_map.ts";
import { sphereMap } from "../../../src/figures/sphere_map.ts";
import { densitySurface } from "../../../src/figures/density_surface.ts";
import { featureGrid } from "../../../src/figures/feature_grid.ts";
import { featureMap, type FeatureMapOptions } from "../../../src/figures/feature_map.ts";
import type { Frame } from "../../../src/figures/paint/canvas.ts";
import { thumbnailMap } from "../../../src/figures/thumbnail_map.ts";
import {
  clothes,
  colorImages,
  digitImages,
  digits,
  heaps,
  inTurn,
  letters,
  range,
  spoilt,
  subtitle,
  title,
} from "./samples.ts";

const marks = {
  points: Float32Array.of(99, 0, 5, 1, -5, 6),
  labels: Uint8Array.of(2, 0, 4),
  name: "most certain sample",
};

function map(more: Partial<FeatureMapOptions>): Frame {
  const size = { width: 450, height: 360 };
  return featureMap({ ...heaps(inTurn(150)), classNames: digits, title, range, size, ...more });
}

function cell(number: number, more = {}) {
  const samples = heaps(inTurn(30 + 20 * number), { turn: number / 3 });
  return { ...samples, range, caption: `${97 - number}.5 % by nearest center`, ...more };
}

function surface(count: number) {
  const heights = Array.from({ length: count }, (_, i) => (i * 7 % 100) / 100);
  return { ...heaps(inTurn(count)), heights, classNames: digits, title, range };
}

const circle = (count: number) => ({ ...heaps(inTurn(count)), classNames: digits, title });
const sphere = (count: number) => ({
  ...heaps(inTurn(count), { features: 3 }),
  ...{ classNames: digits, title, angle: 30 },
});

const two = heaps(inTurn(1500, 2).sort(), { wide: 5 });

export const maps: Record<string, () => Frame> = {
  "feature-map": () => map({ subtitle, size: { width: 480, height: 400 } }),
  "feature-map-regions": () => map({ classAt: (x, y) => y > 4 ? 7 : x < -3 ? 2 : x > y ? 4 : 0 }),
  // By itself, because dots hide each other; a class of few dots has no line.
  "feature-map-contours": () => {
    const labels = inTurn(1200, 6);
    labels.fill(9, 0, 8);
    const range = { xMin: -12, xMax: 12, yMin: -12, yMax: 12 };
    return map({ ...heaps(labels, { wide: 6 }), range, classNames: clothes });
  },
  // Dots, a center and a mark lie outside, and a name is too long for its place.
  "feature-map-marks": () =>
    map({
      ...spoilt(heaps(inTurn(100))),
      marks,
      axisLabels: ["principal component 1 (43 % of the variance)", "component 2"],
      classNames: clothes,
      classNumbers: true,
    }),
  "feature-map-empty": () =>
    map({
      points: new Float32Array(),
      labels: new Uint8Array(),
      size: { width: 320, height: 240 },
    }),
  // Sorted by class, the heaps moved over each other: neither may cover the other. Most dots lie outside
  // of the square around the range; those inside look as if all were there.
  "feature-map-dense": () =>
    map({
      labels: two.labels,
      range: { xMin: 0, xMax: 8, yMin: -2, yMax: 4 },
      size: { width: 320, height: 240 },
      centers: undefined,
      contours: false,
      points: two.points.map((v, i) => v - two.centers[2 * two.labels[i >> 1] + i % 2]),
    }),
  "feature-grid": () =>
    featureGrid({
      cells: [[cell(0), cell(1)], [undefined, spoilt(cell(2))]],
      classNames: digits,
      classNumbers: true,
      title: "center rules · quick · epoch 12 of 20",
      subtitle,
      columnTitles: ["λ = 0.1", "a title too long for it"],
      rowTitles: ["training", "test"],
      cellSize: 100,
    }),
  "feature-grid-own-ranges": () =>
    featureGrid({
      cells: [[
        cell(0),
        cell(1, { range: { xMin: 0, xMax: 20, yMin: 5, yMax: 25 } }),
        cell(2, { points: new Float32Array(), labels: new Uint8Array() }),
      ]],
      classNames: clothes,
      title,
      axisLabels: ["component 1", "component 2"],
      cellSize: 110,
    }),
  "feature-grid-letters": () =>
    featureGrid({
      cells: [[cell(1, { centers: undefined }), undefined, undefined]],
      classNames: letters,
      title,
      cellSize: 140,
    }),
  "density-surface": () =>
    densitySurface({ ...surface(60), angle: 30, subtitle, size: { width: 560, height: 440 } }),
  "circle-map": () => circleMap({ ...circle(300), subtitle, size: { width: 420, height: 340 } }),
  // Points without a direction, and centers beyond the circle.
  "circle-map-bins": () =>
    circleMap({
      ...circle(100),
      points: circle(100).points.fill(0, 0, 4).fill(NaN, 4, 5),
      ...{ radius: 6, most: 0.2, bins: 12, classNames: clothes },
      size: { width: 400, height: 330 },
    }),
  "sphere-map": () => sphereMap({ ...sphere(300), subtitle, size: { width: 420, height: 370 } }),
  "thumbnail-map": () =>
    thumbnailMap({ ...digitImages(20), subtitle, size: { width: 640, height: 480 } }),
  "thumbnail-map-color": () => {
    const samples = colorImages(20);
    samples.points[1] = NaN;
    const view = { azimuth: 120, elevation: -15 };
    return thumbnailMap({ ...samples, view, size: { width: 420, height: 360 } });
  },
};

/** Frames of a GIF: they share axes, palette and size. */
export const animations: Record<string, () => Iterable<Frame>> = {
  "feature-map": () =>
    [0, 0.1].map((turn) =>
      map({ ...heaps(inTurn(60), { turn }), size: { width: 320, height: 240 } })
    ),
  "sphere-map": () =>
    [80, 200].map((angle) => {
      const { centers: _, ...rest } = sphere(80);
      return sphereMap({
        ...{ ...rest, angle, elevation: -10, classNames: clothes, axisLabels: ["x", "y", "z"] },
        points: rest.points.fill(0, 0, 3),
        size: { width: 340, height: 300 },
      });
    }),
  "density-surface": () =>
    [0, -100].map((angle) =>
      densitySurface({
        ...spoilt(surface(50)),
        angle,
        elevation: 35,
        axisLabels: ["first", "second", "share"],
        size: { width: 400, height: 330 },
      })
    ),
};
