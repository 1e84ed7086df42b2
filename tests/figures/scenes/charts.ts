/** Curves, matrices and reliability diagrams. */
import { curves } from "../../../src/figures/charts/curves.ts";
import { matrixMap } from "../../../src/figures/charts/matrix_map.ts";
import { scatter } from "../../../src/figures/charts/scatter.ts";
import { reliability } from "../../../src/figures/charts/reliability.ts";
import type { Frame } from "../../../src/figures/paint/canvas.ts";
import { clothes, digits, title } from "./samples.ts";

function falling(from: number, floor: number): number[] {
  return Array.from({ length: 60 }, (_, i) => floor + from / (i + 1) + 0.02 * Math.cos(i * i));
}

/** Three runs with bands; one band has a gap, and one run ends before the others. */
function compared(height: number) {
  return [0.01, 0.1, 1].map((weight, k) => {
    const values = falling(height + k, 0.2).slice(0, 12 - 3 * k);
    const gap = (i: number) => k === 1 && i === 4 ? NaN : 0.1 + 0.04 * k;
    return {
      name: `weight-center=${weight}`,
      values,
      band: { low: values.map((v, i) => v - gap(i)), high: values.map((v, i) => v + gap(i)) },
    };
  });
}

/** `n * n` correlations, 1 with itself. */
function matrix(n: number, other: (i: number) => number): number[] {
  return Array.from({ length: n * n }, (_, i) => i % (n + 1) ? other(i) : 1);
}

function panel(bins: number, name = "softmax") {
  return {
    name,
    bins: Array.from({ length: bins }, (_, i) => ({
      confidence: (i + 0.5) / bins,
      accuracy: i === 1 ? 0.9 : (i / (bins - 1)) ** 2,
      count: i === 2 ? 0 : Math.floor(10 ** (i / 3)),
    })),
    ece: 0.0534,
    meanConfidence: 0.85,
    accuracy: 0.795,
  };
}

/** So many points whose heights fall with their distance, the highest two with names. */
function points(n: number, height: number) {
  return Array.from({ length: n }, (_, i) => ({
    x: 0.3 + 1.5 * i / n + 0.1 * Math.sin(7 * i),
    y: i % 3 === 2 ? 0 : height * Math.exp(-3 * i / n) * (1 + 0.3 * Math.cos(5 * i)),
    ...(i < 2 && { name: `${clothes[i]}, ${clothes[i + 4]}` }),
  }));
}

export const charts: Record<string, () => Frame> = {
  "scatter": () =>
    scatter({
      title: "Confusions by the distance of two centers · quick",
      subtitle: "a point for each pair of classes",
      panels: [
        {
          title: "cross-entropy",
          series: [
            {
              name: "fashion-mnist",
              note: "r = −0.86, shuffled 0.00 ± 0.15",
              points: points(45, 9),
            },
            {
              name: "mnist",
              note: "r = −0.70",
              points: points(30, 3).map((p) => ({ ...p, name: "" })),
            },
          ],
        },
        { title: "center loss", series: [{ name: "none", points: [{ x: NaN, y: 1 }] }] },
      ],
      xLabel: "distance by the mean distance",
      yLabel: "confused in %",
      size: { width: 660, height: 330 },
    }),
  "curves": () =>
    curves({
      title,
      panels: [
        {
          title: "losses",
          yLabel: "loss",
          log: true,
          series: [
            { name: "softmax, training", values: falling(2, 0).with(20, NaN).with(40, -1) },
            { name: "softmax, test", values: falling(2.6, 0.1), dashed: true },
            { name: "center, training", values: falling(0.4, 0.03) },
            { name: "a lone value", values: new Array(60).fill(NaN).with(30, 1) },
          ],
        },
        {
          title: "accuracy",
          yLabel: "accuracy in %",
          series: [{ name: "test", values: falling(-60, 99) }],
        },
      ],
      size: { width: 640, height: 370 },
    }),
  "curves-compared": () =>
    curves({
      title,
      subtitle: "mean of seeds 1 to 3; the band is the deviation",
      legend: "once",
      size: { width: 800, height: 340 },
      panels: [
        { title: "Training loss", yLabel: "loss", log: true, series: compared(1) },
        { title: "Test accuracy by logit", yLabel: "accuracy", series: compared(0.4) },
      ],
    }),
  "curves-short": () =>
    curves({
      title: "a title that is too long for its figure ".repeat(3),
      xLabel: "step",
      firstEpoch: 0,
      panels: [[0.5], [], [7, 7, 7], [1, 0.7, 0.6, 0.58]].map((values, i) => ({
        title: ["one", "none", "flat", "few"][i],
        yLabel: "loss",
        log: i === 2,
        series: [{ name: "loss", values, dashed: i === 3 }],
      })),
      size: { width: 840, height: 246 },
    }),
  "matrix-map": () =>
    matrixMap({
      values: matrix(4, (i) => 0.98 * Math.cos(2.2 * i)).with(13, NaN),
      names: digits.slice(0, 4),
      title: "density-correlation · quick",
      subtitle: "correlation of the centers",
    }),
  // No minus stands before what rounds to zero, and names that begin alike differ.
  "matrix-map-names": () =>
    matrixMap({
      values: matrix(3, (i) => -0.001 * i),
      names: [clothes[0], ...["wide", "high"].map((it) => `a name longer than its cell is ${it}`)],
      title,
      unit: "cosine",
    }),
  "matrix-map-100": () =>
    matrixMap({
      values: matrix(100, (i) => Math.sin(Math.floor(i / 500)) / 2),
      names: Array.from({ length: 100 }, (_, k) => `${k}`),
      title,
    }),
  "matrix-map-one": () => matrixMap({ values: [1], names: ["alone"], title: "one center" }),
  "reliability": () =>
    reliability({
      title: "keras · quick · epoch 12 of 12",
      subtitle: "test",
      panels: [panel(15, "λ = 0.5"), {
        ...panel(3, "a name that goes on and on"),
        bins: [{ confidence: NaN, accuracy: NaN, count: 0 }],
        meanConfidence: NaN,
      }],
      side: 160,
    }),
};
