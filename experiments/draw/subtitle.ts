/**
 * What stands under the title of a picture of so many of a set's images: how many they are, then `what` is drawn of them, and how
 * well all of the set are classified.
 *
 * @param part Whether these are not all: accuracies are then said to be of all.
 */
export function subtitleOf(
  { shown, count, split, part = shown < count, what = "" }: {
    shown: number;
    count: number;
    split: "train" | "test";
    part?: boolean;
    what?: string;
  },
  rates: string,
): string {
  const number = (n: number) => n.toLocaleString("en");
  const images = `${number(shown)}${part ? ` of ${number(count)}` : ""} ${
    split === "train" ? "training" : "test"
  } images${what}`;
  return part ? `${images} · of all: ${rates}` : `${images}: ${rates}`;
}
