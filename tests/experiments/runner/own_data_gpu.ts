/** Runs on one's own images, from end to end. */
import { assert, assertEquals, assertNotEquals, assertRejects } from "@std/assert";
import { join } from "node:path";
import { parse } from "../../../cli/flags.ts";
import { expCommand, oneRow } from "../../../experiments/flags/exp.ts";
import { optionsOf } from "../../../experiments/flags/run.ts";
import { imagesOfRun } from "../../../experiments/runner/run_images.ts";
import { main as evaluate } from "../../../experiments/eval.ts";
import { RunError, UsageError } from "../../../src/base/errors.ts";
import { pictureFolder } from "../../data/picture_folder.ts";
import { put } from "../../data/pictures.ts";
import { printed } from "../../printed.ts";
import {
  assertSameNumbers,
  contents,
  copy,
  isThere,
  linesOf,
  numbersIn,
  onceThere,
  plainFolder,
  refuse,
  runTest,
  startRow,
  textOf,
} from "../run_folders.ts";
import { lend } from "../shared_device.ts";

const ROW = "kz-center";
const SMOKE = ["--preset", "smoke", "--no-tune"];
const CLASSES = { bar: 12, "big, disc": 12, cross: 12 };

runTest("run() on one's own images", async (temporary, t) => {
  const root = join(temporary, "own images");
  const source = await pictureFolder(join(root, "shapes"), CLASSES);
  const out = join(root, "runs"), folder = plainFolder(out, `${ROW}@shapes`);

  await t.step("trains on a folder of few pictures, in a place of its own", async () => {
    // Of 36 pictures 6 are held out: fewer than the preset asks for.
    const { result, out: said } = await startRow(ROW, out, [...SMOKE, "--data", source]);
    assertEquals(result, 0);
    assert(said.includes(`everything is in ${folder}\n`), said);
    const { plan, drawn, classNames } = JSON.parse(await textOf(folder, "config.json"));
    const ownData = { source, testShare: 0.2 };
    assertEquals([plan.id, plan.dataset, plan.ownData, drawn], [ROW, "shapes", ownData, false]);
    assertEquals(classNames, Object.keys(CLASSES));
    assertEquals([...Deno.readDirSync(out)].map(({ name }) => name), [`${ROW}@shapes`]);
  });
  const wanted = numbersIn(folder);

  await t.step("names the classes in tables, and has as many of them as there are", async () => {
    const [header, ...rows] = (await textOf(folder, "confusion.csv")).trimEnd().split("\n");
    assertEquals(header, 'label,predicted_bar,"predicted_big, disc",predicted_cross');
    const labels = rows.map((row) => row.replace(/(,\d+){3}$/, ""));
    assertEquals(labels, ["bar", '"big, disc"', "cross"]);
    assertEquals((await linesOf(folder, "centers.csv")).length, 1 + 2 * 3);
    const names = (await textOf(folder, "projector", "metadata.tsv")).trimEnd().split("\n").slice(1)
      .map((line) => line.split("\t")[1]);
    assertEquals([...new Set(names)].sort(), Object.keys(CLASSES));
  });

  await t.step("names them in the legend: other names are other pictures alone", async () => {
    const again = join(root, "again"), other = join(again, "shapes");
    await copy(join(root, "shapes"), other);
    await Deno.rename(join(other, "big, disc"), join(other, "c"));
    await startRow(ROW, again, [...SMOKE, "--data", `folder:${other}`]);
    const found = numbersIn(plainFolder(again, `${ROW}@shapes`));
    for (const name of ["metrics.csv", "steps.csv", "last.safetensors", "curves.png"]) {
      assertEquals(found.get(name), wanted.get(name), name);
    }
    for (const name of ["val.png", "train.gif"]) assertNotEquals(found.get(name), wanted.get(name));
  });

  await t.step("says in a shell's words how to resume, and ends in the same files", async () => {
    const half = join(root, "half"), place = plainFolder(half, `${ROW}@shapes`);
    const stop = onceThere(join(place, "metrics.csv"));
    const { result, out: said } = await startRow(ROW, half, [...SMOKE, "--data", source], stop);
    assertEquals(result, 130);
    const command =
      `deno task exp ${ROW} --preset smoke --seed 1 --resume --data '${source}' --out '${half}'`;
    assert(said.includes(`continue after epoch 1 with\n  ${command}\n`), said);
    const others = `folder:${join(root, "again", "shapes")}`; // a class has another name there
    const images = `${place} began on other images than ${others} has now: put those back`;
    const options = "There is no run to resume in ";
    const other = `folder:${join(root, "other", "shapes")}`;
    const refusals: [string[], typeof RunError, string][] = [
      [["--data", other], RunError, "there is no such folder"],
      [["--data", others], RunError, images],
      [["--data", source, "--image-size", "9"], RunError, options],
      [[], RunError, "There is no run to resume in "],
    ];
    for (const [flags, type, message] of refusals) {
      await refuse(half, [...[...SMOKE, "--resume"], ...flags], type, message, ROW);
    }
    await copy(join(root, "shapes"), join(root, "moved", "shapes"));
    const moved = `folder:${join(root, "moved", "shapes")}`;
    assertEquals(
      (await startRow(ROW, half, [...[...SMOKE, "--resume"], "--data", moved])).result,
      0,
    );
    assertSameNumbers(place, wanted);
    const ask = (...flags: string[]) => evaluate([place, ...flags], lend);
    const { out: found } = await printed(() => ask("--data", moved));
    assertEquals((await printed(() => ask())).out, found);
    await assertRejects(() => ask("--data", others), RunError, "was trained on other images than");
    const none = "--test-data is for a run that was begun with it";
    await assertRejects(() => ask("--test-data", moved), UsageError, none);
  });

  await t.step("trains by any loss, with colour, other sizes and classes few have", async () => {
    const uneven = await pictureFolder(join(root, "uneven"), { a: 2, b: 40, c: 30, d: 9 });
    const flags = [...SMOKE, "--data", uneven, "--channels", "3", "--image-size", "20x12"];
    const rows = ["xent-mnist-2", "standalone-cifar-10-2", "mx-10-30", "center-softmax-mnist-2"];
    for (const id of rows) {
      assertEquals((await startRow(id, join(root, "any"), flags)).result, 0, id);
      assert(
        isThere(
          join(
            plainFolder(join(root, "any"), `${id}@uneven+image-size=20x12+channels=3`),
            "summary.json",
          ),
        ),
        id,
      );
    }
  });

  await t.step("draws more classes than there are colours of digits", async () => {
    const many = Object.fromEntries(Array.from({ length: 14 }, (_, k) => [`class ${k}`, 3]));
    const crowd = await pictureFolder(join(root, "many"), many);
    const flags = [...SMOKE, "--data", crowd];
    assertEquals((await startRow("density", join(root, "any"), flags)).result, 0);
  });

  await t.step("trains on 300 classes, with tables whose size goes with what occurs", async () => {
    const classes = 300, file = join(root, "many.csv"), out = join(root, "crowd");
    const pixels = Array.from({ length: 64 }, (_, i) => `pixel${i}`);
    const lines = Array.from(
      { length: 2 * classes },
      (_, i) => [i % classes, ...pixels.map((_, p) => (i * 31 + p * 7) % 256)].join(","),
    );
    await put(file, [["label", ...pixels].join(","), ...lines].join("\n"));
    const flags = [...SMOKE, "--data", `csv:${file}`], place = plainFolder(out, `${ROW}@many`);
    const stop = onceThere(join(place, "metrics.csv"));
    assertEquals((await startRow(ROW, out, flags, stop)).result, 130);
    const { result, out: said } = await startRow(ROW, out, [...flags, "--resume"]);
    assertEquals(result, 0, said);
    assert(said.includes("300 classes: above 100, confusion.csv has a line for each pair"), said);
    const [header, ...rows] = await linesOf(place, "confusion.csv");
    assertEquals(header, ["label", "predicted", "samples"]);
    const shown = rows.reduce((sum, [, , samples]) => sum + Number(samples), 0);
    assert(shown > 0 && rows.every(([label]) => Number(label) < classes));
    assert(!contents(place).has("center_distances.csv"));
    assertEquals((await linesOf(place, "class_accuracy.csv")).length, 1 + 2 * 2 * classes);
  });

  await t.step("refuses what a row cannot take, before there is a folder", async () => {
    const refused = join(root, "refused"), larger = "give a larger --image-size";
    const refusals: [id: string, flags: string, message: string][] = [
      [
        "density-tied",
        "",
        "density-tied ties the centers of classes 4 and 9, and shapes has 3: choose another row",
      ],
      [
        ROW,
        "--image-size 7x9",
        `Cannot build LeNet++ for images of 7x9: after three pools nothing is left of them; ${larger}`,
      ],
      [
        "cent-cifar-10-2",
        "--image-size 4x9",
        `Cannot pad shapes images of 4x9: padding is 4; give a whole number from 0 to 3; ${larger}`,
      ],
      [
        "cent-mnist-2",
        "--image-size 2x9",
        `Cannot build ResNet for images of 2x9: its first convolution is of 3x3 pixels; ${larger}`,
      ],
      [ROW, "--batch-size 31", "--batch-size is 31, more than the 30 training images"],
    ];
    for (const [id, flags, message] of refusals) {
      const all = [...SMOKE, "--data", source, ...flags.split(" ").filter(Boolean)];
      await assertRejects(() => startRow(id, refused, all), UsageError, message);
    }
    assertEquals(isThere(refused), false);
  });
});

runTest("imagesOfRun() prints names of classes as they can be shown", async (root) => {
  const source = await pictureFolder(join(root, "shapes"), { bar: 12, "\x1b[2Jdisc": 12 });
  const words = [ROW, ...SMOKE, "--data", source, "--imbalance", "4"];
  const given = parse(expCommand(), words)!, options = optionsOf(oneRow(given, []), given.flags);
  const { out } = await printed(() => imagesOfRun("run", options, undefined));
  assert(out.includes("\\x1b[2Jdisc") && !out.includes("\x1b"), JSON.stringify(out));
});
