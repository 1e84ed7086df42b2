/** The images of a set in the space of three components. */
import { percent } from "../../src/base/format.ts";
import { type ImageSet, picked } from "../../src/dataset/image_set.ts";
import { type Frame, type Heading, thumbnailMap } from "../../src/figures/mod.ts";
import { type PcaBasis, project } from "../../src/metrics/pca.ts";

/** Images of a picture, from the start of the set; more would hide each other. */
export const MOST_THUMBNAILS = 10_000;

/**
 * Draws the first images of a set, without those that the epoch left out.
 *
 * @param rows Features, `[count, basis.dim]`; NaN for what was left out.
 * @param headingOf What stands over so many images.
 */
export function thumbnailsOf(
  set: ImageSet,
  rows: Float32Array,
  basis: PcaBasis,
  headingOf: (shown: number) => Heading,
): Frame {
  const { dim } = basis;
  const first = Array.from({ length: Math.min(MOST_THUMBNAILS, rows.length / dim) }, (_, i) => i);
  const shown = first.filter((i) => !Number.isNaN(rows[i * dim]));
  const features = new Float32Array(shown.length * dim);
  shown.forEach((i, k) => features.set(rows.subarray(i * dim, (i + 1) * dim), k * dim));
  return thumbnailMap({
    ...picked(set, shown),
    points: project(features, basis),
    ...headingOf(shown.length),
    axisLabels: [0, 1, 2].map((k) => `PC ${withShare(basis, k)}`) as [string, string, string],
  });
}

/** A component's number with its share of the variance. */
export function withShare({ shares }: PcaBasis, k: number): string {
  return `${k + 1} (${percent(shares[k], 100 * shares[k] < 9.95 ? 1 : 0)} of the variance)`;
}
