import type { Array64 } from "./array64.ts";
import { matmul } from "./matmul.ts";
import { squaredDistances } from "./squared_distances.ts";

/** The nearest center of each sample by Euclidean distance, from the matrix of all distances; of equals the first. */
export function nearestByDistance(features: Array64, centers: Array64) {
  const squares = squaredDistances(features, centers);
  return nearest({ ...squares, data: squares.data.map(Math.sqrt) });
}

/** The same by 1 - cosine, from the matrix of all products and the lengths; of a vector of length 0 every cosine is 0. */
export function nearestByCosine(features: Array64, centers: Array64) {
  const products = matmul(features, centers, { transposeB: true }),
    [a, b] = [features, centers].map(lengths);
  const data = products.data.map((product, at) => {
    const both = a[Math.floor(at / b.length)] * b[at % b.length];
    return both === 0 ? 1 : 1 - product / both;
  });
  return nearest({ ...products, data });
}

function lengths({ shape: [rows, dim], data }: Array64): number[] {
  return Array.from(
    { length: rows },
    (_, i) => Math.hypot(...data.subarray(i * dim, i * dim + dim)),
  );
}

function nearest({ shape: [rows, count], data }: Array64) {
  const each = Array.from({ length: rows }, (_, i) => {
    const own = [...data.subarray(i * count, (i + 1) * count)], least = Math.min(...own);
    return { class: own.indexOf(least), distance: least };
  });
  return { classes: each.map((it) => it.class), distances: each.map((it) => it.distance) };
}
