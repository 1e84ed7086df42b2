import type { Array64 } from "./array64.ts";
import { squaredDistances } from "./squared_distances.ts";

/** Recall@1, mAP and mAP@R by their definitions: for each other sample of a query's class, all that are no farther are counted. */
export function retrieval(
  features: Array64,
  labels: readonly number[],
): { recallAt1: number; map: number; mapAtR: number } {
  const count = labels.length, all = squaredDistances(features, features).data;
  const found = labels.flatMap((label, query) => {
    const others = labels.map((_, j) => j).filter((j) => j !== query);
    const far = (j: number) => all[query * count + j];
    const own = others.filter((j) => labels[j] === label);
    if (own.length === 0) return [];
    const within = (among: readonly number[], j: number) =>
      among.filter((k) => far(k) <= far(j)).length;
    const precisions = own.map((j) => within(own, j) / within(others, j));
    const atR = own.map((j, i) => within(others, j) <= own.length ? precisions[i] : 0);
    const least = Math.min(...others.map(far));
    const nearest = others.filter((j) => far(j) === least);
    const right = nearest.filter((j) => labels[j] === label);
    return [{
      recallAt1: right.length / nearest.length,
      map: mean(precisions),
      mapAtR: mean(atR),
    }];
  });
  return {
    recallAt1: mean(found.map((of) => of.recallAt1)),
    map: mean(found.map((of) => of.map)),
    mapAtR: mean(found.map((of) => of.mapAtR)),
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
