/**
 * The files of a folder with one folder a class.
 *
 * @module
 */
import { join } from "node:path";
import { onDisk } from "../../src/base/files.ts";
import { RunError } from "../../src/base/errors.ts";

/** The pictures of one class. */
export interface ClassFiles {
  /** The name of its folder. */
  name: string;
  /** Paths of its pictures, sorted by name. */
  files: string[];
}

/** What is in such a folder. */
export interface FolderFiles {
  /** Sorted by name. */
  classes: ClassFiles[];
  /** How many files, folders and the like are neither classes nor pictures by name. */
  ignored: number;
  /** How many links lead out of the folder, or nowhere: they are not followed. */
  links: number;
}

/**
 * Lists the pictures of a folder that holds one folder a class. What is hidden (its name starts with a dot) is not
 * looked at; a picture is what is called `.png`, `.jpg` or `.jpeg`, in capitals or not. Names are sorted by their
 * code units, so that the order is the same everywhere.
 *
 * @throws {RunError} If it is no folder, holds fewer than two classes or one without pictures.
 */
export async function listFolder(directory: string): Promise<FolderFiles> {
  const refuse = (state: string) => new RunError(`Cannot use ${directory}: ${state}`);
  const info = await Deno.stat(directory).catch((error) => {
    if (error instanceof Deno.errors.NotFound) throw refuse("there is no such folder");
    return onDisk(`look at ${directory}`, Promise.reject(error));
  });
  if (!info.isDirectory) {
    throw refuse("it is a file, but should be a folder with one folder a class");
  }
  const root = await onDisk(`look at ${directory}`, Deno.realPath(directory));
  const top = await entriesOf(directory, root);
  const found: FolderFiles = {
    classes: [],
    ignored: top.files.length + top.others,
    links: top.links,
  };
  for (const name of top.folders) {
    const { files, folders, links, others } = await entriesOf(join(directory, name), root);
    const pictures = files.filter(isPicture);
    found.ignored += files.length - pictures.length + folders.length + others;
    found.links += links;
    if (pictures.length === 0) {
      const instead = [
        ...folders.length === 0 ? [] : [`${folders.length} folders`],
        ...links === 0 ? [] : [linksOut(links)],
      ].join(" and ");
      throw refuse(
        `its folder ${name} holds no .png, .jpg or .jpeg files${
          instead && `, but ${instead}`
        }; each folder is a class`,
      );
    }
    found.classes.push({ name, files: pictures.map((file) => join(directory, name, file)) });
  }
  const { length } = found.classes;
  if (length === 0) {
    const pictures = top.files.filter(isPicture).length;
    throw refuse(
      `it holds ${pictures === 0 ? "" : `${pictures} pictures, but `}no folders${
        butLinks(top.links)
      }; put the pictures of each class into a folder of its name`,
    );
  }
  if (length < 2) {
    throw refuse(
      `it holds one class, ${found.classes[0].name}${butLinks(top.links)}; two are the fewest`,
    );
  }
  return found;
}

/** What links are that are not followed: `"2 links out of it, which are not followed"`. */
function linksOut(links: number): string {
  return links === 1
    ? "a link that leads out of it, which is not followed"
    : `${links} links that lead out of it, which are not followed`;
}

function butLinks(links: number): string {
  return links === 0 ? "" : `, but ${linksOut(links)}`;
}

function isPicture(name: string): boolean {
  return /\.(png|jpe?g)$/i.test(name);
}

/** The names in a folder, sorted, without hidden ones. Links count as what they lead to, if that lies within `root`. */
async function entriesOf(folder: string, root: string) {
  const files: string[] = [], folders: string[] = [];
  let links = 0, others = 0;
  const entries = await onDisk(`read ${folder}`, Array.fromAsync(Deno.readDir(folder)));
  for (const entry of entries) {
    const { name } = entry;
    if (name.startsWith(".")) continue;
    await checkName(folder, name);
    const kind = entry.isSymlink ? await within(join(folder, name), root) : entry;
    if (kind === undefined) links++;
    else if (kind.isDirectory) folders.push(name);
    else if (kind.isFile) files.push(name);
    else others++; // a pipe, which would never end
  }
  return { files: files.sort(), folders: folders.sort(), links, others };
}

/**
 * Refuses a name that is no UTF-8: Deno gives it with a mark (U+FFFD) for each wrong byte, and finds nothing by that.
 *
 * @throws {RunError} With the name as it can be shown.
 */
async function checkName(folder: string, name: string): Promise<void> {
  if (!name.includes("\ufffd")) return;
  const path = join(folder, name);
  try {
    await Deno.lstat(path); // the mark may stand in a name itself
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) return;
    throw new RunError(`Cannot use ${path}: its name is not valid UTF-8; rename it`);
  }
}

/** What a link leads to, or undefined if that is not there or outside of `root`. */
async function within(path: string, root: string): Promise<Deno.FileInfo | undefined> {
  try {
    const target = await Deno.realPath(path);
    return target.startsWith(join(root, "/")) ? await Deno.stat(target) : undefined;
  } catch {
    return undefined;
  }
}
