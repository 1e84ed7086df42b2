/** A lock, so that one process at a time writes into a run folder. The system releases it however the process ends. */
import { dirname, join, resolve } from "../../src/base/path.ts";
import { RunError, UsageError } from "../../src/base/errors.ts";
import { fileInTheWay } from "../../src/base/files.ts";
import { reason } from "../../src/base/reason.ts";

/** The file that is locked. It is there while a process writes into the folder, and stays when that is killed. */
export const LOCK_NAME = ".lock";

/** A folder that no other process writes into until this is disposed. */
export class FolderLock implements Disposable {
  readonly #folder: string;
  readonly #file: Deno.FsFile;
  /** Folders that `take()` made, the innermost first. */
  readonly #made: readonly string[];
  /** Whether a file of that name was there before: a killed process left it, or it is not ours. */
  #found: boolean;

  private constructor(folder: string, file: Deno.FsFile, made: readonly string[], found: boolean) {
    this.#folder = folder;
    this.#file = file;
    this.#made = made;
    this.#found = found;
  }

  /**
   * Locks a folder; makes it where there is none.
   *
   * @throws {RunError} When another process has it, or it cannot be written into, or its file system has no locks.
   */
  static async take(folder: string): Promise<FolderLock> {
    const made = missingOf(folder);
    while (true) {
      const found = isThere(join(folder, LOCK_NAME));
      const lock = new FolderLock(folder, await opened(folder), made, found);
      if (!await lock.#tryLock()) {
        lock.#file.close();
        throw new RunError(
          `${folder} is in use by another process: wait until it is done, or choose another --out`,
        );
      }
      // The process that held the lock may have deleted the file between the two calls. Then a deleted file is locked.
      if (lock.#isThere()) return lock;
      lock.#file.close();
    }
  }

  async #tryLock(): Promise<boolean> {
    try {
      return await this.#file.tryLock(true);
    } catch (error) {
      this[Symbol.dispose]();
      throw new RunError(
        `${this.#folder} cannot be locked (${
          reason(error)
        }): choose another --out, on a file system with locks`,
      );
    }
  }

  /** Says that the run may use the folder. The file is deleted with the lock then, whoever made it. */
  adopt(): void {
    this.#found = false;
  }

  /**
   * Makes sure that the folder is still the one that was locked.
   *
   * @throws {RunError} When it was deleted, moved or replaced.
   */
  check(): void {
    if (this.#isThere()) return;
    throw new RunError(
      `${this.#folder} was deleted, moved or replaced while the run wrote into it: nothing more is written; start again`,
    );
  }

  /**
   * Deletes the file while it is still locked, so that no other process can lock it in between, and the folders that
   * `take()` made, where they are empty. It does not touch a folder that replaced the locked one. A file that was there
   * before stays where the run may not use the folder.
   */
  [Symbol.dispose](): void {
    const mine = !this.#found && this.#isThere();
    try {
      if (mine) Deno.removeSync(join(this.#folder, LOCK_NAME));
    } catch {
      // A file that cannot be deleted does no harm.
    }
    this.#file.close(); // before the folders: some disks of Windows keep the name of a deleted file until then
    try {
      for (const folder of mine ? this.#made : []) Deno.removeSync(folder);
    } catch {
      // A folder that is not empty stays.
    }
  }

  #isThere(): boolean {
    const mine = this.#file.statSync();
    try {
      const there = Deno.statSync(join(this.#folder, LOCK_NAME));
      return there.ino === mine.ino && there.dev === mine.dev;
    } catch {
      return false;
    }
  }
}

/** Whether a process writes into a folder at this moment. It changes nothing. */
export async function isLocked(folder: string): Promise<boolean> {
  let file: Deno.FsFile;
  try {
    file = await Deno.open(join(folder, LOCK_NAME));
  } catch {
    return false;
  }
  // Where a file system has no locks, nobody has one.
  const free = await file.tryLock(false).catch(() => true);
  file.close(); // which unlocks it
  return !free;
}

/** The folders of a path that do not exist yet, the innermost first. */
function missingOf(folder: string): string[] {
  const missing: string[] = [];
  for (let path = resolve(folder); !isThere(path); path = dirname(path)) {
    if (dirname(path) === path) break; // a drive that Windows does not have
    missing.push(path);
  }
  return missing;
}

function isThere(path: string): boolean {
  try {
    return Boolean(Deno.lstatSync(path));
  } catch (error) {
    // NotADirectory: a file stands where a folder should be. Any other error tells of a folder that may not be read.
    return !(error instanceof Deno.errors.NotFound) &&
      !(error instanceof Deno.errors.NotADirectory);
  }
}

async function opened(folder: string): Promise<Deno.FsFile> {
  try {
    await Deno.mkdir(folder, { recursive: true });
    return await Deno.open(join(folder, LOCK_NAME), { write: true, create: true });
  } catch (error) {
    throw await unusableFolder(folder, error);
  }
}

/**
 * The error of a folder that cannot be used: a file is in its place, or the system forbids it. Where Deno's permissions do,
 * making it writable does not help.
 */
export async function unusableFolder(
  folder: string,
  error: unknown,
): Promise<RunError | UsageError> {
  const file = await fileInTheWay(folder);
  if (file !== undefined) return new UsageError(`${file} is a file: name a folder with --out`);
  const mend = error instanceof Deno.errors.NotCapable ? "" : "make it writable, or ";
  const state = `${folder} cannot be used (${reason(error)})`;
  return new RunError(`${state}: ${mend}choose another --out`);
}
