/** What a user may have meant. */
import { levenshteinDistance } from "@std/text/levenshtein-distance";
import { UsageError } from "../src/base/errors.ts";

/** The name nearest to a word: at most every third letter differs; undefined where none is so near. */
export function nearest(word: string, names: readonly string[]): string | undefined {
  const letters = (text: string) => text.replace(/^-+/, "");
  const length = letters(word).length, most = Math.min(Math.ceil(length / 3), length - 1);
  const near = names.map((name) => ({
    name,
    distance: levenshteinDistance(letters(word), letters(name)),
  })).filter(({ distance }) => distance <= most);
  return near.sort((a, b) => a.distance - b.distance).at(0)?.name;
}

/** Refuses a name: says which one is near, and which there are. */
export function unknownName(kind: string, name: string, names: readonly string[]): UsageError {
  const near = nearest(name, names);
  const meant = near ? `did you mean "${near}"? There` : "there";
  return new UsageError(`Unknown ${kind} "${name}": ${meant} are ${names.join(", ")}`);
}
