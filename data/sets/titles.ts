/**
 * What the data sets are called where people read of them.
 *
 * @module
 */

/** Titles by the names that commands take. */
export const SET_TITLES = {
  "digits": "drawn digits",
  "mnist": "MNIST",
  "fashion-mnist": "Fashion-MNIST",
  "cifar-10": "CIFAR-10",
  "digit-recognizer": "Digit Recognizer",
} as const;

/** The title of a data set; of one that is not listed, such as somebody's own images, its name. */
export function titleOfSet(name: string): string {
  return Object.hasOwn(SET_TITLES, name) ? SET_TITLES[name as keyof typeof SET_TITLES] : name;
}
