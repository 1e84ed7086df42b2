/** `deno task eval`: a run's checkpoints, by each method. */
import { assert, assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import { join } from "node:path";
import { unzipSync } from "npm:fflate@0.8.2";
import { main } from "../../experiments/eval.ts";
import { exitCode } from "../../cli/run_cli.ts";
import { RunError, UsageError } from "../../src/base/errors.ts";
import { pictureFolder } from "../data/picture_folder.ts";
import { put } from "../data/pictures.ts";
import { printed } from "../printed.ts";
import { smallMnist } from "../data/idx_bytes.ts";
import { columnsOf, noData, rowFolder, runTest, startRow, textOf } from "./run_folders.ts";
import { lend } from "./shared_device.ts";

const SIZES = ["--preset", "smoke", "--name", "t", "--no-tune"];
const TRAIN = 40, TEST = 20;
const COLUMNS = {
  softmax: "test_accuracy_by_logit",
  "nearest-center": "test_accuracy_by_nearest_center",
};
type Method = keyof typeof COLUMNS;

const evaluate = (...args: string[]) => main(args, lend);

/** What the run itself said of an epoch, or of its best one. */
async function measured(folder: string, method: Method, epoch?: number): Promise<number> {
  const { best } = JSON.parse(await textOf(folder, "summary.json"));
  return (await columnsOf(folder, "metrics.csv"))(COLUMNS[method])[(epoch ?? best.epoch) - 1];
}

async function ruleOf(folder: string): Promise<Method> {
  const { scoring } = JSON.parse(await textOf(folder, "summary.json"));
  return scoring === "logit" ? "softmax" : "nearest-center";
}

/** The accuracy of the predictions that `features.npz` has of test samples. */
async function exported(folder: string): Promise<number> {
  const files = unzipSync(await Deno.readFile(join(folder, "features.npz")));
  // NumPy's header is 128 bytes here.
  const predictions = new Int32Array(files["predictions.npy"].slice(128).buffer);
  const [labels, split] = ["labels", "split"].map((name) => files[`${name}.npy`].subarray(128));
  const test = [...predictions.keys()].filter((i) => split[i] === 1);
  return test.filter((i) => predictions[i] === labels[i]).length / test.length;
}

runTest("main() of eval", async (root, t) => {
  const none = noData(root), drawn = ["--data-dir", none];
  /** Trains a row on drawn digits; its folder. */
  const train = async (id: string) => {
    await startRow(id, root, [...SIZES, ...drawn]);
    return rowFolder(root, id);
  };
  const center = await train("kz-center");
  const json = async (...args: string[]) => {
    const { result, out } = await printed(() => evaluate(...args, "--json"));
    assertEquals([result, out.split("\n").length], [0, 2]);
    return JSON.parse(out);
  };
  const refuse = (folder: string, method: string, message: string, data = none) =>
    assertRejects(
      () => printed(() => evaluate(folder, "--method", method, "--data-dir", data)),
      RunError,
      message,
    );

  await t.step("agrees with the run by softmax and nearest center, for best and last", async () => {
    for (const method of ["softmax", "nearest-center"] as const) {
      for (const [checkpoint, epoch] of [["best", undefined], ["last", 2]] as const) {
        const found = await json(center, "--method", method, "--checkpoint", checkpoint, ...drawn);
        const share = await measured(center, method, epoch);
        assertAlmostEquals(found.accuracy, share, 1e-9);
        const hits = Math.round(share * TEST), { accuracy } = found;
        const path = join(center, `${checkpoint}.safetensors`);
        assertEquals(found, { checkpoint: path, method, images: TEST, hits, accuracy });
      }
    }
  });

  await t.step("takes a file as well as a folder, and says it in a sentence", async () => {
    const file = join(center, "last.safetensors");
    const share = await measured(center, "softmax", 2);
    const { result, out } = await printed(() => evaluate(file, "--method", "softmax", ...drawn));
    assertEquals(result, 0);
    const hits = `${(100 * share).toFixed(2)} % by softmax: ${Math.round(share * TEST)} of ${TEST}`;
    assert(out.endsWith(`${hits} test images of mnist, ${file}\n`), out);
  });

  await t.step("goes by the run's own rule and folder of data where none is named", async () => {
    const found = await json(center);
    assertEquals([found.method, found.accuracy], ["softmax", await measured(center, "softmax")]);
    const kept = JSON.parse(await textOf(center, "config.json"));
    assertEquals(kept.dataDir, "../../../no-data");
  });

  await t.step("votes by the nearest training samples, as many as there are", async () => {
    const knn = [center, "--method", "knn", ...drawn];
    const hits = new Set<number>();
    for (const k of [1, 3, TRAIN]) {
      const found = await json(...knn, "--k", String(k));
      hits.add(found.hits);
      assertEquals([found.method, found.k, found.images], ["knn", k, TEST]);
      assertAlmostEquals(found.accuracy, found.hits / TEST, 1e-9);
    }
    assert(hits.size > 1, "as many hits whatever k is");
    const { result, err } = await printed(() =>
      exitCode((args) => evaluate(...args), [...knn, "--k", "41"])
    );
    assertEquals([result, err], [2, "--k is 41, more than the 40 training images\n"]);
    const { out } = await printed(() => evaluate(...knn));
    assert(out.includes(" by 5 nearest neighbours: "), out);
  });

  await t.step("knows the network of each row, and centers that two classes share", async () => {
    const rows = ["wen-mnist", "mx-10-30", "density-tied", "center-repulsion-mnist-2"];
    for (const id of [...rows, "standalone-mnist-2", "supcon-mnist-2"]) {
      const folder = await train(id);
      const { accuracy } = await json(folder, "--method", "nearest-center", ...drawn);
      assertAlmostEquals(accuracy, await measured(folder, "nearest-center"), 1e-9, id);
      assertEquals(await exported(folder), await measured(folder, await ruleOf(folder), 2), id);
      if (await ruleOf(folder) === "nearest-center") {
        assertEquals((await json(folder)).method, "nearest-center", id);
      }
    }
  });

  await t.step("refuses what a run does not have", async () => {
    const softmax = await train("kz-softmax"), standalone = rowFolder(root, "standalone-mnist-2");
    const best = (folder: string) => join(folder, "best.safetensors"), path = best(softmax);
    const centers = "has no centers: kz-softmax learns none; use --method softmax or knn";
    await refuse(softmax, "nearest-center", `${path} ${centers}`);
    const logits = "has no trained logits: the loss of standalone-mnist-2 does not reach them";
    await refuse(standalone, "softmax", `${best(standalone)} ${logits}; use --method`);
    await Deno.remove(path);
    const other = "and last.safetensors is: take it by --checkpoint last";
    await refuse(softmax, "knn", `${path} is not there, ${other}`);
    const last = join(softmax, "last.safetensors"), kept = await Deno.readFile(last);
    await Deno.remove(last);
    await refuse(softmax, "knn", `${path} is not there: no epoch is finished`);
    await Deno.writeFile(last, kept);
    await put(path, "");
    await refuse(softmax, "knn", `${path} is no usable safetensors file`);
    await Deno.copyFile(best(standalone), path);
    const foreign =
      "belongs to standalone-mnist-2, preset smoke, seed 1, not to kz-softmax, preset";
    await refuse(softmax, "knn", `${path} ${foreign}`);
  });

  await t.step("refuses other images than those of the run", async () => {
    const data = join(root, "data"), real = join(root, "real");
    await smallMnist(data, TRAIN, TEST);
    const path = join(center, "best.safetensors");
    const message =
      `${path} was trained on drawn digits, and mnist is there now: name a folder without it with --data-dir`;
    await refuse(center, "softmax", message, data);
    await startRow("kz-softmax", real, [...SIZES, "--data-dir", data]);
    const folder = rowFolder(real, "kz-softmax");
    const { accuracy } = await json(folder, "--method", "softmax", "--data-dir", data);
    assertAlmostEquals(accuracy, await measured(folder, "softmax"), 1e-9);
    const gone = "was trained on mnist, which is not there: name its folder with --data-dir";
    await refuse(folder, "softmax", gone);
  });

  await t.step("finds one's own images again", async () => {
    const source = await pictureFolder(join(root, "shapes"), { bar: 12, disc: 12, cross: 12 });
    await startRow("kz-center", root, [...SIZES, "--data", source]);
    const folder = rowFolder(root, "kz-center@shapes");
    const { images, accuracy } = await json(folder, "--method", "softmax");
    assertEquals(images, 6);
    assertAlmostEquals(accuracy, await measured(folder, "softmax"), 1e-9);
    const moved = join(root, "moved");
    await Deno.rename(join(root, "shapes"), moved);
    await refuse(folder, "softmax", "which is not there: name where it is now with --data");
    const there = await json(folder, "--method", "softmax", "--data", `folder:${moved}`);
    assertEquals([there.images, there.accuracy], [images, accuracy]);
    await assertRejects(() => evaluate(folder, "--method", "vote"), UsageError, "--method is");
  });
});
