/** What only some rows leave in their folders: predictions, and the pictures that are drawn of them. */
import { assert, assertAlmostEquals, assertEquals, assertMatch, assertRejects } from "@std/assert";
import { join } from "node:path";
import { RunError } from "../../../src/base/errors.ts";
import { gpu } from "../../../src/gpu/device.ts";
import { decodeNpy } from "../../../src/base/npy.ts";
import { granted } from "../../permissions.ts";
import {
  contents,
  drawnSizes,
  noData,
  numbersIn,
  onceThere,
  rowFolder,
  startRow,
} from "../run_folders.ts";

const TRAIN = 18, TEST = 10;

/** Lines of a CSV file, the header first. */
async function lines(...path: string[]): Promise<string[][]> {
  return (await Deno.readTextFile(join(...path))).trimEnd().split("\n").map((line) =>
    line.split(",")
  );
}

/** A metric of the last epoch. */
async function metric(folder: string, name: string): Promise<number> {
  const all = await lines(folder, "metrics.csv");
  return Number(all.at(-1)![all[0].indexOf(name)]);
}

Deno.test("run() with the figures of its row", async (t) => {
  if (!await granted("read", "write")) return;
  const root = await Deno.makeTempDir();
  const start = async (id: string, flags: string[] = [], out = root) => {
    const { result, out: said } = await startRow(id, out, [...drawnSizes(root), ...flags]);
    assertEquals(result, 0);
    return { folder: rowFolder(out, id), said };
  };

  await t.step("keeps what the network takes each sample for, and how sure it is", async () => {
    const { folder } = await start("density");
    const path = join(folder, "predictions", "epoch-002.npy");
    const rows = decodeNpy(await Deno.readFile(path), path);
    assertEquals(rows.length, 3 * (TRAIN + TEST));
    const taken = new Array(10).fill(0);
    for (let i = TRAIN; i < TRAIN + TEST; i++) {
      const [predicted, odds, own] = rows.subarray(3 * i, 3 * i + 3);
      taken[predicted]++;
      // The largest of ten probabilities is a tenth at least: log-odds of log(1/9).
      assert(odds >= Math.log(1 / 9) - 1e-5, `${odds}`);
      // It is that of the own class, or larger.
      assert(own <= -Math.log1p(Math.exp(-odds)) + 1e-5, `${own} of ${odds}`);
    }
    const confused = (await lines(folder, "confusion.csv")).slice(1);
    const sums = taken.map((_, k) => confused.reduce((sum, row) => sum + Number(row[k + 1]), 0));
    assertEquals(taken, sums);
    const plain = await start("kz-softmax");
    assertEquals(
      [...contents(plain.folder).keys()].some((f) => f.startsWith("predictions")),
      false,
    );
  });

  await t.step("trains as the row that it is a copy of", async () => {
    const { folder } = await start("kz-center");
    for (const name of ["metrics.csv", "steps.csv", "centers.csv", "confusion.csv"]) {
      const own = await Deno.readFile(join(rowFolder(root, "density"), name));
      assertEquals(own, await Deno.readFile(join(folder, name)), name);
    }
  });

  await t.step("--resume ends in the same predictions and pictures", async () => {
    const out = join(root, "stopped"), folder = rowFolder(out, "density");
    const stop = onceThere(join(folder, "metrics.csv"));
    assertEquals((await startRow("density", out, drawnSizes(root), stop)).result, 130);
    const resume = ["--preset", "smoke", "--resume", "--data-dir", noData(root)];
    assertEquals((await startRow("density", out, resume)).result, 0);
    const [found, wanted] = [folder, rowFolder(root, "density")].map(numbersIn);
    assertEquals([...found.keys()], [...wanted.keys()]);
    for (const [name, bytes] of wanted) assertEquals(found.get(name), bytes, name);
  });

  await t.step("says how sure the network is beside how often it is right", async () => {
    const { folder } = await start("keras-lambda-0");
    const [header, values] = await lines(folder, "calibration.csv");
    assertEquals(header[0], "accuracy");
    assertAlmostEquals(Number(values[0]), await metric(folder, "test_accuracy_by_logit"), 1e-9);
    assert(Number(values[1]) >= 0.1 && Number(values[1]) <= 1, values[1]);
    assert((await Deno.stat(join(folder, "reliability.png"))).size > 1000);
  });

  await t.step("correlates paths, and one path that two classes share", async () => {
    const { folder } = await start("density-tied", ["--epochs", "3"]);
    const [header, ...rows] = await lines(folder, "correlation.csv");
    assertEquals(header, ["center", ...Array.from({ length: 10 }, (_, k) => String(k))]);
    assertEquals(rows[4].slice(1), rows[9].slice(1));
    assertAlmostEquals(Number(rows[4][1 + 9]), 1, 1e-9);
    assert((await Deno.stat(join(folder, "correlation.png"))).size > 1000);
    const centers = (await lines(folder, "centers.csv")).slice(1);
    const ofClass = (k: string) =>
      centers.filter((line) => line[1] === k).map((line) => line.slice(2));
    assertEquals(ofClass("4"), ofClass("9"));
  });

  await t.step("counts exponents that were clamped, and says so at the end", async () => {
    const { folder, said } = await start("center-repulsion-mnist-2", [
      ...["--alpha", "100", "--weight-intra", "0"],
    ]);
    const [header, ...steps] = await lines(folder, "steps.csv");
    const column = header.indexOf("clamped");
    const sum = steps.reduce((sum, step) => sum + Number(step[column]), 0);
    const samples = 2 * 16; // two full batches of 8 in each of two epochs
    assert(sum > 0 && sum <= samples, `${sum}`);
    const rest =
      `of ${samples} exponents of training samples had to be clamped, where float32 would`;
    assert(said.includes(`\n${sum} ${rest}`), said);
    const error = await assertRejects(
      () => start("center-repulsion-mnist-2", ["--alpha", "100", "--overwrite"]),
      RunError,
    );
    assertMatch(
      error.message,
      /^The loss became \S+ in step 2 of epoch 1 \(intra \S+, inter \S+\), after [1-8] clamped exponents in this epoch, at learning rate 0.01: /,
    );
    const usual = await start("center-repulsion-mnist-2", ["--overwrite"]);
    assert(usual.said.includes(`\nNone ${rest}`), usual.said);
  });

  gpu().pool.trim();
  await Deno.remove(root, { recursive: true });
});
