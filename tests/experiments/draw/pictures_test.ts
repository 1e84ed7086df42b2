import { assertEquals, assertNotEquals } from "@std/assert";
import { Pictures } from "../../../experiments/draw/pictures.ts";
import { epochFile } from "../../../experiments/run_folder/path.ts";
import { decodeNpy, encodeNpy } from "../../../src/base/npy.ts";
import { sha256 } from "../../../src/base/sha256.ts";
import { diskTest } from "../../on_disk.ts";
import { writeRunFolder } from "../written_folder.ts";

const FLAT = ["curves.png", "train.gif", "train.png", "val.gif", "val.png"];
const THUMBNAILS = ["thumbnails-train.png", "thumbnails.png"];

let folders = 0;
/** A folder of two epochs, in which figures are drawn. */
async function make(directory: string, dim: number, train = 40, kept?: number) {
  const path = `${directory}/${++folders}`;
  const written = await writeRunFolder(path, { dim, epochs: 2, train, test: 12, kept });
  const { plan, folder, sets } = written;
  return {
    folder,
    pictures: new Pictures(plan, folder, sets),
    drawn: (inside = "") =>
      [...Deno.readDirSync(folder.file(inside))].map(({ name }) => name)
        .filter((name) => /png|gif/.test(name)).sort(),
    read: (name: string) => Deno.readFile(folder.file(name)),
  };
}

diskTest(
  "Pictures.all() draws maps, GIFs and thumbnails above two dimensions",
  async (directory) => {
    const five = await make(directory, 5), two = await make(directory, 2);
    await five.pictures.all(2);
    assertEquals(five.drawn(), [...FLAT, ...THUMBNAILS].sort());
    const frames = ["train-001.png", "train-002.png", "val-001.png", "val-002.png"];
    assertEquals(five.drawn("frames"), frames);
    for (const name of ["train", "val"]) {
      assertEquals(await five.read(`${name}.png`), await five.read(`frames/${name}-002.png`));
    }
    await two.pictures.all(2);
    assertEquals(two.drawn(), FLAT);
  },
);

diskTest(
  "Pictures draws curves alone for one dimension, and before the first epoch",
  async (directory) => {
    const one = await make(directory, 1), none = await make(directory, 3);
    await one.pictures.all(2);
    await one.pictures.latest(2);
    await none.pictures.all(0);
    for (const { drawn } of [one, none]) assertEquals(drawn(), ["curves.png"]);
  },
);

diskTest(
  "Pictures.all() draws one frame where only the order of the axes differs",
  async (directory) => {
    // The last epoch decides the basis: turned features are the same points along the components.
    const plain = await make(directory, 3), turned = await make(directory, 3);
    for (const epoch of [1, 2]) {
      const path = turned.folder.file(epochFile("features", epoch));
      const rows = decodeNpy(await Deno.readFile(path), path);
      for (let i = 0; i < rows.length; i += 3) rows.set([rows[i + 2], rows[i], rows[i + 1]], i);
      await Deno.writeFile(path, encodeNpy([rows.length / 3, 3], rows));
    }
    const centers = turned.folder.file("centers.csv");
    const line = /^(\d+,\d+),([^,\n]*),([^,\n]*),([^,\n]*)$/gm;
    const text = (await Deno.readTextFile(centers)).replace(line, "$1,$4,$2,$3");
    await Deno.writeTextFile(centers, text);
    await plain.pictures.all(2);
    await turned.pictures.all(2);
    const frames = ["frames/train-001.png", "frames/val-001.png"];
    for (const file of [...frames, "train.gif", ...THUMBNAILS]) {
      assertEquals(await turned.read(file), await plain.read(file), file);
    }
  },
);

diskTest("Pictures.latest() draws an epoch in a basis of its own", async (directory) => {
  const whole = await make(directory, 4), alone = await make(directory, 4);
  await whole.pictures.all(2);
  await alone.pictures.latest(1);
  assertEquals(alone.drawn(), ["curves.png", "train.png", "val.png"]);
  const own = await alone.read("train.png");
  assertNotEquals(own, await whole.read("frames/train-001.png"));
  const first = await make(directory, 4);
  await first.pictures.all(1);
  assertEquals(await first.read("train.png"), own);
});

diskTest("Pictures.all() draws the first 5,000 of a larger set", async (directory) => {
  const { pictures, drawn } = await make(directory, 3, 5010, 5000);
  await pictures.all(2);
  assertEquals(drawn(), [...FLAT, ...THUMBNAILS].sort());
});

diskTest(
  "Pictures.all() draws contours on all maps where dots of the last epoch hide each other, and as flags say",
  async (directory) => {
    const written = await writeRunFolder(`${directory}/contours`, {
      ...{ dim: 2, epochs: 2, train: 700, test: 300 },
    });
    const { plan, folder, sets } = written;
    const names = ["frames/train-001.png", "train.png", "val.png"];
    const draw = async (contours?: boolean) => {
      await new Pictures(plan, folder, sets, { contours }).all(2);
      return await Promise.all(
        names.map(async (name) => await sha256(await Deno.readFile(folder.file(name)))),
      );
    };
    const apart = await draw();
    assertEquals(apart, await draw(false));
    const path = folder.file(epochFile("features", 2));
    const heap = Float32Array.from({ length: 2 * 1000 }, (_, i) => Math.round(3 * Math.sin(i * i)));
    await Deno.writeFile(path, encodeNpy([1000, 2], heap));
    const mixed = await draw();
    assertEquals(mixed, await draw(true));
    const none = await draw(false);
    mixed.forEach((digest, i) => assertNotEquals(digest, none[i], names[i]));
  },
);
