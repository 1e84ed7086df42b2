/** Samples to draw, the same on every machine. */
import { drawDigits } from "../../../data/drawn/digits.ts";

export const title = "cent-mnist-2 · quick · epoch 12 of 20";
export const subtitle = "test: 97.31 % by logit, 97.05 % by nearest center";
export const range = { xMin: -11, xMax: 11, yMin: -11, yMax: 11 };
export const digits = Array.from({ length: 10 }, (_, k) => `${k}`);
export const letters = Array.from({ length: 26 }, (_, k) => String.fromCharCode(97 + k));
export const clothes = "T-shirt trouser pullover dress coat sandal shirt sneaker bag boot".split(
  " ",
);

export function numbered(count: number): string[] {
  return Array.from({ length: count }, (_, k) => `class number ${k}`);
}

/** Labels 0 to `classes - 1`, again and again. */
export function inTurn(count: number, classes = 10): Uint8Array {
  return Uint8Array.from({ length: count }, (_, i) => i % classes);
}

/** Samples in round heaps on a ring; a third feature goes up and down along the ring. */
export function heaps(
  labels: Uint8Array,
  { classes = 10, features = 2, wide = 3, turn = 0 } = {},
) {
  const random = uniform();
  const centers = Float32Array.from({ length: features * classes }, (_, i) => {
    const angle = 2 * Math.PI * Math.floor(i / features) / classes + turn;
    return [7 * Math.cos(angle), 7 * Math.sin(angle), 4 * Math.sin(2 * angle)][i % features];
  });
  const points = Float32Array.from({ length: features * labels.length }, (_, i) => {
    const center = centers[features * labels[Math.floor(i / features)] + i % features];
    return center + wide * (random() + random() + random() - 1.5);
  });
  return { points, labels, centers };
}

/** Moves two points out of the range, one center too, and makes a point that is not a number. */
export function spoilt<T extends { points: Float32Array; centers: Float32Array }>(samples: T): T {
  samples.points.set([99, 0, 0, -50, NaN, 1]);
  samples.centers.set([0, 40]);
  return samples;
}

/** Drawn digits with three features each. */
export function digitImages(count: number) {
  const { images, height, width, labels } = drawDigits({ count, seed: 1, split: "train" });
  const samples = heaps(Uint8Array.from(labels), { features: 3 });
  return { ...samples, images, height, width, channels: 1, classNames: digits, title };
}

/** The same, yellow on dark blue. */
export function colorImages(count: number) {
  const grey = digitImages(count);
  const [paper, ink] = [[20, 40, 110], [255, 220, 90]];
  const images = Uint8Array.from({ length: 3 * grey.images.length }, (_, i) => {
    const c = i % 3;
    return paper[c] + (ink[c] - paper[c]) * grey.images[Math.floor(i / 3)] / 255;
  });
  return { ...grey, images, channels: 3 };
}

/** Numbers from 0 to 1, by Numerical Recipes' generator: whole numbers, which no machine rounds otherwise. */
function uniform(): () => number {
  let state = 1;
  return () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
}
