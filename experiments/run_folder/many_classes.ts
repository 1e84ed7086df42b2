/** What a run writes shorter, or leaves out, where the pairs of its classes are too many. */

/** Up to so many classes there is a number for each pair of them: 4,950 distances between centers an epoch. */
export const MOST_PAIRED_CLASSES = 100;

/** Whether tables and figures over pairs of classes are written whole. */
export function writesClassPairs(classes: number): boolean {
  return classes <= MOST_PAIRED_CLASSES;
}

/** A line on what differs; undefined where nothing does. */
export function manyClassesNote(classes: number): string | undefined {
  if (writesClassPairs(classes)) return undefined;
  return `${
    classes.toLocaleString("en")
  } classes: above ${MOST_PAIRED_CLASSES}, confusion.csv has a line for each pair ` +
    "of classes that occurred, and center_distances.csv is left out";
}
