/**
 * The files of a folder with one folder a class.
 *
 * @module
 */
import { join } from "../../src/base/path.ts";
import { onDisk } from "../../src/base/files.ts";
import { RunError } from "../../src/base/errors.ts";
import { type FileInfo, system } from "../../src/base/system.ts";

/** The pictures of one class. */
export interface ClassFiles {
  /** The name of its folder, with each letter and its mark as one (NFC), however the system spells it. */
  name: string;
  /** Paths of its pictures, sorted by name. */
  files: string[];
}

/** What is in such a folder. */
export interface FolderFiles {
  /** Sorted by name. */
  classes: ClassFiles[];
  /** What else lies there, in a sentence. */
  note?: string;
}

/**
 * Lists the pictures of a folder that holds one folder a class. What is hidden (its name starts with a dot, or is
 * `__MACOSX`, which archives of macOS leave beside the folders) is not looked at; a picture is what is called `.png`, `.jpg` or `.jpeg`, in capitals or not. Names are sorted by their
 * code units (NFC), so that the order is the same everywhere. Links that lead out of the folder, or nowhere, are not followed.
 *
 * @throws {RunError} If it is no folder, holds fewer than two classes or one without pictures.
 */
export async function listFolder(directory: string): Promise<FolderFiles> {
  const refuse = (state: string) => new RunError(`Cannot use ${directory}: ${state}`);
  const info = await system.stat(directory).catch((error) => {
    if (error instanceof system.errors.NotFound) throw refuse("there is no such folder");
    return onDisk(`look at ${directory}`, Promise.reject(error));
  });
  if (!info.isDirectory) {
    throw refuse("it is a file, but should be a folder with one folder a class");
  }
  const root = await onDisk(`look at ${directory}`, system.realPath(directory));
  const top = await entriesOf(directory, root);
  const classes: ClassFiles[] = [];
  let ignored = top.pictures.length + top.others, links = top.links;
  for (const name of top.folders) {
    const { pictures, folders, ...rest } = await entriesOf(join(directory, name), root);
    if (pictures.length === 0) {
      const instead = folders.length > 0 ? `, but folders (${folders.length})` : "";
      throw refuse(
        `its folder ${name} holds no .png, .jpg or .jpeg files${instead}${butLinks(rest.links)}; ` +
          "each folder is a class",
      );
    }
    ignored += folders.length + rest.others;
    links += rest.links;
    const className = name.normalize();
    if (classes.some(({ name }) => name === className)) {
      throw refuse(
        `two of its folders are called ${className}, spelled in two ways that look the same; ` +
          "put their pictures into one",
      );
    }
    classes.push({ name: className, files: pictures.map((file) => join(directory, name, file)) });
  }
  if (classes.length === 0) {
    const pictures = top.pictures.length > 0 ? `pictures (${top.pictures.length}), but ` : "";
    throw refuse(
      `it holds ${pictures}no folders${butLinks(links)}; ` +
        "put the pictures of each class into a folder of its name",
    );
  }
  if (classes.length < 2) {
    throw refuse(`it holds one class, ${classes[0].name}${butLinks(links)}; two are the fewest`);
  }
  const leftOut = [
    ignored > 0 ? `what is no .png, .jpg or .jpeg file of a class (${ignored})` : "",
    links > 0 ? `links out of the folder, which are not followed (${links})` : "",
  ].filter(Boolean).join(", and ");
  return { classes, ...leftOut && { note: `left out: ${leftOut}` } };
}

/**
 * Paths of all pictures in a folder and in the folders in it, each folder's own first, sorted by name. What is hidden, and
 * links that lead out of it, are left out. A folder is read once, however many links lead to it.
 *
 * @throws {RunError} If it holds none.
 */
export async function picturesIn(directory: string): Promise<string[]> {
  const root = await onDisk(`look at ${directory}`, system.realPath(directory));
  const found: string[] = [], seen = new Set<string>();
  for (const waiting = [directory]; waiting.length > 0;) {
    const folder = waiting.pop()!;
    const real = await onDisk(`look at ${folder}`, system.realPath(folder));
    if (seen.has(real)) continue;
    seen.add(real);
    const { pictures, folders } = await entriesOf(folder, root);
    for (const name of pictures) found.push(join(folder, name));
    for (const name of folders.reverse()) waiting.push(join(folder, name));
  }
  if (found.length > 0) return found;
  throw new RunError(`Cannot use ${directory}: it holds no .png, .jpg or .jpeg files`);
}

function butLinks(links: number): string {
  return links === 0 ? "" : `, but links that lead out of it, which are not followed (${links})`;
}

/** What is in a folder, sorted, without hidden names. Links count as what they lead to, if that lies within `root`. */
async function entriesOf(folder: string, root: string) {
  const pictures: string[] = [], folders: string[] = [];
  let links = 0, others = 0;
  const entries = await onDisk(`read ${folder}`, Array.fromAsync(system.readDir(folder)));
  for (const entry of entries) {
    const { name } = entry;
    if (name.startsWith(".") || name === "__MACOSX") continue;
    await checkName(folder, name);
    const kind = entry.isSymlink ? await within(join(folder, name), root) : entry;
    if (kind === undefined) links++;
    else if (kind.isDirectory) folders.push(name);
    else if (kind.isFile && /\.(png|jpe?g)$/i.test(name)) pictures.push(name);
    else others++; // another file, or a pipe, which would never end
  }
  return { pictures: sorted(pictures), folders: sorted(folders), links, others };
}

/** Names by their code units, each letter and its mark as one: systems spell them in two ways, and copies change that. */
function sorted(names: string[]): string[] {
  const keys = new Map(names.map((name) => [name, `${name.normalize()}\0${name}`]));
  return names.sort((a, b) => keys.get(a)! < keys.get(b)! ? -1 : 1);
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
    await system.lstat(path); // the mark may stand in a name itself
  } catch (error) {
    if (!(error instanceof system.errors.NotFound)) return;
    throw new RunError(`Cannot use ${path}: its name is not valid UTF-8; rename it`);
  }
}

/** What a link leads to, or undefined if that is not there or outside of `root`. */
async function within(path: string, root: string): Promise<FileInfo | undefined> {
  try {
    const target = await system.realPath(path);
    return target.startsWith(join(root, "/")) ? await system.stat(target) : undefined;
  } catch {
    return undefined;
  }
}
