import { assertEquals, assertRejects } from "@std/assert";
import { join } from "node:path";
import { readIfThere, writeWhole } from "../../experiments/files.ts";
import { RunError } from "../../src/errors.ts";
import { diskTest } from "../data/temp_directory.ts";

const names = (directory: string) => [...Deno.readDirSync(directory)].map((e) => e.name).sort();

diskTest("writeWhole() makes folders and leaves the file alone behind", async (directory) => {
  const path = join(directory, "a", "b", "file.txt");
  await writeWhole(path, "ä\n");
  await writeWhole(path, Uint8Array.of(1, 2));
  assertEquals(await Deno.readFile(path), Uint8Array.of(1, 2));
  assertEquals(names(join(directory, "a", "b")), ["file.txt"]);
});

diskTest(
  "writeWhole() writes beside the place, then renames: the old file is whole until then",
  async (directory) => {
    const path = join(directory, "file.txt");
    await writeWhole(path, "old");
    const inode = (await Deno.stat(path)).ino;
    const held = await Deno.open(path);
    await writeWhole(path, "new");
    // Whoever had opened the old file still reads it whole: it was replaced, not written over.
    assertEquals(new TextDecoder().decode(await new Response(held.readable).bytes()), "old");
    if (inode) assertEquals((await Deno.stat(path)).ino === inode, false);
  },
);

diskTest("writeWhole() overwrites what a kill left of an earlier try", async (directory) => {
  const path = join(directory, "file.txt");
  await Deno.writeTextFile(`${path}.part`, "half of something long");
  await writeWhole(path, "new");
  assertEquals([names(directory), await Deno.readTextFile(path)], [["file.txt"], "new"]);
});

diskTest(
  "writeWhole() says what to do when it cannot write, and leaves the old file",
  async (directory) => {
    const path = join(directory, "file.txt");
    await writeWhole(path, "old");
    await assertRejects(
      () => writeWhole(join(path, "below.txt"), "new"),
      RunError,
      `${join(path, "below.txt")} cannot be written (`,
    );
    const error = await assertRejects(() => writeWhole(directory, "new"), RunError); // a folder in its place
    assertEquals(
      error.message.endsWith(
        "): make room or choose another folder with --out; what was written before is intact",
      ),
      true,
    );
    assertEquals([names(directory), await Deno.readTextFile(path)], [["file.txt"], "old"]);
  },
);

diskTest("readIfThere() tells a missing file from one that cannot be read", async (directory) => {
  assertEquals(await readIfThere(join(directory, "none")), undefined);
  await Deno.writeTextFile(join(directory, "some"), "x");
  assertEquals(await readIfThere(join(directory, "some")), Uint8Array.of(0x78));
  await assertRejects(() => readIfThere(directory), RunError, `${directory} cannot be read: `);
});
