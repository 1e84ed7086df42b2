/** The lock of a run folder where the file system has none, as some shared disks of clusters. */
import { assertEquals, assertRejects } from "@std/assert";
import { join } from "node:path";
import { FolderLock, isLocked, LOCK_NAME } from "../../../experiments/run_folder/lock.ts";
import { RunError } from "../../../src/base/errors.ts";
import { diskTest } from "../../on_disk.ts";

diskTest(
  "FolderLock refuses a file system without locks, and isLocked() looks past it",
  async (root) => {
    const { tryLock } = Deno.FsFile.prototype;
    const folder = join(root, "row", "smoke", "seed-1"), copied = join(root, "copied");
    Deno.FsFile.prototype.tryLock = () =>
      Promise.reject(new Error("Function not implemented (os error 38)"));
    try {
      await assertRejects(
        () => FolderLock.take(folder),
        RunError,
        `${folder} cannot be locked (Function not implemented (os error 38)): choose another --out`,
      );
      assertEquals([...Deno.readDirSync(root)], []);
      await Deno.mkdir(copied);
      await Deno.writeTextFile(join(copied, LOCK_NAME), "");
      assertEquals(await isLocked(copied), false);
    } finally {
      Deno.FsFile.prototype.tryLock = tryLock;
    }
  },
);
