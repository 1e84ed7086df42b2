/** A folder that one process writes into, file by file. */
import { join } from "../../src/base/path.ts";
import { RunError } from "../../src/base/errors.ts";
import { appendInto, isThere, writeInto } from "../../src/base/files.ts";
import { sha256 } from "../../src/base/sha256.ts";
import type { FolderLock } from "./lock.ts";
import { CONFIG } from "./path.ts";

/** Writes whole files, and stops where somebody deleted what a resume and the figures read again. */
export class GuardedFolder {
  /** Where it is. */
  readonly path: string;
  readonly #lock: Pick<FolderLock, "check"> | undefined;
  /** Names of files that must stay there while the run goes on. */
  protected readonly kept = new Set<string>();
  /** SHA-256 of files as they were written, by their names: the next checkpoint has them. */
  protected readonly digests = new Map<string, string>();

  /** @param lock Held by this process; without one, `write()` does not check that the folder is still the same. */
  constructor(path: string, lock?: Pick<FolderLock, "check">) {
    this.path = path;
    this.#lock = lock;
  }

  /** The path of a file by its name in the folder, as in `features/epoch-001.npy`. */
  file(name: string): string {
    return join(this.path, name);
  }

  /**
   * Writes a file, whole.
   *
   * @throws {RunError} When there is no room, or the folder or its config was deleted or replaced meanwhile.
   */
  async write(name: string, content: Uint8Array | string): Promise<void> {
    this.checkLock();
    if (this.kept.has(CONFIG)) await this.checkKept([CONFIG]);
    await writeInto(this.path, this.file(name), content);
  }

  /**
   * Adds to the end of a file. One that begins is written whole: a kill never leaves it empty.
   *
   * @param from Where it ends: what is behind that is cut off.
   * @throws {RunError} As {@linkcode write}.
   */
  async append(name: string, from: number, content: Uint8Array): Promise<void> {
    if (from === 0) return await this.write(name, content);
    this.checkLock();
    await appendInto(this.file(name), from, content);
  }

  /**
   * Writes a file that must stay there until the end.
   *
   * @param options Whether the next checkpoint holds its digest. Only files that are equal in equal runs have one there.
   */
  protected async keep(
    name: string,
    content: Uint8Array<ArrayBuffer> | string,
    { digest = false } = {},
  ): Promise<void> {
    await this.write(name, content);
    this.kept.add(name);
    if (digest) this.digests.set(name, await sha256(content));
  }

  /**
   * Makes sure that the folder is still the one that was locked.
   *
   * @throws {RunError} When it was deleted, moved or replaced.
   */
  protected checkLock(): void {
    this.#lock?.check();
  }

  /**
   * Makes sure that nobody deleted what must stay there.
   *
   * @throws {RunError} When a file is gone.
   */
  protected async checkKept(names: Iterable<string> = this.kept): Promise<void> {
    for (const name of names) {
      if (await isThere(this.file(name))) continue;
      throw new RunError(
        `${
          this.file(name)
        } was deleted while the run wrote into its folder: nothing more is written; put it back and ` +
          "go on with --resume, or start again with --overwrite",
      );
    }
  }
}
