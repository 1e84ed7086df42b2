import { assertEquals, assertRejects } from "@std/assert";
import { readTar } from "../../../data/formats/tar.ts";
import { RunError } from "../../../src/base/errors.ts";
import { ascii, tar, type TarEntry } from "../tar_bytes.ts";

/** Bytes in pieces of this size. */
async function* pieces(bytes: Uint8Array<ArrayBuffer>, size: number) {
  for (let at = 0; at < bytes.length; at += size) {
    yield await Promise.resolve(bytes.subarray(at, at + size));
  }
}

const read = (bytes: Uint8Array<ArrayBuffer>, ...wanted: string[]) =>
  readTar(pieces(bytes, 1000), "a.tar", wanted);

const long = ascii("x".repeat(1500));
const archive = tar(
  { path: "f/", type: "5" },
  { path: "f/long", bytes: long },
  { path: "f/empty" },
  { path: "f/short", bytes: ascii("words") },
  { path: "f/old", bytes: ascii("old"), type: "\0" },
);

Deno.test("readTar() finds the files that are wanted, and no others", async () => {
  const found = await read(archive, "f/short", "f/long", "f/empty", "f/old", "f/none", "f/");
  assertEquals(Object.fromEntries(found), {
    "f/long": long,
    "f/empty": new Uint8Array(0),
    "f/short": ascii("words"),
    "f/old": ascii("old"),
  });
  assertEquals((await read(archive)).size, 0);
});

Deno.test("readTar() takes pieces of any size", async () => {
  for (const size of [1, 7, 512, 513, 1e6]) {
    const found = await readTar(pieces(archive, size), "a.tar", ["f/short", "f/long"]);
    assertEquals([...found.keys()], ["f/long", "f/short"]);
    assertEquals(found.get("f/long"), long);
  }
});

Deno.test("readTar() takes paths with ./ before, a prefix, and the long names of GNU and pax", async () => {
  const deep = `${"d".repeat(90)}/${"e".repeat(90)}`;
  const pax = (path: string) => {
    const record = ` path=${path}\n`;
    return ascii(`12 mtime=1.5\n${record.length + 3}${record}`);
  };
  const found = await read(
    tar(
      { path: "./f/dotted", bytes: ascii("1") },
      { path: "end", prefix: "begin/middle", bytes: ascii("2") },
      { path: "././@LongLink", type: "L", bytes: ascii(`${deep}1\0`) },
      { path: "cut", bytes: ascii("3") },
      { path: "PaxHeader", type: "x", bytes: pax(`${deep}2`) },
      { path: "cut", bytes: ascii("4") },
      { path: "global", type: "g", bytes: ascii("13 comment=a\n") },
      { path: "cut", bytes: ascii("5") },
    ),
    ...["f/dotted", "begin/middle/end", `${deep}1`, `${deep}2`, "cut"],
  );
  assertEquals([...found.values()].map((bytes) => new TextDecoder().decode(bytes)), [..."12345"]);
});

const escapes: [string, TarEntry[], string][] = [
  ["an absolute path", [{ path: "/etc/passwd" }], "/etc/passwd"],
  ["a path of Windows", [{ path: "C:\\x" }], "C:\\x"],
  ["a path with .. before", [{ path: "../x" }], "../x"],
  ["a path with .. within", [{ path: "f/../../x" }], "f/../../x"],
  ["a path with backslashes and ..", [{ path: "f\\..\\..\\x" }], "f\\..\\..\\x"],
  ["a folder outside", [{ path: "./../", type: "5" }], "../"],
  ["a prefix that leaves", [{ path: "x", prefix: "../y" }], "../y/x"],
  [
    "a long name that leaves",
    [{ path: "L", type: "L", bytes: ascii("../x") }, { path: "f" }],
    "../x",
  ],
  ["a pax name that leaves", [
    { path: "P", type: "x", bytes: ascii("13 path=/abs\n") },
    { path: "f" },
  ], "/abs"],
];
for (const [what, entries, path] of escapes) {
  Deno.test(`readTar() refuses ${what}, wanted or not, and in one line`, async () => {
    const error = await assertRejects(
      () => read(tar({ path: "f/ok" }, ...entries), "f/ok"),
      RunError,
    );
    assertEquals(
      error.message,
      `Cannot use a.tar: the path of its entry "${path}" leaves the folder; ` +
        "do not unpack it, and get the archive from its publisher",
    );
  });
}

for (
  const [type, kind] of [
    ["1", "a hard link"],
    ["2", "a symbolic link"],
    ["3", "a device"],
    ["6", "a pipe"],
    ["S", 'of the kind "S"'],
  ]
) {
  Deno.test(`readTar() refuses an entry that is ${kind}`, async () => {
    await assertRejects(
      () => read(tar({ path: "f/link", type })),
      RunError,
      `Cannot use a.tar: its entry "f/link" is ${kind}, neither file nor folder`,
    );
  });
}

Deno.test("readTar() refuses an archive that is cut short anywhere", async () => {
  const end = archive.length - 1024;
  for (const length of [512, 600, 1024, 2000, 2560, 3000, end - 1, end, end + 511]) {
    await assertRejects(
      () => read(archive.slice(0, length), "f/long"),
      RunError,
      `Cannot read a.tar: it is cut short after ${length} bytes`,
    );
  }
  assertEquals((await read(archive.slice(0, end + 512), "f/long")).size, 1);
});

Deno.test("readTar() refuses a header that is damaged", async () => {
  const second = archive.slice();
  second[512 + 3] ^= 1;
  await assertRejects(
    () => read(second),
    RunError,
    "the header at byte 512 of its contents is damaged",
  );
  const endless = tar({ path: "f", type: "L", bytes: new Uint8Array(1 << 17) });
  await assertRejects(
    () => read(endless),
    RunError,
    "the header at byte 0 of its contents is damaged",
  );
});

Deno.test("readTar() refuses what is no archive", async () => {
  await assertRejects(() => read(new Uint8Array(0)), RunError, "Cannot read a.tar: it is empty");
  for (const other of [ascii("<html>log in first</html>"), new Uint8Array(2048).fill(7)]) {
    await assertRejects(() => read(other), RunError, "Cannot read a.tar: it is no tar archive");
  }
});

Deno.test("readTar() closes what it reads from, also after a refusal", async () => {
  for (const bytes of [archive, archive.slice(0, 700), ascii("none".repeat(1000))]) {
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
});

Deno.test("readTar() names the archive where reading and closing both fail", async () => {
  async function* failing() {
    try {
      yield new Uint8Array(512).fill(1);
    } finally {
      // deno-lint-ignore no-unsafe-finally
      throw new TypeError("the stream is damaged");
    }
  }
  const error = await assertRejects(() => readTar(failing(), "a.tar", []), RunError);
  assertEquals(error.message, "Cannot read a.tar: it is no tar archive");
});

Deno.test("readTar() refuses a wanted file that claims more than it may", async () => {
  const archive = tar({ path: "f/a", bytes: new Uint8Array(600) });
  await assertRejects(
    () => readTar(pieces(archive, 1000), "a.tar", ["f/a"], 599),
    RunError,
    'Cannot use a.tar: its entry "f/a" claims 600 bytes; 599 are the most',
  );
});
