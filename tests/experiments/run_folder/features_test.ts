import { assertEquals, assertRejects } from "@std/assert";
import {
  keptFeatures,
  keptOf,
  readCenters,
  readFeatures,
} from "../../../experiments/run_folder/features.ts";
import { epochFile } from "../../../experiments/run_folder/path.ts";
import { RunError } from "../../../src/base/errors.ts";
import { encodeNpy } from "../../../src/base/npy.ts";
import { granted } from "../../permissions.ts";
import { writeRunFolder } from "../written_folder.ts";

Deno.test("readFeatures()", async (t) => {
  if (!await granted("read", "write")) return;
  const root = await Deno.makeTempDir();
  const of = (name: string, dim: number, train: number, test: number, kept?: number) =>
    writeRunFolder(`${root}/${name}`, { dim, epochs: 1, train, test, kept });

  await t.step("finds the border in sets of which all is kept", async () => {
    for (const dim of [1, 2, 3]) {
      const { folder, sets } = await of(`small-${dim}`, dim, 7, 4);
      const features = await readFeatures(folder, 1, dim, sets);
      assertEquals([features!.train.length, features!.test.length], [7 * dim, 4 * dim]);
      assertEquals(Number.isNaN(features!.train[0]), true);
      assertEquals(features!.test.some(Number.isNaN), false);
    }
  });

  await t.step(
    "finds it after 5,000 above two dimensions, but not in two, nor in the last epoch",
    async () => {
      const high = await of("high", 3, 5003, 6, 5000);
      const features = await readFeatures(high.folder, 1, 3, high.sets);
      assertEquals([features!.train.length, features!.test.length], [15_000, 18]);
      assertEquals([1, 2, 3].map((dim) => keptOf(high.sets.train, dim)), [5000, 5003, 5000]);
      const whole = await of("whole", 3, 5003, 6); // as after the last epoch
      const all = await readFeatures(whole.folder, 1, 3, whole.sets);
      assertEquals([all!.train.length, all!.test.length], [15_009, 18]);
      const kept = keptFeatures(all!, 3);
      assertEquals([kept.train.length, kept.test.length], [15_000, 18]);
      const flat = await of("flat", 2, 5003, 6);
      assertEquals((await readFeatures(flat.folder, 1, 2, flat.sets))!.train.length, 10_006);
    },
  );

  await t.step(
    "is undefined for an epoch without a file, and refuses one of other sets",
    async () => {
      const { folder, sets } = await of("other", 3, 7, 4);
      assertEquals(await readFeatures(folder, 2, 3, sets), undefined);
      await Deno.writeFile(
        folder.file(epochFile("features", 1)),
        encodeNpy([10, 3], new Float32Array(30)),
      );
      await assertRejects(
        () => readFeatures(folder, 1, 3, sets),
        RunError,
        "epoch-001.npy holds 30 numbers, but the sets of this run make 33",
      );
    },
  );

  await t.step(
    "readCenters() gives the centers of each epoch, NaN where a field is empty",
    async () => {
      const { folder, centers } = await writeRunFolder(`${root}/centers`, {
        dim: 3,
        epochs: 2,
        train: 7,
        test: 4,
      });
      const all = await readCenters(folder);
      assertEquals([...all.keys()], [1, 2]);
      assertEquals(all.get(2), centers);
      assertEquals(all.get(1), centers.map((v) => v / 2));
      await Deno.writeTextFile(
        folder.file("centers.csv"),
        "epoch,class,x0,x1\n12,0,1,\n12,1,3,4\n",
      );
      const [first, second, ...rest] = (await readCenters(folder)).get(12)!;
      assertEquals([first, Number.isNaN(second), ...rest], [1, true, 3, 4]);
      for (
        const [line, fault] of [
          ["1,0,1", " is no CSV table: Syntax error on line 3: "],
          ["1,0,1,2,3", " is no CSV table: Syntax error on line 3: "],
          ["1,0,1,x", ', line 3: x1 is "x"; it must be a number'],
        ]
      ) {
        const path = folder.file("centers.csv");
        await Deno.writeTextFile(path, `epoch,class,x0,x1\n1,0,1,2\n${line}\n`);
        await assertRejects(() => readCenters(folder), RunError, path + fault);
      }
      await Deno.remove(folder.file("centers.csv"));
      assertEquals((await readCenters(folder)).size, 0);
    },
  );

  await Deno.remove(root, { recursive: true });
});
