import { assertEquals, assertRejects } from "@std/assert";
import { dirname, join } from "node:path";
import { loadFolder } from "../../../data/own/folder_set.ts";
import { RunError } from "../../../src/base/errors.ts";
import { ihdr, plainJpeg, plainPng, png, put } from "../pictures.ts";
import { diskTest, unixDiskTest } from "../../on_disk.ts";

const grey = (value: number, side = 4) => plainPng(side, side, [value, value, value]);

/** Two classes with two and one grey pictures of 4x4. */
const GREYS = {
  "b/2.PNG": grey(20),
  "b/10.png": grey(10),
  "a c/x.jpeg": plainJpeg(4, 4, [128, 128, 128]),
};

/** Writes files into a folder; what is a URL is a link to it. */
async function putAll(directory: string, files: Record<string, Uint8Array | string | URL>) {
  for (const [name, content] of Object.entries(files)) {
    const path = join(directory, name);
    if (!(content instanceof URL)) await put(path, content);
    else {
      await Deno.mkdir(dirname(path), { recursive: true });
      await Deno.symlink(content.pathname, path);
    }
  }
}
const link = (path: string) => new URL(`file://${path}`);

/** The first byte of each image. */
const firstBytes = (images: Uint8Array, size = 16) => [...images].filter((_, i) => i % size === 0);

diskTest(
  "loadFolder() reads a folder a class, in the order of names, grey as grey",
  async (directory) => {
    await putAll(directory, GREYS);
    const { images, ...rest } = await loadFolder(directory);
    assertEquals(rest, {
      ...{ count: 3, height: 4, width: 4, channels: 1 },
      ...{ labels: Uint8Array.of(0, 1, 1), classNames: ["a c", "b"] },
    });
    assertEquals(firstBytes(images), [128, 10, 20]);
  },
);

diskTest(
  "loadFolder() reads color as color, or as brightness where grey is asked for",
  async (directory) => {
    await putAll(directory, { ...GREYS, "b/3.jpg": plainPng(4, 4, [250, 100, 0]) });
    const color = await loadFolder(directory);
    assertEquals([color.channels, ...color.images.slice(-3)], [3, 250, 100, 0]);
    assertEquals([...color.images.slice(48, 51)], [10, 10, 10]);
    const { channels, images } = await loadFolder(directory, { channels: 1 });
    assertEquals([channels, images.length, ...firstBytes(images)], [1, 64, 128, 10, 20, 133]);
  },
);

diskTest("loadFolder() takes a name as one, however a system spells it", async (directory) => {
  const apart = ["Ba\u0308ume/1.png", "zebra/a\u0308.png", "zebra/z.png", "A\u0308pfel/1.png"];
  for (const [i, name] of apart.entries()) await putAll(directory, { [name]: grey(i) });
  const { classNames, images } = await loadFolder(directory);
  assertEquals(classNames, ["B\u00e4ume", "zebra", "\u00c4pfel"]);
  assertEquals(firstBytes(images), [0, 2, 1, 3]);
  await putAll(directory, { "B\u00e4ume/1.png": grey(9) });
  if (Deno.build.os === "darwin") return; // there it is the same folder
  const words = "two of its folders are called B\u00e4ume, spelled in two ways";
  await assertRejects(() => loadFolder(directory), RunError, words);
});

diskTest("loadFolder() looks at nothing that an archive of macOS adds", async (directory) => {
  await putAll(directory, { ...GREYS, "__MACOSX/b/._2.PNG": "text", "b/._2.PNG": "text" });
  const { classNames, note } = await loadFolder(directory);
  assertEquals([classNames, note], [["a c", "b"], undefined]);
});

diskTest("loadFolder() makes pictures one size", async (directory) => {
  await putAll(directory, { ...GREYS, "b/3.png": plainPng(9, 5, [1, 1, 1]) });
  const shape = { height: 2, width: 3, channels: 3 };
  const { height, width, images } = await loadFolder(directory, shape);
  assertEquals([height, width, images.length], [2, 3, 4 * 18]);
  await assertRejects(
    () => loadFolder(directory),
    RunError,
    `Cannot use pictures of different sizes: ${join(directory, "a c", "x.jpeg")} is 4x4 pixels, ` +
      `${join(directory, "b", "3.png")} 9x5; give a height and a width (--image-size)`,
  );
});

diskTest(
  "loadFolder() leaves out and counts what is no picture, and looks at nothing hidden",
  async (directory) => {
    await putAll(directory, GREYS);
    for (const name of ["readme.txt", "b/Thumbs.db", "b/more/4.png", "b/._2.png", ".git/config"]) {
      await put(join(directory, name), "");
    }
    const { count, note } = await loadFolder(directory);
    assertEquals([count, note], [
      3,
      "left out: what is no .png, .jpg or .jpeg file of a class (3)",
    ]);
  },
);

unixDiskTest("loadFolder() follows links within the folder alone", async (directory) => {
  const inside = join(directory, "in"), outside = join(directory, "out");
  await putAll(outside, { "secret.png": grey(1) });
  await putAll(inside, {
    ...GREYS,
    "secrets": link(outside),
    "b/secret.png": link(join(outside, "secret.png")),
    "b/gone.png": link(join(inside, "gone.png")),
    "b/3.png": link(join(inside, "b", "2.PNG")),
  });
  const { count, classNames, images, note } = await loadFolder(inside);
  assertEquals([count, classNames, images.at(-1)], [4, ["a c", "b"], 20]);
  assertEquals(note, "left out: links out of the folder, which are not followed (3)");
  await Deno.symlink(inside, join(directory, "link"));
  assertEquals((await loadFolder(join(directory, "link"))).count, 4);
});

diskTest("loadFolder() names an entry whose name is no UTF-8", async (directory) => {
  await putAll(directory, GREYS);
  const { readDir } = Deno, name = "caf\ufffd";
  for (const folder of [directory, join(directory, "b")]) {
    // As Deno lists caf\xe9, which no test can make.
    Deno.readDir = async function* (path) {
      yield* readDir(path);
      if (path !== folder) return;
      yield { name, isDirectory: true, isFile: false, isSymlink: false };
    };
    try {
      const { message } = await assertRejects(() => loadFolder(directory), RunError);
      assertEquals(
        message,
        `Cannot use ${join(folder, name)}: its name is not valid UTF-8; rename it`,
      );
    } finally {
      Deno.readDir = readDir;
    }
  }
  // The same mark may stand in a right name.
  await put(join(directory, name, "1.png"), grey(1));
  assertEquals((await loadFolder(directory)).count, 4);
});

const advice = "put the pictures of each class into a folder of its name";
const links = "links that lead out of it, which are not followed";
const noPictures = "holds no .png, .jpg or .jpeg files";
const pixel = grey(0, 1), out = link("/");
const refusals: [what: string, files: Parameters<typeof putAll>[1], message: string][] = [
  ["an empty folder", {}, `use SET: it holds no folders; ${advice}`],
  ["pictures alone", { "a.png": "" }, `use SET: it holds pictures (1), but no folders; ${advice}`],
  ["one class", { "cat/a.png": pixel }, "use SET: it holds one class, cat; two are the fewest"],
  [
    "a class without pictures",
    { ...GREYS, "dog/a.gif": "" },
    `use SET: its folder dog ${noPictures}; each folder is a class`,
  ],
  [
    "folders of folders",
    { "train/cat/a.png": "", "train/dog/a.png": "" },
    `use SET: its folder train ${noPictures}, but folders (2); each folder is a class`,
  ],
  ["links alone", { a: out }, `use SET: it holds no folders, but ${links} (1); ${advice}`],
  [
    "one class beside links",
    { "b/1.png": pixel, a: out },
    `use SET: it holds one class, b, but ${links} (1); two are the fewest`,
  ],
  [
    "a class of links",
    { "b/1.png": pixel, "a/1.png": out, "a/2.png": out },
    `use SET: its folder a ${noPictures}, but ${links} (2); each folder is a class`,
  ],
  [
    "a picture that is none",
    { ...GREYS, "b/3.png": "GIF89a" },
    "read SET/b/3.png: it is neither PNG nor JPEG inside",
  ],
  [
    "a picture that is cut short",
    { ...GREYS, "b/3.png": grey(1).slice(0, 50) },
    "read SET/b/3.png as PNG: it is cut short",
  ],
  [
    "a picture of absurd size",
    { ...GREYS, "b/3.png": png(ihdr(1e6, 1e6)) },
    "read SET/b/3.png as PNG: it claims 1000000x1000000 pixels, more than 64 million",
  ],
];
for (const [what, files, message] of refusals) {
  const links = Object.values(files).some((file) => file instanceof URL);
  (links ? unixDiskTest : diskTest)(`loadFolder() refuses ${what}`, async (set) => {
    await putAll(set, files);
    const expected = message.replace(/SET[/.\w]*/, (path) => join(set, path.slice("SET".length)));
    await assertRejects(() => loadFolder(set), RunError, `Cannot ${expected}`);
  });
}

diskTest(
  "loadFolder() refuses a file, what is not there, and what would not fit into memory",
  async (directory) => {
    await putAll(directory, { ...GREYS, file: "" });
    const refused = (path: string, state: string, shape = {}) =>
      assertRejects(() => loadFolder(path, shape), RunError, `Cannot use ${path}: ${state}`);
    await refused(
      join(directory, "file"),
      "it is a file, but should be a folder with one folder a",
    );
    await refused(join(directory, "none"), "there is no such folder");
    const large = "3 images of 20000x20000 pixels take 3.4 GiB, more than 2; give a smaller height";
    await refused(directory, large, { height: 20_000, width: 20_000 });
  },
);
