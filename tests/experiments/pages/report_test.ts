import { assertEquals, assertMatch, assertRejects, assertStringIncludes } from "@std/assert";
import { withSlashes } from "../../../src/base/path.ts";
import { join } from "node:path";
import { galleryPage } from "../../../experiments/pages/gallery_page.ts";
import { around, subjectOf } from "../../../experiments/pages/subject.ts";
import { writeSite } from "../../../experiments/pages/site.ts";
import { planOf } from "../../../experiments/plan/plan.ts";
import { main } from "../../../experiments/report.ts";
import { CATALOG } from "../../../experiments/rows/catalog.ts";
import { readConfig } from "../../../experiments/run_folder/config.ts";
import { readMetrics } from "../../../experiments/run_folder/run_summary.ts";
import { RunError, UsageError } from "../../../src/base/errors.ts";
import type { Recipe } from "../../../src/train/recipe.ts";
import { granted } from "../../permissions.ts";
import { printed } from "../../printed.ts";
import { makeRun } from "../report_page/made_run.ts";
import { diskTest } from "../../on_disk.ts";

/** A run with the checkpoint that tells it from results. */
async function makeOwn(root: string, id: string, weightInter = 0.8) {
  const path = join(root, id, "quick", "seed-1");
  const { recipe } = planOf(CATALOG.get("standalone-mnist-2")!, "quick");
  const changed = { ...recipe, loss: { ...recipe.loss, weightInter } } as Recipe;
  await makeRun(path, { changes: { recipe: changed } });
  await Deno.writeTextFile(join(path, "last.safetensors"), "");
  return path;
}

diskTest(
  "report writes the page of a run into its folder, and says that it does without images",
  async (root) => {
    const path = await makeOwn(root, "a");
    const { result, out } = await printed(() => main([path, "--data-dir", root]));
    assertEquals(result, 0);
    assertStringIncludes(out, `${path} is shown without its images: Cannot find MNIST`);
    assertStringIncludes(await Deno.readTextFile(join(path, "report.html")), "standalone-mnist-2");
  },
);

diskTest(
  "report puts runs of a folder side by side, and leaves out those without an epoch",
  async (root) => {
    const paths = [
      await makeOwn(root, "a"),
      await makeOwn(root, "b", 0.2),
      await makeOwn(root, "c"),
    ];
    await Deno.remove(join(paths[2], "metrics.csv"));
    const { out } = await printed(() => main([root, "--data-dir", root]));
    assertStringIncludes(out, `${paths[2]} is left out: no epoch of it is finished`);
    const page = await Deno.readTextFile(join(root, "report.html"));
    assertStringIncludes(page, "weight-inter");
    assertStringIncludes(page, "--weight-inter 0.2");
  },
);

diskTest("subjectOf() puts a page into the innermost folder around the runs", async (root) => {
  const [a, b] = [await makeOwn(root, "a"), await makeOwn(root, "b")];
  assertEquals(await subjectOf([a, b]), { runs: [a, b], left: [], out: join(root, "report.html") });
  assertEquals((await subjectOf([a, b], "x.html")).out, "x.html");
});

Deno.test("around() is the innermost folder around all places, and the root where nothing else is", () => {
  const innermost = (...places: string[]) => withSlashes(around(places));
  assertEquals(innermost("/x/runs/a/seed-1", "/x/runs/b/seed-1"), "/x/runs");
  assertEquals(innermost("/x/runs/a", "/x/running/b"), "/x");
  assertEquals(innermost("/x/a", "/y/b"), "/");
});

diskTest("subjectOf() refuses what is no folder of runs", async (root) => {
  await assertRejects(() => subjectOf([join(root, "none")]), RunError, "is not there: name");
  await Deno.writeTextFile(join(root, "file"), "");
  await assertRejects(() => subjectOf([join(root, "file")]), RunError, "is a file: name");
  await assertRejects(() => subjectOf([root]), RunError, "holds no run");
});

Deno.test("subjectOf() finds the runs of a study, and writes nothing beside results", async () => {
  if (!await granted("read")) return;
  const study = "results/quick/lambda-sweep/seed-1";
  const { runs, study: found } = await subjectOf([study], "x.html");
  assertEquals(runs.map((it) => withSlashes(it).split("/")[2]), [
    ...["lambda-sweep-0.001", "wen-mnist", "lambda-sweep-0.1", "lambda-sweep-1"],
  ]);
  assertEquals(found?.config.study, "lambda-sweep");
  for (const place of [study, "results", "results/quick/kz-center/seed-1"]) {
    await assertRejects(() => subjectOf([place]), RunError, "name a file with --out");
  }
});

Deno.test("report refuses what does not fit together", async () => {
  if (!await granted("read")) return;
  const refused: [args: string[], message: string][] = [
    [["--out", "x.html"], "report needs a run"],
    [[""], "report needs a run"],
    [["runs", "--out", "x.txt"], "must be a file that ends in .html"],
    [["results", "runs", "--site", "x"], "takes one folder of results"],
    [["results", "--site", "x", "--out", "x.html"], "exclude each other"],
  ];
  for (const [args, message] of refused) {
    await assertRejects(() => main(args), UsageError, message);
  }
  await assertRejects(() => writeSite("results", "results/x"), UsageError, "name another folder");
  await assertRejects(() => writeSite("docs", "x"), RunError, "holds no results");
});

diskTest(
  "galleryPage() says the mean over the seeds of a row's first settings, as the tables do",
  async () => {
    const folder = "results/fast/xent-mnist-2/seed-1", config = (await readConfig(folder))!;
    const last = (await readMetrics(folder))!.at(-1)!;
    const madeOf = (seed: number, accuracy: number, preset = config.plan.preset) => ({
      ...{ folder, seconds: 1, fastest: 1 },
      config: { ...config, plan: { ...config.plan, seed, preset } },
      metrics: [{ ...last, test_accuracy_by_logit: String(accuracy) }],
    });
    const runs = [madeOf(1, 0.9), madeOf(2, 0.8), madeOf(1, 0.1, "quick")];
    const page = await galleryPage([["xent-mnist-2", runs]], [], () => Promise.resolve(undefined));
    assertMatch(page, /85\.00 ± 7\.07 % by logit, fast, 2 seeds; published 99\.10 %/);
  },
);
