/** Tables of the studies of the family. */
import { assert, assertEquals } from "@std/assert";
import { withSlashes } from "../../../src/base/path.ts";
import { join } from "node:path";
import {
  degradationLines,
  measureLines,
  panelLines,
} from "../../../experiments/report/measures_table.ts";
import { writeWhole } from "../../../src/base/files.ts";
import { diskTest } from "../../on_disk.ts";
import { cellsOf } from "./cells.ts";

/** `measures.csv` of a study by seed: accuracies by logit or by class mean. */
async function write(
  root: string,
  folder: string,
  seeds: Record<string, [number, string, features?: number]>[],
) {
  for (const [i, rows] of seeds.entries()) {
    const lines = Object.entries(rows).map(([loss, [byLogit, byMean, features = 2]]) =>
      `${loss}-mnist-2,mnist,${loss},${features},quick,${byLogit || ""},,${byMean}`
    );
    const header = "row,dataset,loss,features,preset,by_logit,by_center,by_mean";
    const path = join(root, folder, `seed-${i + 1}`, "measures.csv");
    await writeWhole(path, [header, ...lines, ""].join("\n"));
  }
}

diskTest("measureLines() has mean and deviation over seeds, the best in bold", async (root) => {
  assertEquals(await measureLines("relatives", root), ["No results are in the repository yet."]);
  await write(root, "quick/relatives", [
    { xent: [0.9, "0.8"], cent: [0.7, "0.85"] },
    { xent: [0.8, "0.8"], cent: [0.7, "0.95"] },
  ]);
  await write(root, "fast/relatives", [{ xent: [0.99, "0.99"] }]);
  const lines = await measureLines("relatives", root);
  assert(lines[0].startsWith("Preset quick; seeds 1, 2: mean ± standard deviation"), lines[0]);
  const [, , xent, cent] = lines.filter((line) => line.startsWith("|")).map(cellsOf);
  assertEquals(xent.slice(0, 5), ["xent", "2", "**0.8500 ± 0.0707**", "-", "0.8000 ± 0.0000"]);
  assertEquals(cent.slice(0, 5), ["cent", "2", "0.7000 ± 0.0000", "-", "**0.9000 ± 0.0707**"]);
  assert(lines.includes("Neural collapse of the training set, MNIST:"));
});

diskTest(
  "measureLines() says how many images each run had, where a change leaves sets of other sizes",
  async (root) => {
    const study = "relatives-open-set";
    await write(root, `small/${study}`, [{ xent: [0.9, "0.8"] }]);
    const counts = (train: number) => ({ train, test: 400 });
    const runs = [{ id: "xent-mnist-2" }, { id: "xent-fashion-mnist-2", images: counts(2389) }];
    const config = { study, preset: "small", seed: 1, images: counts(2407), runs };
    const path = join(root, "small", study, "seed-1", "study.json");
    await writeWhole(path, JSON.stringify(config));
    const [first] = await measureLines(study, root);
    assert(first.startsWith("Preset small, 2,407 or 2,389 images; seed 1: one seed"), first);
  },
);

diskTest("measureLines() says which means are of fewer seeds than the table", async (root) => {
  await write(root, "quick/relatives", [
    { xent: [0.9, "0.5"], cent: [0.7, "0.6"] },
    { xent: [0.8, "0.5"] },
    { xent: [0.7, "0.5"], cent: [0.9, "0.6"] },
  ]);
  const lines = await measureLines("relatives", root);
  const [, , xent, cent] = lines.filter((line) => line.startsWith("|")).map(cellsOf);
  assertEquals(xent[2], "**0.8000 ± 0.1000**");
  assertEquals(cent[2].replaceAll("*", ""), "0.8000 ± 0.1414 (2 of 3 seeds)");
});

diskTest("measureLines() compares rows of as many features as the first", async (root) => {
  const own = (high: number): Record<string, [number, string, number?]> => ({
    xent: [high, "0.5"],
    cent: [0.7, "0.6"],
    far: [0.99, "1", 128],
  });
  await write(root, "quick/relatives", [own(0.9), own(0.8)]);
  const lines = await measureLines("relatives", root);
  assert(lines.join(" ").includes("rows of 2 features; those of 128 have more room"), lines[2]);
  const [, , xent, cent, far] = lines.filter((line) => line.startsWith("|")).map(cellsOf);
  assertEquals(xent[2], "**0.8500 ± 0.0707**");
  assertEquals([cent[4], far[2], far[4]], [
    "**0.6000 ± 0.0000**",
    "0.9900 ± 0.0000",
    "1.0000 ± 0.0000",
  ]);
});

diskTest(
  "degradationLines() compares by each loss's own rule, seed by seed, least first",
  async (root) => {
    const study = "relatives-noise";
    await write(root, `small/${study}`, [
      { xent: [0.7, "0"], cent: [0.8, "0"], cac: [0, "0.5"] },
      { xent: [0.6, "0"], cent: [0.8, "0"] },
    ]);
    const alone = await degradationLines(study, root);
    assertEquals(
      alone.at(-1),
      "Nothing to compare with yet: no such runs on MNIST without the change.",
    );
    assert(!alone.join(" ").includes("the smallest loss of accuracy first"));
    await write(root, "small/relatives", [
      { xent: [0.9, "0"], cent: [0.85, "0"], cac: [0, "0.8"] },
      { xent: [0.9, "0"], cent: [0.87, "0"] },
    ]);
    // Another setting has nothing to do with it.
    await write(root, "quick/relatives", [{ xent: [1, "0"] }, { xent: [1, "0"] }, {
      xent: [1, "0"],
    }]);
    const table = (await degradationLines(study, root)).filter((line) => line.startsWith("|"));
    assertEquals(table.slice(2).map(cellsOf), [
      ["cent", "2", "0.8600 ± 0.0141", "0.8000 ± 0.0000", "0.0600 ± 0.0141"],
      ["xent", "2", "0.9000 ± 0.0000", "0.6500 ± 0.0707", "0.2500 ± 0.0707"],
      ["cac", "2", "0.8000 (1 of 2 seeds)", "0.5000 (1 of 2 seeds)", "0.3000 (1 of 2 seeds)"],
    ]);
  },
);

diskTest("panelLines() shows the pictures that are there", async (root) => {
  const none = ["No pictures are in the repository yet."];
  assertEquals(await panelLines("relatives", root, "../"), none);
  await write(root, "quick/relatives", [{ xent: [0.9, "0.8"] }]);
  assertEquals(await panelLines("relatives", root, "../"), none);
  const path = join(root, "quick", "relatives", "seed-1", "panel-mnist.gif");
  await writeWhole(path, "GIF");
  const [line] = await panelLines("relatives", root, "../");
  assert(line.startsWith(`<img src="../${withSlashes(path)}" width="820"`), line);
});
