import { assertEquals, assertRejects } from "@std/assert";
import { join } from "node:path";
import { loadFolder } from "../../../data/own/folder_set.ts";
import { RunError } from "../../../src/base/errors.ts";
import { ihdr, plainJpeg, plainPng, png, put } from "../pictures.ts";
import { diskTest } from "../temp_directory.ts";

/** Two classes with two and one grey pictures of 4x4. */
async function greys(directory: string): Promise<void> {
  await put(join(directory, "b", "2.PNG"), plainPng(4, 4, [20, 20, 20]));
  await put(join(directory, "b", "10.png"), plainPng(4, 4, [10, 10, 10]));
  await put(join(directory, "a c", "x.jpeg"), plainJpeg(4, 4, [128, 128, 128]));
}

diskTest(
  "loadFolder() reads a folder a class, in the order of names, grey as grey",
  async (directory) => {
    await greys(directory);
    const { images, note, ...rest } = await loadFolder(directory);
    assertEquals(rest, {
      count: 3,
      height: 4,
      width: 4,
      channels: 1,
      labels: Uint8Array.of(0, 1, 1),
      classNames: ["a c", "b"],
    });
    assertEquals([...images].filter((_, i) => i % 16 === 0), [128, 10, 20]);
    assertEquals(note, undefined);
  },
);

diskTest(
  "loadFolder() reads colour as colour, or as brightness where grey is asked for",
  async (directory) => {
    await greys(directory);
    await put(join(directory, "b", "3.jpg"), plainPng(4, 4, [250, 100, 0]));
    const colour = await loadFolder(directory);
    assertEquals([colour.channels, ...colour.images.slice(-3)], [3, 250, 100, 0]);
    assertEquals([...colour.images.slice(48, 51)], [10, 10, 10]);
    const grey = await loadFolder(directory, { channels: 1 });
    assertEquals([grey.channels, grey.images.length], [1, 64]);
    assertEquals([...grey.images].filter((_, i) => i % 16 === 0), [128, 10, 20, 133]);
  },
);

diskTest("loadFolder() makes pictures one size", async (directory) => {
  await greys(directory);
  await put(join(directory, "b", "3.png"), plainPng(9, 5, [1, 1, 1]));
  const { height, width, images } = await loadFolder(directory, {
    height: 2,
    width: 3,
    channels: 3,
  });
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
    await greys(directory);
    await put(join(directory, "readme.txt"), "");
    await put(join(directory, "b", "Thumbs.db"), "");
    await put(join(directory, "b", "more", "4.png"), "");
    await put(join(directory, "b", "._2.png"), "");
    await put(join(directory, ".git", "config"), "");
    const { count, note } = await loadFolder(directory);
    assertEquals([count, note], [
      3,
      "left out: what is no .png, .jpg or .jpeg file of a class (3)",
    ]);
  },
);

diskTest("loadFolder() follows links within the folder alone", async (directory) => {
  const inside = join(directory, "in"), outside = join(directory, "out");
  await greys(inside);
  await put(join(outside, "secret.png"), plainPng(4, 4, [1, 1, 1]));
  await Deno.symlink(outside, join(inside, "secrets"));
  await Deno.symlink(join(outside, "secret.png"), join(inside, "b", "secret.png"));
  await Deno.symlink(join(inside, "gone.png"), join(inside, "b", "gone.png"));
  await Deno.symlink("2.PNG", join(inside, "b", "3.png"));
  const { count, classNames, images, note } = await loadFolder(inside);
  assertEquals([count, classNames, note], [
    4,
    ["a c", "b"],
    "left out: links out of the folder, which are not followed (3)",
  ]);
  assertEquals(images.at(-1), 20);
  const link = join(directory, "link");
  await Deno.symlink(inside, link);
  assertEquals((await loadFolder(link)).count, 4);
});

diskTest("loadFolder() names an entry whose name is no UTF-8", async (directory) => {
  await greys(directory);
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
  await put(join(directory, name, "1.png"), plainPng(4, 4, [1, 1, 1]));
  assertEquals((await loadFolder(directory)).count, 4);
});

type Prepare = (set: string, elsewhere: string) => Promise<void>;
const pixel = plainPng(1, 1, [0, 0, 0]);
const advice = "put the pictures of each class into a folder of its name";
const refusals: [what: string, prepare: Prepare, message: (set: string) => string][] = [
  ["what is not there", (set) => Deno.remove(set), () => "there is no such folder"],
  ["a file", async (set) => {
    await Deno.remove(set);
    await put(set, "");
  }, () => "it is a file, but should be a folder with one folder a class"],
  ["an empty folder", async () => {}, () => `it holds no folders; ${advice}`],
  [
    "pictures without folders",
    (set) => put(join(set, "a.png"), ""),
    () => `it holds pictures (1), but no folders; ${advice}`,
  ],
  [
    "one class",
    (set) => put(join(set, "cat", "a.png"), pixel),
    () => "it holds one class, cat; two are the fewest",
  ],
  [
    "a class without pictures",
    async (set) => {
      await greys(set);
      await put(join(set, "dog", "a.gif"), "");
    },
    () => "its folder dog holds no .png, .jpg or .jpeg files; each folder is a class",
  ],
  [
    "folders of folders",
    async (set) => {
      for (const name of ["cat", "dog"]) await put(join(set, "train", name, "a.png"), "");
    },
    () =>
      "its folder train holds no .png, .jpg or .jpeg files, but folders (2); each folder is a class",
  ],
  [
    "links alone",
    (set, elsewhere) => Deno.symlink(elsewhere, join(set, "a")),
    () =>
      `it holds no folders, but links that lead out of it, which are not followed (1); ${advice}`,
  ],
  [
    "one class beside links",
    async (set, elsewhere) => {
      await put(join(set, "b", "1.png"), pixel);
      await Deno.symlink(elsewhere, join(set, "a"));
    },
    () =>
      "it holds one class, b, but links that lead out of it, which are not followed (1); two are",
  ],
  [
    "a class of links",
    async (set, elsewhere) => {
      await put(join(set, "b", "1.png"), pixel);
      await Deno.mkdir(join(set, "a"));
      for (const i of [1, 2]) await Deno.symlink(elsewhere, join(set, "a", `${i}.png`));
    },
    () =>
      "its folder a holds no .png, .jpg or .jpeg files, but links that lead out of it, which are not",
  ],
  ["a picture that is none", async (set) => {
    await greys(set);
    await put(join(set, "b", "3.png"), "GIF89a");
  }, (set) => `Cannot read ${join(set, "b", "3.png")}: it is neither PNG nor JPEG inside`],
  ["a picture that is cut short", async (set) => {
    await greys(set);
    await Deno.truncate(join(set, "b", "2.PNG"), 50);
  }, (set) => `Cannot read ${join(set, "b", "2.PNG")} as PNG: it is cut short`],
  [
    "a picture of absurd size",
    async (set) => {
      await greys(set);
      await put(join(set, "b", "3.png"), png(ihdr(1e6, 1e6)));
    },
    (set) =>
      `Cannot read ${join(set, "b", "3.png")} as PNG: it claims 1000000x1000000 pixels, more`,
  ],
];
for (const [what, prepare, message] of refusals) {
  diskTest(`loadFolder() refuses ${what}`, async (directory) => {
    const set = join(directory, "set"), elsewhere = join(directory, "elsewhere");
    await Deno.mkdir(set);
    await Deno.mkdir(elsewhere);
    await prepare(set, elsewhere);
    const state = message(set);
    const expected = state.startsWith("Cannot") ? state : `Cannot use ${set}: ${state}`;
    await assertRejects(() => loadFolder(set), RunError, expected);
  });
}

diskTest("loadFolder() refuses what would not fit into memory", async (directory) => {
  await greys(directory);
  await assertRejects(
    () => loadFolder(directory, { height: 20_000, width: 20_000 }),
    RunError,
    `Cannot use ${directory}: 3 images of 20000x20000 pixels take 3.4 GiB, more than 2; give a smaller`,
  );
});
