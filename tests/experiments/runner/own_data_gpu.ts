/** Runs on one's own images, from end to end. */
import { assert, assertEquals, assertNotEquals, assertRejects } from "@std/assert";
import { join } from "node:path";
import { RunError, UsageError } from "../../../src/base/errors.ts";
import { gpu } from "../../../src/gpu/device.ts";
import { pictureFolder } from "../../data/picture_folder.ts";
import { granted } from "../../permissions.ts";
import { contents, copy, isThere, onceThere, rowFolder, startRow } from "../run_folders.ts";

const ROW = "kz-center";
const SMOKE = ["--preset", "smoke", "--no-tune"];
const CLASSES = { bar: 12, "big, disc": 12, cross: 12 };

const text = (...path: string[]) => Deno.readTextFile(join(...path));

Deno.test("run() on one's own images", async (t) => {
  if (!await granted("read", "write")) return;
  const root = await Deno.makeTempDir({ prefix: "own images " });
  const source = await pictureFolder(join(root, "shapes"), CLASSES);
  const out = join(root, "runs"), folder = rowFolder(out, `${ROW}@shapes`);

  await t.step("trains on a folder of few pictures, in a place of its own", async () => {
    // Of 36 pictures 6 are held out: fewer than the preset asks for.
    const { result, out: said } = await startRow(ROW, out, [...SMOKE, "--data", source]);
    assertEquals(result, 0);
    assert(said.includes(`everything is in ${folder}\n`), said);
    const { plan, drawn, classNames } = JSON.parse(await text(folder, "config.json"));
    assertEquals([plan.id, plan.dataset, plan.ownData, drawn], [
      ROW,
      "shapes",
      { source, testShare: 0.2 },
      false,
    ]);
    assertEquals(classNames, Object.keys(CLASSES));
    assertEquals([...Deno.readDirSync(out)].map(({ name }) => name), [`${ROW}@shapes`]);
  });

  await t.step("names the classes in tables, and has as many of them as there are", async () => {
    const rows = (await text(folder, "confusion.csv")).trimEnd().split("\n");
    assertEquals(rows[0], 'label,predicted_bar,"predicted_big, disc",predicted_cross');
    assertEquals(rows.slice(1).map((row) => row.replace(/(,\d+){3}$/, "")), [
      "bar",
      '"big, disc"',
      "cross",
    ]);
    assertEquals((await text(folder, "centers.csv")).trimEnd().split("\n").length, 1 + 2 * 3);
    const names = (await text(folder, "projector", "metadata.tsv")).trimEnd().split("\n").slice(1)
      .map((line) => line.split("\t")[1]);
    assertEquals([...new Set(names)].sort(), Object.keys(CLASSES));
  });

  await t.step(
    "names the classes in the legend: other names are other pictures, and no other numbers",
    async () => {
      const again = join(root, "again"), place = rowFolder(again, `${ROW}@shapes`);
      const other = join(again, "shapes");
      await copy(join(root, "shapes"), other);
      await Deno.rename(join(other, "big, disc"), join(other, "c"));
      await startRow(ROW, again, [...SMOKE, "--data", `folder:${other}`]);
      for (const name of ["metrics.csv", "steps.csv", "last.safetensors", "curves.png"]) {
        assertEquals(
          await Deno.readFile(join(place, name)),
          await Deno.readFile(join(folder, name)),
        );
      }
      for (const name of ["val.png", "train.gif"]) {
        assertNotEquals(
          await Deno.readFile(join(place, name)),
          await Deno.readFile(join(folder, name)),
        );
      }
    },
  );

  await t.step(
    "says how to resume, in words that a shell takes, and ends in the same files",
    async () => {
      const half = join(root, "half"), place = rowFolder(half, `${ROW}@shapes`);
      const stop = onceThere(join(place, "metrics.csv"));
      const { result, out: said } = await startRow(ROW, half, [...SMOKE, "--data", source], stop);
      assertEquals(result, 130);
      const command =
        `deno task exp ${ROW} --preset smoke --seed 1 --resume --data '${source}' --out '${half}'`;
      assert(said.includes(`continue after epoch 1 with\n  ${command}\n`), said);
      const before = contents(place);
      const resume = ["--preset", "smoke", "--resume", "--data"];
      await assertRejects(
        () => startRow(ROW, half, [...resume, `folder:${join(root, "other", "shapes")}`]),
        UsageError,
        `--resume continues a run on its own images, ${source}: name those with --data`,
      );
      await assertRejects(
        () => startRow(ROW, half, [...resume, source, "--image-size", "9"]),
        UsageError,
        "--resume continues a run with its own options: leave out --image-size",
      );
      await assertRejects(
        () => startRow(ROW, half, resume.slice(0, 3)),
        RunError,
        "There is no run to resume in ",
      );
      assertEquals(contents(place), before);
      assertEquals((await startRow(ROW, half, [...resume, source])).result, 0);
      for (const name of ["metrics.csv", "last.safetensors", "val.gif", "confusion.csv"]) {
        assertEquals(
          await Deno.readFile(join(place, name)),
          await Deno.readFile(join(folder, name)),
        );
      }
    },
  );

  await t.step(
    "trains by any loss, with colour, other sizes and a class that few have",
    async () => {
      const uneven = await pictureFolder(join(root, "uneven"), { a: 2, b: 40, c: 30, d: 9 });
      const flags = [...SMOKE, "--data", uneven, "--channels", "3", "--image-size", "20x12"];
      for (
        const id of ["xent-mnist-2", "standalone-cifar-10-2", "mx-10-30", "center-softmax-mnist-2"]
      ) {
        const { result } = await startRow(id, join(root, "any"), flags);
        assertEquals(result, 0, id);
        const place = rowFolder(join(root, "any"), `${id}@uneven`);
        assert(await text(place, "summary.json"), id);
      }
    },
  );

  await t.step("draws more classes than there are colours of digits", async () => {
    const many = Object.fromEntries(Array.from({ length: 14 }, (_, k) => [`class ${k}`, 3]));
    const crowd = await pictureFolder(join(root, "many"), many);
    const { result } = await startRow("density", join(root, "any"), [
      ...SMOKE,
      "--data",
      crowd,
    ]);
    assertEquals(result, 0);
  });

  await t.step("trains on 300 classes, with tables whose size goes with what occurs", async () => {
    const classes = 300, file = join(root, "many.csv"), out = join(root, "crowd");
    const pixels = Array.from({ length: 64 }, (_, i) => `pixel${i}`);
    const lines = Array.from(
      { length: 2 * classes },
      (_, i) => [i % classes, ...pixels.map((_, p) => (i * 31 + p * 7) % 256)].join(","),
    );
    await Deno.writeTextFile(file, [["label", ...pixels].join(","), ...lines].join("\n"));
    const flags = [...SMOKE, "--data", `csv:${file}`], place = rowFolder(out, `${ROW}@many`);
    const stop = onceThere(join(place, "metrics.csv"));
    assertEquals((await startRow(ROW, out, flags, stop)).result, 130);
    const { result, out: said } = await startRow(ROW, out, [...flags, "--resume"]);
    assertEquals(result, 0, said);
    assert(said.includes("300 classes: above 100, confusion.csv has a line for each pair"), said);
    const rows = (await text(place, "confusion.csv")).trimEnd().split("\n").map((row) =>
      row.split(",")
    );
    assertEquals(rows[0], ["label", "predicted", "samples"]);
    const shown = rows.slice(1).reduce((sum, [, , samples]) => sum + Number(samples), 0);
    assert(shown > 0 && rows.slice(1).every(([label]) => Number(label) < classes));
    assert(![...contents(place).keys()].includes("center_distances.csv"));
    const accuracy = (await text(place, "class_accuracy.csv")).trimEnd().split("\n");
    assertEquals(accuracy.length, 1 + 2 * 2 * classes);
  });

  await t.step("refuses what a row cannot take, before there is a folder", async () => {
    const refused = join(root, "refused");
    const refuse = (id: string, message: string, ...flags: string[]) =>
      assertRejects(
        () => startRow(id, refused, [...SMOKE, "--data", source, ...flags]),
        UsageError,
        message,
      );
    await refuse(
      "density-tied",
      "density-tied ties the centers of classes 4 and 9, and shapes has 3: choose another row",
    );
    await refuse(
      ROW,
      "Cannot build LeNet++ for images of 7x9: after three pools nothing is left of them; give a larger --image-size",
      ...["--image-size", "7x9"],
    );
    await refuse(
      "cent-cifar-10-2",
      "Cannot pad shapes images of 4x9: padding is 4; give a whole number from 0 to 3; give a larger --image-size",
      ...["--image-size", "4x9"],
    );
    await refuse(
      "cent-mnist-2",
      "Cannot build ResNet for images of 2x9: its first convolution is of 3x3 pixels; give a larger --image-size",
      ...["--image-size", "2x9"],
    );
    await refuse(ROW, "--batch-size is 31, more than the 30 training images", "--batch-size", "31");
    assertEquals(isThere(refused), false);
  });

  gpu().pool.trim();
  await Deno.remove(root, { recursive: true });
});
