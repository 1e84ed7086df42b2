/** Which sample a visitor points at, and which are near it. */
import type { ImageSet } from "../../src/dataset/image_set.ts";
import { projected, type Projection } from "../draw/projection.ts";
import type { Pointed, ShownSample } from "../messages.ts";
import { placeOfLeast, squaredDistancesTo } from "../../src/metrics/one_sample.ts";
import type { Rows } from "./snapshot.ts";

/** Device-independent pixels from a sample at the most where a hand points. */
export const REACH = 16;
/** Neighbours that are shown. */
const NEIGHBOURS = 5;

/** The sample nearest to a place, as a row; none where all are farther than `reach`. Classes whose bit is set are not there. */
export function rowAt(
  { table, rows, stride, dim }: Rows,
  place: readonly [number, number],
  by: Projection,
  hidden: number,
  reach: number,
): number | undefined {
  let best: number | undefined, least = (reach * by.pixel) ** 2;
  for (let i = 0; i < rows; i++) {
    const label = table[i * stride + dim];
    if (label < 32 && (hidden >> label & 1) === 1) continue;
    const { x, y, far } = projected(table, by, i * stride);
    if (far) continue;
    const distance = (x - place[0]) ** 2 + (y - place[1]) ** 2;
    if (distance < least) [least, best] = [distance, i];
  }
  return best;
}

/** Rows whose features are nearest to a feature; the row itself is left out. */
function nearestRows(
  { table, rows, stride, dim }: Rows,
  feature: Float32Array,
  own: number,
): number[] {
  const found: { row: number; distance: number }[] = [];
  for (let row = 0; row < rows; row++) {
    let distance = 0;
    for (let d = 0; d < dim; d++) distance += (table[row * stride + d] - feature[d]) ** 2;
    const farther = found.findIndex((it) => it.distance > distance);
    const place = farther < 0 ? found.length : farther;
    if (row === own || place === NEIGHBOURS) continue;
    found.splice(place, 0, { row, distance });
    found.splice(NEIGHBOURS);
  }
  return found.map(({ row }) => row);
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
  const { table, stride, dim } = rows;
  const feature = table.slice(row * stride, row * stride + dim);
  const distances = squaredDistancesTo(feature, centers), { x, y } = projected(feature, projection);
  return {
    ...shownSample(set, table[row * stride + dim + 2]),
    byLogit: readsLogits ? table[row * stride + dim + 1] : undefined,
    byCenter: placeOfLeast(distances),
    distances,
    neighbours: nearestRows(rows, feature, row).map((i) =>
      shownSample(set, table[i * stride + dim + 2])
    ),
    place: [x, y],
  };
}
