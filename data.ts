/**
 * Image sets: read from files, drawn without any, or of your own; and their batches on the GPU.
 *
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { drawDigits, ImageBatches } from "./data.ts";
 * import { openGpu } from "./mod.ts";
 *
 * using _gpu = await openGpu();
 * const set = drawDigits({ count: 20, seed: 1, split: "train" });
 * using batches = new ImageBatches(set, { batchSize: 8, shuffle: true, dropLast: true, seed: 1 });
 * let seen = 0;
 * for await (const { images } of batches.epoch(1)) seen += images.shape[0];
 * assertEquals(seen, 16);
 * ```
 *
 * @module
 */
export { type DataDirectory, dataDirectory } from "./data/download/directory.ts";
export { type DigitsOptions, drawDigits } from "./data/drawn/digits.ts";
export { loadCifar10 } from "./data/sets/cifar10.ts";
export { loadFashionMnist } from "./data/sets/fashion_mnist.ts";
export { loadOwnImages, type OwnImages, type OwnImagesOptions } from "./data/own/own_images.ts";
export type { PixelShape } from "./data/formats/csv_header.ts";
export type { Labels } from "./src/dataset/labels.ts";
export { type ImageSet, subset } from "./src/dataset/image_set.ts";
export { imbalanced } from "./src/dataset/imbalance.ts";
export { leaveOut, type LeftOut } from "./src/dataset/leave_out.ts";
export { withLabelNoise } from "./src/dataset/label_noise.ts";
export { loadMnist } from "./data/sets/mnist.ts";
export type { UnlabelledImages } from "./data/formats/csv.ts";
export { loadDigitRecognizer, loadUnlabelled } from "./data/sets/digit_recognizer.ts";
export { parseSource, type Source } from "./data/own/source.ts";
export { type Augmentation, NO_AUGMENTATION } from "./src/dataset/augmentation.ts";
export type { BatchOptions, Normalization } from "./src/dataset/batch_options.ts";
export { type Batch, ImageBatches } from "./src/dataset/image_batches.ts";
