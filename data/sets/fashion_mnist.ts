/**
 * Fashion-MNIST: 60,000 training and 10,000 test images of clothes, 28x28 grey pixels (Xiao, Rasul and
 * Vollgraf, "Fashion-MNIST: a novel image dataset for benchmarking machine learning algorithms", 2017,
 * https://arxiv.org/abs/1708.07747; https://github.com/zalandoresearch/fashion-mnist, MIT licence).
 *
 * @module
 */
import { type IdxSource, loadIdxSet } from "./idx_set.ts";
import type { ImageSet } from "../../src/dataset/image_set.ts";
import { SETS } from "./facts.ts";

/** Where Fashion-MNIST comes from, and what it is called. */
export const FASHION_MNIST: IdxSource = {
  name: "fashion-mnist",
  title: SETS["fashion-mnist"].title,
  sha256: {
    train: {
      images: "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
      labels: "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
    },
    test: {
      images: "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
      labels: "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34",
    },
  },
  // The bucket that the publisher names, by its address with TLS, and the publisher's repository.
  mirrors: [
    "https://fashion-mnist.s3.eu-central-1.amazonaws.com/",
    "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/",
  ],
  side: 28,
  classNames: [
    ...["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat"],
    ...["Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"],
  ],
};

/**
 * Reads a split of Fashion-MNIST from `<directory>/fashion-mnist/`, where the files have their official
 * names, packed (`.gz`) or unpacked. Needs the permission to read that folder.
 *
 * ```ts ignore
 * import { dataDirectory, loadFashionMnist } from "../../data.ts";
 *
 * const train = await loadFashionMnist(dataDirectory().path, "train");
 * train.classNames[train.labels[0]]; // "Ankle boot"
 * ```
 *
 * @returns Images of shape [count, 28, 28, 1] with labels 0 to 9.
 * @throws {RunError} If a file is missing, no file, damaged, or does not belong to the other.
 * @throws {RangeError} For another split.
 */
export function loadFashionMnist(directory: string, split: "train" | "test"): Promise<ImageSet> {
  return loadIdxSet(FASHION_MNIST, directory, split);
}
