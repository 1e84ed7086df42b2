import { assertEquals, assertRejects } from "@std/assert";
import { join } from "node:path";
import {
  readIfThere,
  readJson,
  readPieces,
  writeAllWhole,
  writeInto,
  writeWhole,
} from "../../src/base/files.ts";
import { RunError } from "../../src/base/errors.ts";
import { object, whole } from "../../src/base/json.ts";
import { diskTest, unixDiskTest } from "../on_disk.ts";

const names = (directory: string) => [...Deno.readDirSync(directory)].map((e) => e.name).sort();

diskTest("writeWhole() makes folders and leaves the file alone behind", async (directory) => {
  const path = join(directory, "a", "b", "file.txt");
  await writeWhole(path, "ä\n");
  await writeWhole(path, Uint8Array.of(1, 2));
  assertEquals(await Deno.readFile(path), Uint8Array.of(1, 2));
  assertEquals(names(join(directory, "a", "b")), ["file.txt"]);
});

unixDiskTest( // an open file, which Windows may refuse to replace
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
      `${path} is a file, not a folder: choose another folder with --out`,
    );
    const error = await assertRejects(() => writeWhole(directory, "new"), RunError); // a folder in its place
    const mend = Deno.build.os === "windows"
      ? "close the program that has it open, make it writable"
      : "make room";
    const end = `): ${mend} or choose another folder with --out; what was written before is intact`;
    assertEquals(error.message.slice(-end.length), end);
    assertEquals([names(directory), await Deno.readTextFile(path)], [["file.txt"], "old"]);
  },
);

diskTest("readIfThere() tells a missing file from one that cannot be read", async (directory) => {
  assertEquals(await readIfThere(join(directory, "none")), undefined);
  await Deno.writeTextFile(join(directory, "some"), "x");
  assertEquals(await readIfThere(join(directory, "some")), Uint8Array.of(0x78));
  await assertRejects(() => readIfThere(directory), RunError, `${directory} cannot be read: `);
});

diskTest("writeAllWhole() writes all, or leaves all old files", async (directory) => {
  const [a, b] = ["a.txt", "b.txt"].map((name) => join(directory, name));
  await writeAllWhole(new Map([[a, "old"], [b, "old"]]));
  await Deno.mkdir(join(directory, "c.part"));
  const more = new Map([[a, "new"], [b, "new"], [join(directory, "c"), "new"]]);
  await assertRejects(() => writeAllWhole(more), RunError, `${join(directory, "c")} cannot be`);
  assertEquals([await Deno.readTextFile(a), await Deno.readTextFile(b)], ["old", "old"]);
  assertEquals(names(directory).filter((name) => /^[ab]/.test(name)), ["a.txt", "b.txt"]);
});

diskTest("writeInto() makes folders in a folder that is there, and no other", async (directory) => {
  const folder = join(directory, "run"), path = join(folder, "features", "a.npy");
  await assertRejects(() => writeInto(folder, path, "x"), RunError, `${path} cannot be written`);
  await assertRejects(() => writeInto(folder, join(folder, "a.csv"), "x"), RunError, "cannot be");
  assertEquals(names(directory), []);
  await Deno.mkdir(folder);
  for (let i = 0; i < 2; i++) await writeInto(folder, path, `${i}`);
  assertEquals(await Deno.readTextFile(path), "1");
});

diskTest("readJson() names the file and what is wrong in it", async (directory) => {
  const path = join(directory, "a.json"), check = object<{ n: number }>({ n: whole() });
  assertEquals(await readJson(path, check, "is no a"), undefined);
  await Deno.writeTextFile(path, '{"n":1}');
  assertEquals(await readJson(path, check, "is no a"), { n: 1 });
  await Deno.writeTextFile(path, '{"n":-1}');
  const message = `${path} is no a: n is -1; it must be a whole number of at least 0`;
  await assertRejects(() => readJson(path, check, "is no a"), RunError, message);
});

diskTest("writeWhole() makes no folder that is there", async (directory) => {
  const { mkdir } = Deno;
  Deno.mkdir = () => Promise.reject(new Deno.errors.NotCapable("Requires write access"));
  try {
    await writeWhole(join(directory, "a.txt"), "a");
  } finally {
    Deno.mkdir = mkdir;
  }
  assertEquals(names(directory), ["a.txt"]);
});

unixDiskTest("readIfThere() reads no device", async () => {
  await assertRejects(
    () => readIfThere("/dev/zero"),
    RunError,
    "/dev/zero cannot be read: it is a pipe or a device",
  );
});

diskTest("readPieces() reads a file from its beginning to its end", async (directory) => {
  const path = join(directory, "file"), bytes = new Uint8Array(100_000).map((_, i) => i);
  await Deno.writeFile(path, bytes);
  const pieces = await Array.fromAsync(readPieces(path));
  assertEquals(pieces.flatMap((piece) => [...piece]), [...bytes]);
  const none = join(directory, "none"), message = `Cannot read ${none}: `;
  await assertRejects(() => Array.fromAsync(readPieces(none)), RunError, message);
});

unixDiskTest("readPieces() reads no pipe or device", async (directory) => {
  const link = join(directory, "link");
  await Deno.symlink("/dev/zero", link);
  for (const device of ["/dev/zero", "/dev/null", link]) {
    const message = `Cannot read ${device}: it is a pipe or a device, but should be a file`;
    await assertRejects(() => Array.fromAsync(readPieces(device)), RunError, message);
  }
});
