/** Pictures in a folder a class: which class each is of. */
import type { GivenFile } from "../messages.ts";

/** Folders around those of the classes that say what the pictures in them are for. */
const SPLITS = { train: /^train(ing)?$/i, test: /^test(ing)?$/i };

/** A picture, the name of its class, and what it is for, where its folders say that. */
export interface ClassPicture extends GivenFile {
  name: string;
  split?: keyof typeof SPLITS;
}

/**
 * Those of some pictures that are of a class. A class is a folder directly in the one around all of them, or directly in its
 * `train` and `test`, where it has both.
 */
export function classPictures(given: readonly GivenFile[]): ClassPicture[] {
  const folders = given.map(({ path }) => path.split("/").slice(0, -1));
  let depth = 0;
  while (folders.every((it) => it.length > depth && it[depth] === folders[0][depth])) depth++;
  const splitOf = (folder: string[]) =>
    (["train", "test"] as const).find((it) => SPLITS[it].test(folder[depth] ?? ""));
  const splits = new Set(folders.map(splitOf)), divided = splits.has("train") && splits.has("test");
  return given.flatMap((file, i) => {
    const folder = folders[i], split = divided ? splitOf(folder) : undefined;
    const at = divided ? depth + 1 : depth;
    const isOfClass = folder.length === at + 1 && (split !== undefined || !divided);
    return isOfClass ? [{ ...file, name: folder[at].normalize(), split }] : [];
  });
}
