/** What the page of a run says of its test images is what the run itself said. */
import { assertAlmostEquals, assertEquals } from "@std/assert";
import { loadImages } from "../../../experiments/plan/images.ts";
import { predictionsOf } from "../../../experiments/report_page/predictions.ts";
import { readConfig } from "../../../experiments/run_folder/config.ts";
import { openRun } from "../../../experiments/run_folder/opened/open_run.ts";
import { readMetrics } from "../../../experiments/run_folder/run_summary.ts";
import { drawnSizes, noData, rowFolder, runTest, startRow } from "../run_folders.ts";

/** Logits by products, by cosines with and without lengths, of several proxies a class, and by anchors. */
const ROWS = ["kz-softmax", "arcface", "sphereface", "l-softmax", "simplex", "soft-triple", "cac"];

runTest("predictionsOf() of a finished run", async (root, t) => {
  for (const name of ROWS) {
    const id = name === "simplex"
      ? "simplex-mnist-128"
      : name.includes("kz")
      ? name
      : `${name}-mnist-2`;
    await t.step(`${id}: the accuracy of metrics.csv, and the certainty of predict`, async () => {
      await startRow(id, root, drawnSizes(root));
      const folder = rowFolder(root, id), config = (await readConfig(folder))!;
      const sets = await loadImages(config.plan, noData(root));
      const { byLogit, certainty } = (await predictionsOf(folder, config, 2, sets))!;
      const { labels, count } = sets.test;
      const hits = [...byLogit].filter((k, i) => k === labels[i]).length;
      const last = (await readMetrics(folder))!.at(-1)!;
      assertAlmostEquals(hits / count, Number(last.test_accuracy_by_logit), 1e-9);
      using run = await openRun(folder, { checkpoint: "last" });
      (await run.predict(sets.test)).forEach(({ label, probability }, i) => {
        assertEquals(byLogit[i], label);
        assertAlmostEquals(certainty[i], probability!, 1e-4);
      });
    });
  }
});
