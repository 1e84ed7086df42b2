/** One process a run folder: a lock that the kernel takes back, however the process ends. */
import { join } from "node:path";
import { RunError } from "../src/errors.ts";
import { reason } from "./files.ts";

/** The file that is locked; it is there while a process writes into the folder, and after one was killed. */
export const LOCK_NAME = ".lock";

/** A folder that no other process writes into until this is disposed. */
export class FolderLock implements Disposable {
  readonly #path: string;
  readonly #file: Deno.FsFile;
  readonly #made: string | undefined;

  private constructor(path: string, file: Deno.FsFile, made?: string) {
    this.#path = path;
    this.#file = file;
    this.#made = made;
  }

  /**
   * Locks a folder; makes it where there is none.
   *
   * @throws {RunError} When another process has it, or it cannot be written into.
   */
  static async take(folder: string): Promise<FolderLock> {
    const path = join(folder, LOCK_NAME);
    const made = await Deno.stat(folder).then(() => undefined, () => folder);
    while (true) {
      const file = await opened(folder, path);
      if (!await file.tryLock(true)) {
        file.close();
        throw new RunError(
          `${folder} is in use by another process: wait until it is done, or choose another --out`,
        );
      }
      // Whoever held the lock before may have deleted the file between the two calls: then this is a lock on nothing.
      const [mine, there] = [await file.stat(), await Deno.stat(path).catch(() => undefined)];
      if (there && there.ino === mine.ino) return new FolderLock(path, file, made);
      file.close();
    }
  }

  /** Deletes the file while it is still locked, so that nobody can come between, and a folder in which nothing came to be. */
  [Symbol.dispose](): void {
    try {
      Deno.removeSync(this.#path);
      if (this.#made) Deno.removeSync(this.#made);
    } catch {
      // A folder with something in it stays; so does a file that cannot be deleted, and nothing looks at what is in it.
    }
    this.#file.close();
  }
}

async function opened(folder: string, path: string): Promise<Deno.FsFile> {
  try {
    await Deno.mkdir(folder, { recursive: true });
    return await Deno.open(path, { write: true, create: true });
  } catch (error) {
    throw new RunError(
      `${folder} cannot be used as a run folder (${
        reason(error)
      }): make it writable, or choose another --out`,
    );
  }
}
