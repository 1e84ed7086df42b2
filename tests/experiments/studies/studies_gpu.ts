/** Studies from end to end, on drawn images. */
import { assert, assertEquals, assertRejects } from "@std/assert";
import { join } from "node:path";
import { runQueue } from "../../../experiments/runner/queue.ts";
import type { QueueOptions } from "../../../experiments/plan/request.ts";
import { run } from "../../../experiments/runner/runner.ts";
import { compose, runStudy } from "../../../experiments/studies/run_study.ts";
import { RunError } from "../../../src/base/errors.ts";
import { gpu } from "../../../src/gpu/device.ts";
import { pictureFolder } from "../../data/picture_folder.ts";
import { granted } from "../../permissions.ts";
import { printed } from "../../printed.ts";
import { framesOf } from "../gif_frames.ts";
import { studyAsked } from "../study_asked.ts";
import { contents, drawnSizes, onceThere, rowFolder } from "../run_folders.ts";
import { shared } from "../shared_device.ts";

/** The queue on the device of the tests. */
const onShared = (stop = { requested: false }) => (queue: QueueOptions) =>
  runQueue(queue, { open: () => Promise.resolve(shared()), run, stop });

/** Columns of a CSV file without quotes, under their names. */
async function table(...path: string[]): Promise<Record<string, string>[]> {
  const [header, ...lines] = (await Deno.readTextFile(join(...path))).trimEnd().split("\n")
    .map((line) => line.split(","));
  return lines.map((line) => Object.fromEntries(line.map((field, k) => [header[k], field])));
}

const FILES: Record<string, string[]> = {
  "center-rules": ["comparison.csv", "panel.gif", "panel.png", "study.json"],
  "mx-stages": ["middle.csv", "stages.csv", "stages.png", "study.json"],
  "keras-lambda": ["calibration.csv", "panel.png", "reliability.png", "study.json"],
  density: ["claims.csv", "classes.csv", "study.json"],
  "lambda-sweep": ["comparison.csv", "panel.gif", "panel.png", "study.json"],
};

Deno.test("runStudy()", async (t) => {
  if (!await granted("read", "write")) return;
  const root = await Deno.makeTempDir();
  const taskOf = (id: string, out: string, ...flags: string[]) =>
    studyAsked([id, "--out", out, ...drawnSizes(out), ...flags])!;
  const start = (id: string, out = root, flags: string[] = [], stop = { requested: false }) =>
    printed(() => runStudy(taskOf(id, out, ...flags), onShared(stop)));

  for (const [id, files] of Object.entries(FILES)) {
    await t.step(`leaves the files of ${id}`, async () => {
      const { result, out } = await start(id);
      const folder = rowFolder(root, id);
      assertEquals(result, 0);
      assert(out.endsWith(`${folder}\n`) || id === "mx-stages", out);
      assert(out.includes(`${id}, seed 1: everything is in ${folder}\n`), out);
      assertEquals([...contents(folder).keys()], files);
      const { study, preset, seed, runs } = JSON.parse(
        await Deno.readTextFile(join(folder, "study.json")),
      );
      const { rows } = taskOf(id, root).study;
      assertEquals([study, preset, seed], [id, "smoke", 1]);
      assertEquals(runs.map(({ id }: { id: string }) => id), rows);
      assertEquals(runs.every(({ drawn }: { drawn: boolean }) => drawn), true);
    });
  }

  await t.step("composes the same bytes again, and trains nothing that is finished", async () => {
    for (const id of Object.keys(FILES)) {
      const { study } = taskOf(id, root), before = contents(rowFolder(root, id));
      const { result, out } = await start(id);
      assertEquals(result, 0);
      assertEquals(out.match(/: skipped, it is finished$/gm)?.length, study.rows.length, out);
      const after = contents(rowFolder(root, id));
      for (const [name, bytes] of before) assertEquals(after.get(name), bytes, `${id}/${name}`);
    }
  });

  await t.step("shows an epoch a frame, and says what the runs said", async () => {
    for (const id of ["center-rules", "lambda-sweep"]) {
      const gif = await Deno.readFile(join(rowFolder(root, id), "panel.gif"));
      assertEquals(framesOf(gif), 2);
      for (const line of await table(rowFolder(root, id), "comparison.csv")) {
        const metrics = await table(rowFolder(root, line.row), "metrics.csv");
        assertEquals(line.test_accuracy_by_logit, metrics[1].test_accuracy_by_logit);
        assert(Number(line.ratio) > 0, line.ratio);
      }
    }
    const rules = await table(rowFolder(root, "center-rules"), "comparison.csv");
    assertEquals(rules.map(({ setting }) => setting), [
      "autograd",
      "paper",
      "paper/batch",
      "balanced",
    ]);
  });

  await t.step("begins all rules, and all weights, from one initialisation", async () => {
    for (const id of ["center-rules", "lambda-sweep"]) {
      const { study } = taskOf(id, root);
      const firsts = await Promise.all(study.rows.map(async (row) => {
        const [first] = await table(rowFolder(root, row), "steps.csv");
        return first.cross_entropy;
      }));
      assertEquals(new Set(firsts).size, 1, `${firsts}`);
    }
  });

  await t.step("measures the claims for both sets of both rows", async () => {
    const claims = await table(rowFolder(root, "density"), "claims.csv");
    assertEquals(claims.length, 13);
    assertEquals(Object.keys(claims[0]), [
      "measure",
      ...["density-max train", "density-max test", "density-softmax train", "density-softmax test"],
    ]);
    const classes = await table(rowFolder(root, "density"), "classes.csv");
    assertEquals(classes.length, 2 * 2 * 10);
    const samples = classes.filter(({ row, split }) => row === "density-max" && split === "test");
    assertEquals(samples.reduce((sum, { samples }) => sum + Number(samples), 0), 10);
  });

  await t.step("counts the middle over seeds, in the folder of the first", async () => {
    const out = join(root, "seeds");
    const { result, out: said } = await start("mx-stages", out, ["--seeds", "2"]);
    assertEquals(result, 0);
    assert(said.includes("\nNearest to the middle under joint training, over seeds: "), said);
    const [one, two] = [1, 2].map((n) => join(out, "mx-stages", "smoke", `seed-${n}`));
    assertEquals([...contents(one).keys()], FILES["mx-stages"]);
    assertEquals([...contents(two).keys()], ["stages.csv", "stages.png", "study.json"]);
    const middle = await table(one, "middle.csv");
    assertEquals(middle.length, 3 * 10);
    for (const line of middle) assert(Number(line.seeds) <= 2, JSON.stringify(line));
  });

  await t.step("composes nothing before all is done, and continues where it stopped", async () => {
    const out = join(root, "stopped");
    const stop = onceThere(join(rowFolder(out, "keras-lambda-0.5"), "metrics.csv"));
    const { result, out: said } = await start("keras-lambda", out, [], stop);
    assertEquals(result, 130);
    assert(said.includes("continue with\n  deno task exp keras-lambda --out "), said);
    assertEquals(contents(out).has("keras-lambda/smoke/seed-1/study.json"), false);
    assertEquals((await start("keras-lambda", out)).result, 0);
    const [a, b] = [out, root].map((of) => contents(rowFolder(of, "keras-lambda")));
    for (const [name, bytes] of b) assertEquals(a.get(name), bytes, name);
  });

  await t.step("puts one's own images beside, not over, a study of the data set", async () => {
    const source = await pictureFolder(join(root, "shapes"), { bar: 12, disc: 12, cross: 12 });
    const { result, out } = await start("density", root, ["--data", source]);
    assertEquals(result, 0, out);
    const folder = rowFolder(root, "density@shapes");
    assertEquals([...contents(folder).keys()], FILES.density);
    const classes = await table(folder, "classes.csv");
    assertEquals(classes.slice(0, 3).map((line) => line.class), ["bar", "cross", "disc"]);
    const config = JSON.parse(await Deno.readTextFile(join(folder, "study.json")));
    assertEquals(config.ownData, true);
  });

  await t.step("composes the other seeds where a run is damaged, and ends with 1", async () => {
    const out = join(root, "damaged"), seeds = ["--seeds", "3"];
    assertEquals((await start("mx-stages", out, seeds)).result, 0);
    const of = (id: string, seed: number) => join(out, id, "smoke", `seed-${seed}`);
    const wanted = contents(of("mx-stages", 3));
    for (let seed = 1; seed <= 3; seed++) {
      await Deno.remove(of("mx-stages", seed), { recursive: true });
    }
    const path = join(of("mx-center", 2), "metrics.csv");
    const text = await Deno.readTextFile(path);
    await Deno.writeTextFile(path, text.replace(/0\.\d/, "0.7"));
    const { result, err } = await start("mx-stages", out, seeds);
    assertEquals(result, 1);
    assertEquals(err.trimEnd().split("\n").length, 1, err);
    assert(err.includes(`mx-center, seed 2: ${path} is damaged: `), err);
    assertEquals(contents(of("mx-stages", 3)), wanted);
    // The queue saw it first; without one, the study says it.
    const task = taskOf("mx-stages", out, ...seeds);
    await Deno.remove(of("mx-stages", 3), { recursive: true });
    await assertRejects(
      () => printed(() => compose(task.study, task.queue.runs)),
      RunError,
      `${path} is damaged: `,
    );
    assertEquals(contents(of("mx-stages", 3)), wanted);
    assertEquals(contents(of("mx-stages", 2)).size, 0);
  });

  await t.step("compose() compares the summary of a run with its table and its rule", async () => {
    const { study, queue } = taskOf("density", root);
    const path = join(rowFolder(root, "density-softmax"), "summary.json");
    const text = await Deno.readTextFile(path), summary = JSON.parse(text);
    for (const other of [{ scoring: "nearest-center" }, { last: (summary.last + 1) / 2 }]) {
      await Deno.writeTextFile(path, JSON.stringify({ ...summary, ...other }));
      await assertRejects(
        () => printed(() => compose(study, queue.runs)),
        RunError,
        `${path} says `,
      );
    }
    await Deno.writeTextFile(path, text);
  });

  await t.step("compose() says what a run lacks", async () => {
    const { study, queue } = taskOf("density", root);
    const folder = rowFolder(root, "density-softmax");
    const features = join(folder, "features", "epoch-002.npy");
    const predictions = join(folder, "predictions", "epoch-002.npy");
    await Deno.rename(predictions, `${predictions}.away`);
    await assertRejects(
      () => printed(() => compose(study, queue.runs)),
      RunError,
      `${predictions} is not there: put it back, or start again with --overwrite`,
    );
    await Deno.rename(`${predictions}.away`, predictions);
    await Deno.remove(features);
    await assertRejects(
      () => printed(() => compose(study, queue.runs)),
      RunError,
      `${features} is not there: put it back, or start again with --overwrite`,
    );
    await Deno.remove(join(folder, "metrics.csv"));
    await assertRejects(
      () => printed(() => compose(study, queue.runs)),
      RunError,
      `${folder} has no metrics.csv of 2 epochs`,
    );
  });

  gpu().pool.trim();
  await Deno.remove(root, { recursive: true });
});
