import { assertEquals, assertNotEquals } from "@std/assert";
import { join } from "node:path";
import { GuardedFolder } from "../../../experiments/run_folder/guarded_folder.ts";
import { diskTest } from "../../on_disk.ts";

diskTest(
  "append() writes a file that begins whole, and later what is new in its place",
  async (path) => {
    const folder = new GuardedFolder(path), file = join(path, "events");
    const inode = () => Deno.statSync(file).ino,
      bytes = (text: string) => new TextEncoder().encode(text);
    Deno.writeTextFileSync(file, "older and longer");
    const older = inode();
    await folder.append("events", 0, bytes("one, cut off"));
    assertEquals(Deno.readTextFileSync(file), "one, cut off");
    // Another file took its name: nobody ever found it without its first bytes.
    assertNotEquals(inode(), older);
    const begun = inode();
    await folder.append("events", 3, bytes(", two"));
    assertEquals([Deno.readTextFileSync(file), inode()], ["one, two", begun]);
  },
);
