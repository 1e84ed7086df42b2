/** What only some rows leave in their folders: predictions, and the pictures that are drawn of them. */
import { assert, assertAlmostEquals, assertEquals, assertMatch, assertRejects } from "@std/assert";
import { join } from "node:path";
import { RunError } from "../../../src/base/errors.ts";
import { decodeNpy } from "../../../src/base/npy.ts";
import {
  assertSameNumbers,
  columnsOf,
  contents,
  drawnSizes,
  linesOf,
  noData,
  numbersIn,
  onceThere,
  RESUME,
  rowFolder,
  runTest,
  startRow,
} from "../run_folders.ts";

const TRAIN = 18, TEST = 10;

runTest("run() with the figures of its row", async (root, t) => {
  const whole = join(root, "whole");
  const start = async (id: string, ...flags: string[]) => {
    const { result, out: said } = await startRow(id, whole, [...drawnSizes(root), ...flags]);
    assertEquals(result, 0);
    const folder = rowFolder(whole, id);
    return { folder, said, files: contents(folder) };
  };
  const density = await start("density");

  await t.step("keeps what the network takes each sample for, and how sure it is", async () => {
    const rows = decodeNpy(density.files.get("predictions/epoch-002.npy")!, "predictions");
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
    const [, ...confused] = await linesOf(density.folder, "confusion.csv");
    const sums = taken.map((_, k) => confused.reduce((sum, row) => sum + Number(row[k + 1]), 0));
    assertEquals(taken, sums);
    const { files } = await start("kz-softmax");
    assertEquals([...files.keys()].some((f) => f.startsWith("predictions")), false);
  });

  await t.step("trains as the row that it is a copy of", async () => {
    const { files } = await start("kz-center");
    for (const name of ["metrics.csv", "steps.csv", "centers.csv", "confusion.csv"]) {
      assertEquals(density.files.get(name), files.get(name), name);
    }
  });

  await t.step("--resume ends in the same predictions and pictures", async () => {
    const out = join(root, "stopped"), folder = rowFolder(out, "density");
    const stop = onceThere(join(folder, "metrics.csv"));
    assertEquals((await startRow("density", out, drawnSizes(root), stop)).result, 130);
    const resume = [...RESUME, "--data-dir", noData(root)];
    assertEquals((await startRow("density", out, resume)).result, 0);
    assertSameNumbers(folder, numbersIn(density.folder));
  });

  await t.step("says how sure the network is beside how often it is right", async () => {
    const { folder, files } = await start("keras-lambda-0");
    const calibration = await columnsOf(folder, "calibration.csv");
    const byLogit = (await columnsOf(folder, "metrics.csv"))("test_accuracy_by_logit");
    assertAlmostEquals(calibration("accuracy")[0], byLogit.at(-1)!, 1e-9);
    const [certainty] = calibration("mean_largest_probability");
    assert(certainty >= 0.1 && certainty <= 1, `${certainty}`);
    assert(files.get("reliability.png")!.length > 1000);
  });

  await t.step("correlates paths, and one path that two classes share", async () => {
    const { folder, files } = await start("density-tied", "--epochs", "3");
    const [header, ...rows] = await linesOf(folder, "correlation.csv");
    assertEquals(header, ["center", ...Array.from({ length: 10 }, (_, k) => String(k))]);
    assertEquals(rows[4].slice(1), rows[9].slice(1));
    assertAlmostEquals(Number(rows[4][1 + 9]), 1, 1e-9);
    assert(files.get("correlation.png")!.length > 1000);
    const centers = (await linesOf(folder, "centers.csv")).slice(1);
    const ofClass = (k: string) =>
      centers.filter(([, own]) => own === k).map((line) => line.slice(2));
    assertEquals(ofClass("4"), ofClass("9"));
  });

  await t.step("counts exponents that were clamped, and says so at the end", async () => {
    const row = "center-repulsion-mnist-2";
    const { folder, said } = await start(row, "--exponent", "100", "--weight-intra", "0");
    const clamped = (await columnsOf(folder, "steps.csv"))("clamped");
    const sum = clamped.reduce((a, b) => a + b);
    const samples = 2 * 16; // two full batches of 8 in each of two epochs
    assert(sum > 0 && sum <= samples, `${sum}`);
    const rest =
      `of ${samples} exponents of training samples had to be clamped, where float32 would`;
    assert(said.includes(`\n${sum} ${rest}`), said);
    const act = () => start(row, "--exponent", "100", "--overwrite");
    assertMatch(
      (await assertRejects(act, RunError)).message,
      /^The loss became \S+ in step 2 of epoch 1 \(intra \S+, inter \S+\), after [1-8] clamped exponents in this epoch, at learning rate 0.01: /,
    );
    const usual = await start(row, "--overwrite");
    assert(usual.said.includes(`\nNone ${rest}`), usual.said);
  });
});
