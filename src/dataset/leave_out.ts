/** Classes that a network does not learn, so that it can be asked whether it notices them. */
import { checkList } from "../tensor/shape.ts";
import { type ImageSet, picked } from "./image_set.ts";
import { relabelled } from "./labels.ts";

/** A set in two parts. */
export interface LeftOut {
  /** The images of the other classes, which are numbered anew in their order, from 0. */
  kept: ImageSet;
  /** The images of the classes that are left out, with the labels and class names that they had. */
  left: ImageSet;
}

/**
 * Leaves classes out of a set, as open-set recognition does: what is left out belongs to no known class.
 *
 * @param classes Their numbers.
 * @throws {TypeError} When the classes are no list.
 * @throws {RangeError} When the set has no such class, or fewer than two would be left.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { drawDigits, leaveOut } from "../../data.ts";
 *
 * const { kept, left } = leaveOut(drawDigits({ count: 50, seed: 1, split: "test" }), [3, 5]);
 * assertEquals(kept.classNames, ["0", "1", "2", "4", "6", "7", "8", "9"]);
 * assertEquals(kept.count + left.count, 50);
 * assertEquals(Math.max(...kept.labels), 7);
 * ```
 */
export function leaveOut(set: ImageSet, classes: readonly number[]): LeftOut {
  const { classNames, labels, name } = set, all = classNames.map((_, k) => k);
  checkList(`leave classes out of ${name}`, "what names them", classes);
  const unknown = classes.find((k) => !all.includes(k));
  if (unknown !== undefined) {
    throw new RangeError(
      `Cannot leave class ${unknown} out of ${name}: its classes are 0 to ${all.length - 1}`,
    );
  }
  const known = all.filter((k) => !classes.includes(k));
  if (known.length < 2) {
    throw new RangeError(
      `Cannot leave ${classes.length} of ${all.length} classes out of ${name}: two must be left`,
    );
  }
  const rows = { kept: [] as number[], left: [] as number[] };
  labels.forEach((label, i) => rows[classes.includes(label) ? "left" : "kept"].push(i));
  const kept = picked(set, rows.kept), numbers = new Map(known.map((k, to) => [k, to]));
  return {
    kept: {
      ...kept,
      labels: relabelled(kept.labels, numbers, known.length),
      classNames: known.map((k) => classNames[k]),
    },
    left: picked(set, rows.left),
  };
}
