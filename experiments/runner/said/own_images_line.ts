/** What a run says of one's own images: whether all were found, and as what. */
import { printable } from "../../../src/base/printable.ts";
import type { ImageSet, Sets } from "../../../src/dataset/image_set.ts";

/** Of more classes the first are named. */
const MOST_NAMED = 12;

/** A line with the classes, how many images each has, and how many are trained on. */
export function ownImagesLine({ train, test }: Sets): string {
  const { name, height, width, channels, classNames } = train;
  const counts = new Array<number>(classNames.length).fill(0);
  for (const { labels } of [train, test]) for (const label of labels) counts[label]++;
  const named = classNames.slice(0, MOST_NAMED).map((it, k) => `${printable(it)} ${counts[k]}`);
  const others = counts.slice(MOST_NAMED);
  const rest = others.length === 0
    ? ""
    : ` and ${others.length} more of ${Math.min(...others)} to ${Math.max(...others)} images`;
  const count = (set: ImageSet) => set.count.toLocaleString("en");
  return `${name}: ${counts.length} classes (${named.join(", ")}${rest}), ${
    count(train)
  } images to train and ` +
    `${count(test)} to test, ${height}x${width} pixels, ${channels === 1 ? "grey" : "colour"}`;
}
