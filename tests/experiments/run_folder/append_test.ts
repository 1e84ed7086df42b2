import { assertEquals, assertNotEquals } from "@std/assert";
import { join } from "node:path";
import { GuardedFolder } from "../../../experiments/run_folder/guarded_folder.ts";

Deno.test("append() writes a file that begins whole, and later what is new in its place", async () => {
  const path = await Deno.makeTempDir();
  try {
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
  } finally {
    await Deno.remove(path, { recursive: true });
  }
});
