/** How training images are varied. */

/** What happens to each image of a batch on the GPU, in this order; drawn anew for every sample and epoch. */
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
