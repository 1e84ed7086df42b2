/** Checks of image sets. */
import type { ImageSet } from "./image_set.ts";
import { described } from "../base/choice.ts";
import { BYTE_CLASSES } from "./labels.ts";

/**
 * Refuses what is no set.
 *
 * @throws {TypeError}
 */
export function checkIsSet(set: ImageSet): void {
  if (typeof set === "object" && set !== null) return;
  throw new TypeError(
    `Cannot use ${described(set)} as a set of images: give an ImageSet, such as drawDigits() makes`,
  );
}

/**
 * Refuses a set whose fields contradict each other: what it holds goes to the GPU as bytes, where nobody looks again.
 *
 * @throws {TypeError} For a field of another type.
 * @throws {RangeError} For a count, a length or a label that does not fit. The set and the field are named.
 */
export function checkImageSet(set: ImageSet): void {
  checkIsSet(set);
  const { name, split, count, height, width, channels, images, labels, classNames } = set;
  for (const [field, text] of Object.entries({ name, split })) {
    if (typeof text === "string") continue;
    throw new TypeError(
      `Cannot use a set of images: its ${field} is ${described(text)}; it must be a text`,
    );
  }
  const refusal = (field: string, wrong: string) =>
    `Cannot use ${name} ${split}: ${field} ${wrong}`;
  for (const [field, value] of Object.entries({ count, height, width, channels })) {
    if (Number.isInteger(value) && value > 0) continue;
    throw new RangeError(refusal(field, `is ${value}; it must be a whole number from 1`));
  }
  if (!(images instanceof Uint8Array)) {
    throw new TypeError(refusal("images", `is ${described(images)}; it must be a Uint8Array`));
  }
  const bytes = count * height * width * channels;
  if (images.length !== bytes) {
    throw new RangeError(
      refusal(
        "images",
        `has ${images.length} bytes; ${count} images of ${height}x${width}x${channels} have ${bytes}`,
      ),
    );
  }
  if (!Array.isArray(classNames) || !classNames.every((it) => typeof it === "string")) {
    const found = Array.isArray(classNames) ? "has what is no text" : `is ${described(classNames)}`;
    throw new TypeError(refusal("classNames", `${found}; it must be an array of texts`));
  }
  if (classNames.length === 0) {
    throw new RangeError(refusal("classNames", "is empty; it must have a name for each class"));
  }
  const classes = classNames.length;
  if (!(labels instanceof Uint8Array || labels instanceof Int32Array && classes > BYTE_CLASSES)) {
    throw new TypeError(
      refusal(
        "labels",
        `is ${
          described(labels)
        }; it must be a Uint8Array, or above ${BYTE_CLASSES} classes an Int32Array`,
      ),
    );
  }
  if (labels.length !== count) {
    throw new RangeError(
      refusal("labels", `has ${labels.length} numbers; ${count} images have a label each`),
    );
  }
  const wrong = (labels as Int32Array).findIndex((label) => label < 0 || label >= classes);
  if (wrong >= 0) {
    throw new RangeError(
      refusal(
        "labels",
        `has ${labels[wrong]} for image ${wrong}; there are ${classes} classes, 0 to ${
          classes - 1
        }`,
      ),
    );
  }
}

/**
 * Refuses two sets that no network can take one after the other.
 *
 * @throws {TypeError} When images or classes differ.
 */
export function checkAlike(train: ImageSet, test: ImageSet): void {
  const [trained, tested] = [train, test].map(({ height, width, channels }) =>
    `${height}x${width}x${channels}`
  );
  const what =
    `Cannot train on ${train.name} ${train.split} and test on ${test.name} ${test.split}`;
  if (trained !== tested) {
    throw new TypeError(`${what}: images of ${trained} and ${tested}; they must be alike`);
  }
  const { classNames } = train, others = test.classNames;
  const wrong = classNames.findIndex((name, k) => name !== others[k]);
  if (classNames.length !== others.length || wrong >= 0) {
    const k = wrong >= 0 ? wrong : classNames.length;
    throw new TypeError(
      `${what}: they have ${classNames.length} and ${others.length} classes, and class ${k} is ${
        [classNames, others].map((names) => JSON.stringify(names[k]) ?? "none").join(" and ")
      }; they must be the same, in one order`,
    );
  }
}
