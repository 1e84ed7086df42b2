/** One process a run folder: a lock that the kernel takes back, however the process ends. */
import { dirname, join, resolve } from "node:path";
import { RunError } from "../../src/base/errors.ts";
import { reason } from "../../src/base/reason.ts";

/** The file that is locked; it is there while a process writes into the folder, and after one was killed. */
export const LOCK_NAME = ".lock";

/** A folder that no other process writes into until this is disposed. */
export class FolderLock implements Disposable {
  readonly #folder: string;
  readonly #file: Deno.FsFile;
  /** Folders that were made for it, the innermost first. */
  readonly #made: readonly string[];
  /** Whether a file of that name was there before: one that a killed process left, or somebody's own. */
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
   * @throws {RunError} When another process has it, or it cannot be written into.
   */
  static async take(folder: string): Promise<FolderLock> {
    const made = missingOf(folder);
    while (true) {
      const found = isThere(join(folder, LOCK_NAME));
      const lock = new FolderLock(folder, await opened(folder), made, found);
      if (!await lock.#file.tryLock(true)) {
        lock.#file.close();
        throw new RunError(
          `${folder} is in use by another process: wait until it is done, or choose another --out`,
        );
      }
      // Whoever held the lock before may have deleted the file between the two calls: then this is a lock on nothing.
      if (lock.#isThere()) return lock;
      lock.#file.close();
    }
  }

  /** Says that the folder may be used: then the file goes with the lock, whoever left it. */
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
   * Deletes the file while it is still locked, so that nobody can come between, and folders in which nothing came to be.
   * What has taken the place of a folder that was deleted stays, and so does a file that was there before, in a folder
   * that may not be used.
   */
  [Symbol.dispose](): void {
    try {
      if (!this.#found && this.#isThere()) {
        Deno.removeSync(join(this.#folder, LOCK_NAME));
        for (const folder of this.#made) Deno.removeSync(folder);
      }
    } catch {
      // A folder with something in it stays; so does a file that cannot be deleted, and nothing looks at what is in it.
    }
    this.#file.close();
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

/** What of a path's folders is not there yet, the innermost first. */
function missingOf(folder: string): string[] {
  const missing: string[] = [];
  for (let path = resolve(folder); !isThere(path); path = dirname(path)) missing.push(path);
  return missing;
}

function isThere(path: string): boolean {
  try {
    return Boolean(Deno.lstatSync(path));
  } catch (error) {
    // A file in the place of a folder above; a folder that may not be looked into is there.
    return !(error instanceof Deno.errors.NotFound) &&
      !(error instanceof Deno.errors.NotADirectory);
  }
}

async function opened(folder: string): Promise<Deno.FsFile> {
  try {
    await Deno.mkdir(folder, { recursive: true });
    return await Deno.open(join(folder, LOCK_NAME), { write: true, create: true });
  } catch (error) {
    throw unusableFolder(folder, error);
  }
}

/** The error of a folder that the system does not let a run use; what Deno keeps a program from, nobody can make writable. */
export function unusableFolder(folder: string, error: unknown): RunError {
  const mend = error instanceof Deno.errors.NotCapable ? "" : "make it writable, or ";
  const state = `${folder} cannot be used as a run folder (${reason(error)})`;
  return new RunError(`${state}: ${mend}choose another --out`);
}
