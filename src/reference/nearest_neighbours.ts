import type { Array64 } from "./array64.ts";
import { squaredDistances } from "./squared_distances.ts";

/** The k rows of a table nearest to each query, the nearest first, of equals the first row: numbers and squared distances. */
export function nearestNeighbours(
  table: Array64,
  query: Array64,
  k: number,
): { rows: number[]; distances: number[] } {
  const [queries, count] = [query.shape[0], table.shape[0]];
  const all = squaredDistances(query, table).data;
  const order = Array.from({ length: queries }, (_, i) => {
    const own = all.subarray(i * count, (i + 1) * count);
    return [...own.keys()].sort((a, b) => own[a] - own[b] || a - b).slice(0, k);
  });
  return {
    rows: order.flat(),
    distances: order.flatMap((rows, i) => rows.map((row) => all[i * count + row])),
  };
}

/** The class that most of the k nearest rows have; of equals that of the nearest row. */
export function knn(
  table: Array64,
  labels: readonly number[],
  query: Array64,
  k: number,
): number[] {
  const { rows } = nearestNeighbours(table, query, k);
  return Array.from({ length: query.shape[0] }, (_, i) => {
    const own = rows.slice(i * k, (i + 1) * k).map((row) => labels[row]);
    const votes = (label: number) => own.filter((it) => it === label).length;
    const most = Math.max(...own.map(votes));
    return own.find((label) => votes(label) === most)!;
  });
}
