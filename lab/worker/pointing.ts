/** Which sample a visitor points at, and which are near it. */
import type { ImageSet } from "../../src/dataset/image_set.ts";
import type { Pointed, ShownSample } from "../messages.ts";
import { distancesTo, placeOfLeast } from "../train/classify.ts";
import type { Rows } from "./snapshot.ts";

/** Device-independent pixels from a sample at the most, and neighbours that are shown. */
const REACH = 16, NEIGHBOURS = 5;

/** Where samples are on a canvas. */
export interface Projection {
  /** From features to clip space. */
  matrix: Float32Array;
  /** Whether features stand at their directions. */
  directions: boolean;
  width: number;
  height: number;
  /** Device pixels a pixel of the page. */
  pixel: number;
}

/** A place on the canvas, in device pixels, and whether it is on the far side of a sphere. */
export function projected(
  feature: ArrayLike<number>,
  { matrix: m, directions, width, height }: Projection,
): { place: [number, number]; far: boolean } {
  const length = directions ? Math.hypot(...Array.from(feature)) || 1 : 1;
  const [x, y, z = 0] = Array.from(feature, (f) => f / length);
  const clip = [0, 1, 3].map((r) => m[r] * x + m[4 + r] * y + m[8 + r] * z + m[12 + r]);
  // The horizon of a sphere is nearer than its middle.
  const far = directions && feature.length === 3 &&
    clip[2] > m[15] - (m[3] ** 2 + m[7] ** 2 + m[11] ** 2) / m[15];
  return {
    place: [(clip[0] / clip[2] + 1) / 2 * width, (1 - clip[1] / clip[2]) / 2 * height],
    far,
  };
}

/** The sample nearest to a place, as a row; none where all are far. Classes whose bit is set are not there. */
export function rowAt(
  { values, count, stride, dim }: Rows,
  place: readonly [number, number],
  by: Projection,
  hidden: number,
): number | undefined {
  let best: number | undefined, least = (REACH * by.pixel) ** 2;
  for (let i = 0; i < count; i++) {
    const label = values[i * stride + dim];
    if (label < 32 && (hidden >> label & 1) === 1) continue;
    const { place: [x, y], far } = projected(values.subarray(i * stride, i * stride + dim), by);
    if (far) continue;
    const distance = (x - place[0]) ** 2 + (y - place[1]) ** 2;
    if (distance < least) [least, best] = [distance, i];
  }
  return best;
}

/** Rows whose features are nearest to a feature; the row itself is left out. */
function nearestRows(
  { values, count, stride, dim }: Rows,
  feature: Float32Array,
  own: number,
): number[] {
  const distances = Float64Array.from({ length: count }, (_, i) => {
    let sum = 0;
    for (let d = 0; d < dim; d++) sum += (values[i * stride + d] - feature[d]) ** 2;
    return i === own ? Infinity : sum;
  });
  return Array.from(distances.keys()).sort((a, b) => distances[a] - distances[b]).slice(
    0,
    NEIGHBOURS,
  );
}

/** A sample of a set, with its pixels. */
function shownSample(set: ImageSet, id: number): ShownSample {
  const size = set.height * set.width * set.channels;
  return { id, label: set.labels[id], pixels: set.images.slice(id * size, (id + 1) * size) };
}

/** All that is said of a row. */
export function describeRow(
  set: ImageSet,
  rows: Rows,
  row: number,
  { centers, readsLogits, projection }: {
    centers: Float32Array;
    readsLogits: boolean;
    projection: Projection;
  },
): Pointed {
  const { values, stride, dim } = rows;
  const feature = values.slice(row * stride, row * stride + dim);
  const distances = distancesTo(feature, centers);
  return {
    ...shownSample(set, values[row * stride + dim + 2]),
    byLogit: readsLogits ? values[row * stride + dim + 1] : undefined,
    byCenter: placeOfLeast(distances),
    distances,
    neighbours: nearestRows(rows, feature, row).map((i) =>
      shownSample(set, values[i * stride + dim + 2])
    ),
    place: projected(feature, projection).place,
  };
}
