import { type Array64, array64 } from "./array64.ts";

/** Index of the largest element along the last axis, the first among equals: x `[..., n]`, result `[...]`. */
export function argmax(x: Array64): Array64 {
  return firstBest(x, (value, best) => value > best);
}

/** Index of the smallest element along the last axis, the first among equals: x `[..., n]`, result `[...]`. */
export function argmin(x: Array64): Array64 {
  return firstBest(x, (value, best) => value < best);
}

function firstBest(x: Array64, better: (value: number, best: number) => boolean): Array64 {
  const n = x.shape[x.shape.length - 1];
  const winners: number[] = [];
  for (let start = 0; start < x.data.length; start += n) {
    let winner = 0;
    for (let i = 1; i < n; i++) {
      if (better(x.data[start + i], x.data[start + winner])) winner = i;
    }
    winners.push(winner);
  }
  return array64(x.shape.slice(0, -1), winners);
}
