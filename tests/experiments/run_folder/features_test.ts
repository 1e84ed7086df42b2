import { assertEquals, assertRejects } from "@std/assert";
import {
  keptFeatures,
  readCenters,
  readFeatures,
} from "../../../experiments/run_folder/features.ts";
import { epochFile } from "../../../experiments/run_folder/path.ts";
import { RunError } from "../../../src/base/errors.ts";
import { encodeNpy } from "../../../src/base/npy.ts";
import { diskTest } from "../../on_disk.ts";
import { writeRunFolder } from "../written_folder.ts";

const SIZES = { dim: 3, epochs: 1, train: 7, test: 4 };

diskTest("readFeatures() finds the border in sets of which all is kept", async (directory) => {
  for (const dim of [1, 2, 3]) {
    const { folder, sets } = await writeRunFolder(`${directory}/${dim}`, { ...SIZES, dim });
    const { train, test } = (await readFeatures(folder, 1, dim, sets))!;
    assertEquals([train.length, test.length], [7 * dim, 4 * dim]);
    assertEquals([train.some(Number.isNaN), test.some(Number.isNaN)], [true, false]);
  }
});

diskTest(
  "readFeatures() finds it after 5,000 above two dimensions, but in the last epoch",
  async (directory) => {
    const sizes = async (dim: number, kept?: number) => {
      const path = `${directory}/${dim}-${kept}`;
      const written = { ...SIZES, dim, train: 5003, test: 6, kept };
      const { folder, sets } = await writeRunFolder(path, written);
      const features = (await readFeatures(folder, 1, dim, sets))!;
      const { train, test } = keptFeatures(features, dim);
      return [features.train.length, features.test.length, train.length, test.length];
    };
    assertEquals(await sizes(3, 5000), [15_000, 18, 15_000, 18]);
    assertEquals(await sizes(3), [15_009, 18, 15_000, 18]); // as after the last epoch
    assertEquals(await sizes(2), [10_006, 12, 10_006, 12]);
    assertEquals(await sizes(1), [5003, 6, 5000, 6]);
  },
);

diskTest(
  "readFeatures() is undefined without a file, and refuses one of other sets",
  async (directory) => {
    const { folder, sets } = await writeRunFolder(directory, SIZES);
    assertEquals(await readFeatures(folder, 2, 3, sets), undefined);
    const path = folder.file(epochFile("features", 1));
    await Deno.writeFile(path, encodeNpy([10, 3], new Float32Array(30)));
    const message = `${path} holds 30 numbers, but the sets of this run make 33`;
    await assertRejects(() => readFeatures(folder, 1, 3, sets), RunError, message);
  },
);

diskTest(
  "readCenters() gives the centers of each epoch, an empty field as NaN",
  async (directory) => {
    const { folder, centers } = await writeRunFolder(directory, { ...SIZES, epochs: 2 });
    const all = await readCenters(folder);
    assertEquals([...all], [[1, centers.map((v) => v / 2)], [2, centers]]);
    const path = folder.file("centers.csv");
    await Deno.writeTextFile(path, "epoch,class,x0,x1\n12,0,1,\n12,1,3,4\n");
    assertEquals(await readCenters(folder), new Map([[12, Float32Array.of(1, NaN, 3, 4)]]));
    for (
      const [line, fault] of [
        ["1,0,1", " is no CSV table: Syntax error on line 3: "],
        ["1,0,1,2,3", " is no CSV table: Syntax error on line 3: "],
        ["1,0,1,x", ', line 3: x1 is "x"; put the file back as it was written'],
      ]
    ) {
      await Deno.writeTextFile(path, `epoch,class,x0,x1\n1,0,1,2\n${line}\n`);
      await assertRejects(() => readCenters(folder), RunError, path + fault);
    }
    await Deno.remove(path);
    assertEquals((await readCenters(folder)).size, 0);
  },
);
