import { along } from "./along.ts";
import { type Array64, array64 } from "./array64.ts";

const mean = (row: number[]) => row.reduce((a, b) => a + b, 0) / row.length;

/** Rows of the last axis with mean 0 and variance 1, then `y weight + bias`. */
export function layerNorm(
  x: Array64,
  weight: Array64 | undefined,
  bias: Array64 | undefined,
  eps = 1e-5,
): Array64 {
  const y = standardized(x, eps);
  const features = x.shape.at(-1)!;
  return array64(
    x.shape,
    y.data.map((v, i) => v * (weight?.data[i % features] ?? 1) + (bias?.data[i % features] ?? 0)),
  );
}

function standardized(x: Array64, eps: number): Array64 {
  return along(-1, (row) => {
    const m = mean(row), variance = mean(row.map((v) => (v - m) ** 2));
    return row.map((v) => (v - m) / Math.sqrt(variance + eps));
  }, x);
}

/** Gradients of {@linkcode layerNorm} for x, weight and bias. */
export function layerNormBackward(
  grad: Array64,
  x: Array64,
  weight: Array64 | undefined,
  eps = 1e-5,
): { x: Array64; weight: Array64; bias: Array64 } {
  const features = x.shape.at(-1)!;
  const y = standardized(x, eps);
  const inner = array64(
    x.shape,
    grad.data.map((g, i) => g * (weight?.data[i % features] ?? 1)),
  );
  const backward = (g: number[], row: number[]) => {
    const m = mean(row), variance = mean(row.map((v) => (v - m) ** 2));
    const scale = 1 / Math.sqrt(variance + eps);
    const normalized = row.map((v) => (v - m) * scale);
    const of = mean(g), along = mean(g.map((v, i) => v * normalized[i]));
    return g.map((v, i) => scale * (v - of - normalized[i] * along));
  };
  const gradWeight = new Float64Array(features), gradBias = new Float64Array(features);
  grad.data.forEach((g, i) => {
    gradWeight[i % features] += g * y.data[i];
    gradBias[i % features] += g;
  });
  return {
    x: along(-1, backward, inner, x),
    weight: array64([features], gradWeight),
    bias: array64([features], gradBias),
  };
}
