/** How training images are varied. */
import { onlyOptions } from "../base/choice.ts";
import type { ImageSet } from "./image_set.ts";

/**
 * What happens to each image of a batch on the GPU, in this order; drawn anew for every sample and epoch. Nothing of it
 * depends on the batch size or on the order of the samples.
 *
 * @example CIFAR-10's usual recipe, and an image that is certainly mirrored
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { type Augmentation, ImageBatches, NO_AUGMENTATION, openGpu } from "../../mod.ts";
 *
 * const cifar: Augmentation = { flip: 0.5, rotation: 0, padding: 4 };
 * assertEquals(cifar.padding, 4);
 *
 * using _gpu = await openGpu();
 * const set = {
 *   name: "dots", split: "train", count: 1, height: 1, width: 3, channels: 1, classNames: ["left"],
 *   images: Uint8Array.of(255, 0, 0), labels: Uint8Array.of(0),
 * };
 * const batches = new ImageBatches(set, {
 *   batchSize: 1, shuffle: false, dropLast: false, seed: 1, augmentation: { ...NO_AUGMENTATION, flip: 1 },
 * });
 * batches.startEpoch(1);
 * assertEquals([...await batches.next(1).images.read()], [0, 0, 1]);
 * ```
 */
export interface Augmentation {
  /** Probability of a mirror image, left to right; 0 leaves all as they are. */
  flip: number;
  /** Rotated about the middle by up to so many degrees to either side, bilinear, zeros from outside; 0 rotates none. */
  rotation: number;
  /** Cut to the image's size, at a place drawn at random, from the image with so many zeros on every side; 0 cuts none. */
  padding: number;
}

/** Images as they are. */
export const NO_AUGMENTATION: Augmentation = { flip: 0, rotation: 0, padding: 0 };

/**
 * Refuses what cannot be done to a set's images.
 *
 * @throws {RangeError} When `flip` is no probability, `rotation` is not from 0 to 180, or `padding` is not a whole number
 * smaller than both sides of an image, so that something of it is always left.
 */
export function checkAugmentation(augmentation: Augmentation, set: ImageSet): void {
  const { name, height, width } = set, known = ["flip", "rotation", "padding"] as const;
  const { flip, rotation, padding } = onlyOptions(
    "vary images",
    augmentation,
    known,
    "augmentation",
  );
  const most = Math.min(height, width) - 1;
  if (!(flip >= 0 && flip <= 1)) {
    throw new RangeError(`Cannot flip ${name} images: flip is ${flip}; a probability is 0 to 1`);
  }
  if (!(rotation >= 0 && rotation <= 180)) {
    throw new RangeError(
      `Cannot rotate ${name} images: rotation is ${rotation}; give 0 to 180 degrees`,
    );
  }
  if (!(Number.isInteger(padding) && padding >= 0 && padding <= most)) {
    throw new RangeError(
      `Cannot pad ${name} images of ${height}x${width}: padding is ${padding}; give a whole number from 0 to ${most}`,
    );
  }
}
