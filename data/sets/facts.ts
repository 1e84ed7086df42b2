/**
 * What the data sets are called where people read of them, and how large their images are.
 *
 * @module
 */

/** What is known of a data set without its files. */
export interface SetFacts {
  /** Its name in sentences. */
  title: string;
  height: number;
  width: number;
  channels: number;
  classes: number;
}

const GREY = { height: 28, width: 28, channels: 1, classes: 10 };

/** The data sets by the names that commands and rows take. */
export const SETS = {
  "digits": { title: "drawn digits", ...GREY },
  "mnist": { title: "MNIST", ...GREY },
  "fashion-mnist": { title: "Fashion-MNIST", ...GREY },
  "cifar-10": { title: "CIFAR-10", height: 32, width: 32, channels: 3, classes: 10 },
  "digit-recognizer": { title: "Digit Recognizer", ...GREY },
} satisfies Record<string, SetFacts>;

/** The name of a data set. */
export type SetName = keyof typeof SETS;

/** The title of a data set; of one that is not listed, such as somebody's own images, its name. */
export function titleOfSet(name: string): string {
  return Object.hasOwn(SETS, name) ? SETS[name as SetName].title : name;
}
