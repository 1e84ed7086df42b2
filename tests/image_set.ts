/** Small sets of images for tests. */
import type { ImageSet } from "../src/dataset/image_set.ts";
import { Random } from "../src/model/random.ts";

/** What {@linkcode noise} makes. */
export interface NoiseOptions {
  count: number;
  height: number;
  width: number;
  channels?: number;
  classes?: number;
  seed?: number;
}

/** Images of random bytes with random labels. */
export function noise(
  { count, height, width, channels = 1, classes = 10, seed = 1 }: NoiseOptions,
): ImageSet {
  const random = new Random(seed, "weights");
  const images = Uint8Array.from(
    { length: count * height * width * channels },
    () => random.bits(),
  );
  const labels = Uint8Array.from({ length: count }, () => Math.floor(classes * random.uniform()));
  const classNames = Array.from({ length: classes }, (_, k) => String(k));
  const split = "train";
  return { name: "noise", split, count, height, width, channels, images, labels, classNames };
}
