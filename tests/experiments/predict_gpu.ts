/** `deno task predict`: what it says of images is what the run said of them. */
import { assert, assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import { join } from "node:path";
import { drawDigits } from "../../data/drawn/digits.ts";
import { writeCsv } from "../../data/sets/csv_file.ts";
import { main } from "../../experiments/predict.ts";
import { openRun } from "../../experiments/run_folder/opened/open_run.ts";
import { RunError, UsageError } from "../../src/base/errors.ts";
import { pictureFolder, SIDE } from "../data/picture_folder.ts";
import { printed } from "../printed.ts";
import { drawnSizes, linesOf, rowFolder, runTest, SIZES, startRow, textOf } from "./run_folders.ts";
import { lend } from "./shared_device.ts";

const predict = async (...args: string[]) => {
  const { result, out } = await printed(() => main(args, lend));
  assertEquals(result, 0);
  return out;
};

runTest("main() of predict", async (root, t) => {
  const source = await pictureFolder(join(root, "shapes"), { bar: 8, "disc, big": 8, c: 8 });
  const pictures = source.replace("folder:", ""), flags = [...SIZES.slice(0, 4), "--no-tune"];
  await startRow("kz-center", root, [...flags, "--data", source, "--predict", pictures]);
  const run = rowFolder(root, "kz-center@shapes");

  await t.step("says of a folder what --predict wrote at the run's end", async () => {
    const written = (await textOf(run, "predictions.csv")).split("\n");
    const found = (await predict(run, pictures, "--csv", "--checkpoint", "last")).split("\n");
    assertEquals(found.length, written.length);
    assertEquals(
      found[0],
      'image,class,probability,distance_to_bar,distance_to_c,"distance_to_disc, big"',
    );
    written.slice(1).forEach((line, i) => assert(found[i + 1].startsWith(line), line));
  });

  await t.step("gives probabilities, distances and the class, in each form", async () => {
    const one = join(pictures, "bar", "000.png");
    const [said] = JSON.parse(await predict(run, one, "--json"));
    assertEquals([said.image, said.distances.length], [one, 3]);
    assert(said.probability > 1 / 3 - 1e-6 && said.probability <= 1);
    const lines = (await predict(run, one)).trimEnd().split("\n").slice(-2);
    assert(lines[0].startsWith("image"), lines[0]);
    assert(lines[1].includes(` ${said.class} `), lines[1]);
    using opened = await openRun(run);
    assertEquals(opened.imageSize, { height: SIDE, width: SIDE, channels: 1 });
    assertEquals(opened.classNames, ["bar", "c", "disc, big"]);
    const [found] = await opened.predict(one);
    assertEquals([found.class, found.label], [said.class, opened.classNames.indexOf(said.class)]);
    assertAlmostEquals(found.probability!, said.probability);
    await assertRejects(
      () =>
        opened.predict({ count: 1, height: 1, width: 1, channels: 1, images: new Uint8Array(1) }),
      TypeError,
      `Cannot classify images of [1, 1, 1]: those of the run are [${SIDE}, ${SIDE}, 1]`,
    );
  });

  await t.step(
    "goes by the nearest center where the run does, and measures class means where none are learned",
    async () => {
      const test = drawDigits({ count: 10, seed: 1, split: "test" }), file = join(root, "test.csv");
      await writeCsv(file, test, false);
      for (const id of ["standalone-mnist-2", "xent-mnist-2"]) {
        await startRow(id, root, drawnSizes(root));
        const [, ...lines] =
          (await predict(rowFolder(root, id), file, "--csv", "--checkpoint", "last"))
            .trimEnd().split("\n").map((line) => line.split(","));
        const nearest = lines.map((line) => {
          const distances = line.slice(3).map(Number);
          return String(distances.indexOf(Math.min(...distances)));
        });
        const [, ...rows] = await linesOf(rowFolder(root, id), "confusion.csv");
        rows.forEach((_, k) => {
          const taken = rows.reduce((sum, row) => sum + Number(row[k + 1]), 0);
          assertEquals(lines.filter((line) => line[1] === String(k)).length, taken);
        });
        if (id === "standalone-mnist-2") assertEquals(lines.map((line) => line[1]), nearest);
        assertEquals(
          lines.every((line) => (line[2] === "") === (id === "standalone-mnist-2")),
          true,
        );
      }
    },
  );

  await t.step("names --invert where images are dark on light", async () => {
    const folder = rowFolder(root, "xent-mnist-2"), bright = join(root, "bright.csv");
    const set = drawDigits({ count: 2, seed: 1, split: "test" });
    await writeCsv(bright, { ...set, images: set.images.map((v) => 255 - v) }, false);
    assert((await predict(folder, bright)).includes("try --invert"));
    const plain = join(root, "plain.csv");
    await writeCsv(plain, set, false);
    assertEquals(
      await predict(folder, bright, "--invert", "--csv"),
      await predict(folder, plain, "--csv"),
    );
  });

  await t.step(
    "says that class means are gone, and needs them where the run goes by them",
    async () => {
      const plain = join(root, "plain.csv"), id = "supcon-mnist-2";
      await startRow(id, root, drawnSizes(root));
      for (const row of ["xent-mnist-2", id]) {
        await Deno.remove(join(rowFolder(root, row), "centers.csv"));
      }
      const said = await predict(rowFolder(root, "xent-mnist-2"), plain, "--checkpoint", "last");
      const gone = `${
        join(rowFolder(root, "xent-mnist-2"), "centers.csv")
      } does not have the class means`;
      assert(said.includes(`Distances are left out: ${gone} of epoch 2\n`), said);
      await assertRejects(
        () => predict(rowFolder(root, id), plain),
        RunError,
        "put it back, as the run classifies by them",
      );
    },
  );

  await t.step("refuses what it cannot use in one line", async () => {
    const refuse = (
      error: typeof RunError | typeof UsageError,
      message: string,
      ...args: string[]
    ) => assertRejects(() => predict(...args), error, message);
    await refuse(UsageError, "predict needs a run and images: deno task predict RUN IMAGE", run);
    await refuse(
      UsageError,
      "--csv and --json exclude each other",
      run,
      pictures,
      "--csv",
      "--json",
    );
    await refuse(RunError, "has no config.json: name the folder of a run", root, pictures);
    const config = JSON.parse(await textOf(run, "config.json"));
    delete config.imageSize;
    await Deno.writeTextFile(join(run, "config.json"), JSON.stringify(config));
    await refuse(
      RunError,
      "config.json is of an earlier version, which did not note the size",
      run,
      pictures,
    );
  });
});
