import type { Array64 } from "./array64.ts";
import { squaredDistances } from "./squared_distances.ts";

/** The mean silhouette coefficient (Rousseeuw 1987). */
export function silhouette(features: Array64, labels: readonly number[]): number {
  const count = labels.length, all = squaredDistances(features, features).data;
  const far = (i: number, label: number) => {
    const own = labels.flatMap((k, j) =>
      k === label && j !== i ? [Math.sqrt(all[i * count + j])] : []
    );
    return own.reduce((a, b) => a + b, 0) / own.length;
  };
  const each = labels.map((label, i) => {
    const others = [...new Set(labels)].filter((k) => k !== label);
    const a = far(i, label), b = Math.min(...others.map((k) => far(i, k)));
    return Number.isNaN(a) || a === b ? 0 : (b - a) / Math.max(a, b);
  });
  return each.reduce((a, b) => a + b, 0) / count;
}
