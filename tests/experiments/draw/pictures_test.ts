import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { Pictures } from "../../../experiments/draw/pictures.ts";
import { decodeNpy, encodeNpy } from "../../../src/base/npy.ts";
import { epochFile } from "../../../experiments/run_folder/path.ts";
import { granted } from "../../permissions.ts";
import { writeRunFolder } from "../written_folder.ts";

Deno.test("Pictures", async (t) => {
  if (!await granted("read", "write")) return;
  const root = await Deno.makeTempDir();
  let folders = 0;
  const make = async (dim: number, train = 40, kept?: number) => {
    const path = `${root}/${++folders}`;
    const written = await writeRunFolder(path, { dim, epochs: 2, train, test: 12, kept });
    const { plan, folder, sets } = written;
    return { ...written, pictures: new Pictures(plan, folder, sets) };
  };
  const pictures = (path: string) =>
    [...Deno.readDirSync(path)].map(({ name }) => name).filter((name) => /png|gif/.test(name))
      .sort();
  const read = (path: string) => Deno.readFile(path);

  await t.step("all() draws maps, GIFs and thumbnails above two dimensions", async () => {
    const { folder, pictures: of } = await make(5);
    await of.all(2);
    const flat = ["curves.png", "train.gif", "train.png", "val.gif", "val.png"];
    assertEquals(pictures(folder.path), [...flat.slice(0, 1), "thumbnails.png", ...flat.slice(1)]);
    const frames = ["train-001.png", "train-002.png", "val-001.png", "val-002.png"];
    assertEquals(pictures(folder.file("frames")), frames);
    for (const split of ["train", "val"]) {
      const last = folder.file(`frames/${split}-002.png`);
      assertEquals(await read(folder.file(`${split}.png`)), await read(last));
    }
    const two = await make(2);
    await two.pictures.all(2);
    assertEquals(pictures(two.folder.path), flat);
  });

  await t.step(
    "all() draws curves alone for one dimension, and before the first epoch",
    async () => {
      const one = await make(1);
      await one.pictures.all(2);
      await one.pictures.latest(2);
      assertEquals(pictures(one.folder.path), ["curves.png"]);
      const none = await make(3);
      await none.pictures.all(0);
      assertEquals(pictures(none.folder.path), ["curves.png"]);
    },
  );

  await t.step("all() draws one frame where only the order of the axes differs", async () => {
    // The last epoch decides the basis: turned features are the same points along the components.
    const [plain, turned] = [await make(3), await make(3)];
    for (const epoch of [1, 2]) {
      const path = turned.folder.file(epochFile("features", epoch));
      const rows = decodeNpy(await read(path), path);
      for (let i = 0; i < rows.length; i += 3) rows.set([rows[i + 2], rows[i], rows[i + 1]], i);
      await Deno.writeFile(path, encodeNpy([rows.length / 3, 3], rows));
    }
    const text = await Deno.readTextFile(turned.folder.file("centers.csv"));
    await Deno.writeTextFile(
      turned.folder.file("centers.csv"),
      text.replace(/^(\d+,\d+),([^,\n]*),([^,\n]*),([^,\n]*)$/gm, "$1,$4,$2,$3"),
    );
    await plain.pictures.all(2);
    await turned.pictures.all(2);
    for (
      const file of ["frames/train-001.png", "frames/val-001.png", "train.gif", "thumbnails.png"]
    ) {
      const [a, b] = [plain, turned].map(({ folder }) => Deno.readFileSync(folder.file(file)));
      assertEquals(b, a, file);
    }
  });

  await t.step("latest() draws an epoch in a basis of its own", async () => {
    const { folder, pictures: of } = await make(4);
    await of.all(2);
    const alone = await make(4);
    await alone.pictures.latest(1);
    assertEquals(pictures(alone.folder.path), ["curves.png", "train.png", "val.png"]);
    const [own, framed] = [alone.folder.file("train.png"), folder.file("frames/train-001.png")];
    assertNotEquals(await read(own), await read(framed));
    const two = await make(4);
    await two.pictures.all(1);
    assertEquals(await read(two.folder.file("train.png")), await read(own));
  });

  await t.step("all() draws the first 5,000 of a larger set", async () => {
    const { folder, pictures: of } = await make(3, 5010, 5000);
    await of.all(2);
    assert(pictures(folder.path).includes("thumbnails.png"));
  });

  await Deno.remove(root, { recursive: true });
});
