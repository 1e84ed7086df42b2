import { assertEquals, assertRejects } from "@std/assert";
import { readTar } from "../../../data/formats/tar.ts";
import { RunError } from "../../../src/base/errors.ts";
import { ascii, tar, type TarEntry } from "../archives.ts";

/** Bytes in pieces of this size. */
async function* pieces(bytes: Uint8Array<ArrayBuffer>, size: number) {
  for (let at = 0; at < bytes.length; at += size) {
    yield await Promise.resolve(bytes.subarray(at, at + size));
  }
}

const read = (bytes: Uint8Array<ArrayBuffer>, wanted: string[], size = 1000, most?: number) =>
  readTar(pieces(bytes, size), "a.tar", wanted, most);

const long = ascii("x".repeat(1500)), deep = `${"d".repeat(90)}/${"e".repeat(190)}`;
const archive = await tar(
  ["f/", undefined, "directory"],
  ["f/long", long],
  ["f/empty"],
  ["./f/short", ascii("words")],
  [deep, ascii("deep")],
);

Deno.test("readTar() finds the files that are wanted, and no others, in pieces of any size", async () => {
  for (const size of [1, 7, 512, 513, 1e6]) {
    const found = await read(archive, ["f/short", "f/long", "f/empty", "f/none", "f/", deep], size);
    assertEquals(Object.fromEntries(found), {
      "f/long": long,
      "f/empty": new Uint8Array(0),
      "f/short": ascii("words"),
      [deep]: ascii("deep"),
    });
  }
  assertEquals((await read(archive, [])).size, 0);
});

Deno.test("readTar() comes to the end of an archive that is larger than the decoder's buffer", async () => {
  const large = (
    name: string,
  ): TarEntry => [name, new Uint8Array(3 << 20).fill(name.charCodeAt(0))];
  const bytes = await tar(
    large("a"),
    large("b"),
    ["c", new Uint8Array(61)],
    large("d"),
    large("e"),
  );
  for (const size of [8192, 65_536, 1e8]) {
    for (const wanted of [["d"], ["a", "d"], ["e"], []]) {
      const found = await read(bytes, wanted, size);
      assertEquals([...found.values()].map((it) => [it.length, it.at(-1)]), [
        ...wanted.map((name) => [3 << 20, name.charCodeAt(0)]),
      ]);
    }
  }
  const outside = await tar(large("a"), ["../x"], large("b"));
  await assertRejects(() => read(outside, ["b"], 8192), RunError, "leaves the folder");
});

const leaves = (path: string) => `the path of its entry "${path}" leaves the folder`;
const is = (kind: string) => `its entry "f" is a ${kind}, neither file nor folder`;
const refusals: [what: string, entries: TarEntry[], message: string][] = [
  ["an absolute path", [["/etc/passwd"]], leaves("/etc/passwd")],
  ["a path of Windows", [["C:\\x"]], leaves("C:\\x")],
  ["a path with .. before", [["../x"]], leaves("../x")],
  ["a path with .. within", [["f/../../x"]], leaves("f/../../x")],
  ["a path with backslashes and ..", [["f\\..\\..\\x"]], leaves("f\\..\\..\\x")],
  ["a folder outside", [["./../", undefined, "directory"]], leaves("../")],
  ["a long name that leaves", [["L", ascii("../x\0"), "gnu-long-name"], ["f"]], leaves("../x")],
  ["a pax name that leaves", [["P", ascii("13 path=/abs\n"), "pax-header"], ["f"]], leaves("/abs")],
  ["a hard link", [["f", undefined, "link"]], is("link")],
  ["a symbolic link", [["f", undefined, "symlink"]], is("symlink")],
  ["a device", [["f", undefined, "character-device"]], is("character-device")],
  ["a pipe", [["f", undefined, "fifo"]], is("fifo")],
];
for (const [what, entries, message] of refusals) {
  Deno.test(`readTar() refuses ${what}, wanted or not, and in one line`, async () => {
    const bytes = await tar(["f/ok"], ...entries);
    const error = await assertRejects(() => read(bytes, ["f/ok"]), RunError, message);
    assertEquals(error.message.includes("\n"), false);
  });
}

Deno.test("readTar() refuses an archive that is cut short anywhere, damaged, or none", async () => {
  const end = archive.length - 1024;
  const cuts = [0, 512, 600, 1024, 2000, 2560, 3000, end - 1, end, end + 511];
  const endless = await tar(["f", new Uint8Array(9 << 20), "gnu-long-name"], ["f"]);
  for (
    const bytes of [
      ...cuts.map((length) => archive.slice(0, length)),
      archive.with(512 + 3, archive[515] ^ 1),
      endless,
      ascii("<html>log in first</html>"),
      new Uint8Array(2048).fill(7),
    ]
  ) {
    const refused = () => read(bytes, ["f/long"]);
    const message = "Cannot read a.tar: it is no tar archive, damaged or cut short";
    await assertRejects(refused, RunError, message);
  }
});

Deno.test("readTar() closes what it reads from, also after a refusal, and names what went wrong there", async () => {
  const outside = await tar(["../x"], ["f", new Uint8Array(1 << 20)]);
  for (const bytes of [archive, archive.slice(0, 700), outside, ascii("none".repeat(1000))]) {
    let closed = 0;
    const source = async function* () {
      try {
        yield* pieces(bytes, 100);
      } finally {
        closed++;
      }
    };
    await readTar(source(), "a.tar", []).catch(() => {});
    assertEquals(closed, 1);
  }
  async function* damaged() {
    yield* pieces(archive.slice(0, 2000), 1000);
    throw new RunError("Cannot unpack a.tar.gz: its gzip data is damaged");
  }
  await assertRejects(() => readTar(damaged(), "a.tar", ["f/long"]), RunError, "Cannot unpack a");
});

Deno.test("readTar() refuses a wanted file that claims more than it may, before it is read", async () => {
  const bytes = await tar(["f/a", new Uint8Array(600)]);
  const message = 'Cannot use a.tar: its entry "f/a" claims 600 bytes; 599 are the most';
  await assertRejects(() => read(bytes, ["f/a"], 1000, 599), RunError, message);
});
