/** Studies from end to end, on drawn images. */
import { assert, assertEquals, assertRejects } from "@std/assert";
import { join } from "node:path";
import { compose, runStudy } from "../../../experiments/studies/run_study.ts";
import { RunError } from "../../../src/base/errors.ts";
import { gpu } from "../../../src/gpu/device.ts";
import { pictureFolder } from "../../data/picture_folder.ts";
import { diskTest } from "../../on_disk.ts";
import { printed } from "../../printed.ts";
import { framesOf } from "../gif_frames.ts";
import { studyAsked } from "../study_asked.ts";
import { contents, drawnSizes, linesOf, onceThere, rowFolder } from "../run_folders.ts";
import { onShared } from "../shared_device.ts";

/** Columns of a CSV file without quotes, under their names. */
async function table(...path: string[]): Promise<Record<string, string>[]> {
  const [header, ...lines] = await linesOf(...path);
  return lines.map((line) => Object.fromEntries(line.map((field, k) => [header[k], field])));
}

const FILES: Record<string, string[]> = {
  "losses-mnist": ["comparison.csv", "panel.gif", "panel.png", "study.json"],
  "center-rules": ["comparison.csv", "panel.gif", "panel.png", "study.json"],
  "mx-control": ["comparison.csv", "panel.gif", "panel.png", "study.json"],
  "mx-stages": ["middle.csv", "stages.csv", "stages.png", "study.json"],
  "keras-lambda": ["calibration.csv", "panel.png", "reliability.png", "study.json"],
  "density-claims": ["claims.csv", "classes.csv", "study.json"],
  "lambda-sweep": ["comparison.csv", "panel.gif", "panel.png", "study.json"],
  "lambda-sweep-alpha": ["comparison.csv", "panel.gif", "panel.png", "study.json"],
};

diskTest("runStudy()", async (root, t) => {
  const taskOf = (id: string, out: string, ...flags: string[]) =>
    studyAsked([id, "--out", out, ...drawnSizes(out), ...flags])!;
  const start = (id: string, out = root, flags: string[] = [], stop = { requested: false }) =>
    printed(() => runStudy(taskOf(id, out, ...flags), onShared(stop)));

  const lines = (id: string, name: string) => table(rowFolder(root, id), name);

  for (const [id, files] of Object.entries(FILES)) {
    await t.step(
      `leaves the files of ${id}, and composes them again without training`,
      async () => {
        const folder = rowFolder(root, id), { rows } = taskOf(id, root).study;
        const first = await start(id), before = contents(folder);
        assertEquals(first.result, 0);
        assert(first.out.includes(`${id}, seed 1: everything is in ${folder}\n`), first.out);
        assertEquals([...before.keys()], files);
        const { commit: _, deno: __, runs, ...config } = JSON.parse(
          await Deno.readTextFile(join(folder, "study.json")),
        );
        const { images, ...rest } = config;
        assertEquals(rest, { study: id, preset: "smoke", seed: 1 });
        assert(images.train > 0 && images.test > 0, JSON.stringify(images));
        type Run = { id: string; drawn: boolean; folder: string };
        assertEquals(
          runs.map(({ id, drawn, folder }: Run) => ({ id, drawn, folder })),
          rows.map((id) => ({ id, drawn: true, folder: `${id}+t` })),
        );
        const again = await start(id);
        assertEquals(
          again.out.match(/: skipped, it is finished$/gm)?.length,
          rows.length,
          again.out,
        );
        assertEquals(contents(folder), before);
      },
    );
  }

  for (const id of ["center-rules", "lambda-sweep"]) {
    await t.step(`${id} shows an epoch a frame, from one initialisation`, async () => {
      assertEquals(framesOf(await Deno.readFile(join(rowFolder(root, id), "panel.gif"))), 2);
      const comparison = await lines(id, "comparison.csv"), firsts = new Set<string>();
      for (const { row, ratio, test_accuracy_by_logit } of comparison) {
        assertEquals(
          test_accuracy_by_logit,
          (await lines(row, "metrics.csv"))[1].test_accuracy_by_logit,
        );
        assert(Number(ratio) > 0, ratio);
        firsts.add((await lines(row, "steps.csv"))[0].cross_entropy);
      }
      assertEquals(firsts.size, 1);
      const settings = comparison.map(({ setting }) => setting);
      assertEquals(
        settings,
        id === "center-rules"
          ? ["autograd", "paper", "paper/batch", "balanced", "jx-2018", "plain"]
          : ["λ = 0.001", "λ = 0.01", "λ = 0.1", "λ = 1"],
      );
    });
  }

  await t.step("relatives draws and measures what there is of its rows, and goes on", async () => {
    const folder = rowFolder(root, "relatives"), first = ["--only", "xent-mnist-2,cent-mnist-2"];
    assertEquals((await start("relatives", root, first)).result, 0);
    assertEquals([...contents(folder).keys()], [
      ...["measures.csv", "panel-mnist.gif", "panel-mnist.png", "study.json"],
    ]);
    assertEquals((await start("relatives", root, ["--only", "cent-fashion-mnist-2"])).result, 0);
    const rows = await lines("relatives", "measures.csv");
    assertEquals(rows.map(({ row }) => row), [
      ...["xent-mnist-2", "cent-mnist-2", "cent-fashion-mnist-2"],
    ]);
    for (const { row, dataset, by_mean, nc1, map } of rows) {
      assertEquals(row.includes(dataset), true);
      // Ten test images have a class each: there is nothing to retrieve.
      assertEquals([by_mean !== "", nc1 !== "", map], [true, true, ""], row);
    }
    assertEquals(framesOf(await Deno.readFile(join(folder, "panel-fashion-mnist.gif"))), 2);
  });

  await t.step("a study's own flags are in its runs, and not in its name", async () => {
    const only = ["--only", "cent-mnist-2"], out = join(root, "open");
    const { result, out: said } = await start("relatives-open-set", out, only);
    assertEquals(result, 0, said);
    const [{ unknown_by_distance }] = await table(
      ...[rowFolder(out, "relatives-open-set"), "measures.csv"],
    );
    assert(Number(unknown_by_distance) >= 0, unknown_by_distance);
    const config = await Deno.readTextFile(join(rowFolder(out, "cent-mnist-2"), "config.json"));
    assertEquals(JSON.parse(config).plan.leaveOut, [8, 9]);
    const { queue } = taskOf("relatives-open-set", out, "--leave-out", "1");
    assertEquals(
      queue.runs.every(({ plan, measures }) => measures && plan.leaveOut![0] === 1),
      true,
    );
  });

  await t.step("density-claims measures both sets of both rows", async () => {
    const claims = await lines("density-claims", "claims.csv");
    assertEquals(claims.length, 16);
    const columns = ["density", "density-softmax"].flatMap((id) => [`${id} train`, `${id} test`]);
    assertEquals(Object.keys(claims[0]), ["measure", ...columns]);
    const classes = await lines("density-claims", "classes.csv");
    assertEquals(classes.length, 2 * 2 * 10);
    const own = classes.filter(({ row, split }) => row === "density" && split === "test");
    assertEquals(own.reduce((sum, { samples }) => sum + Number(samples), 0), 10);
  });

  await t.step("counts the middle over seeds, in the folder of the first", async () => {
    const out = join(root, "seeds");
    // As on another machine: a seed by itself says nothing of all of them.
    const alone = await start("mx-stages", out, ["--seed", "2"]);
    assertEquals(alone.result, 0, alone.err);
    assert(
      alone.out.endsWith("\nWhat mx-stages says of all seeds comes with --seeds 2\n"),
      alone.out,
    );
    assertEquals(contents(rowFolder(out, "mx-stages")).size, 0);
    const { result, out: said } = await start("mx-stages", out, ["--seeds", "2"]);
    assertEquals(result, 0);
    assertEquals(said.match(/seed 2: skipped, it is finished$/gm)?.length, 3, said);
    assert(said.includes("\nNearest to the middle under joint training, over seeds: "), said);
    const [one, two] = [1, 2].map((n) => rowFolder(out, "mx-stages", n));
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
    assertEquals(contents(out).has("keras-lambda+t/smoke/seed-1/study.json"), false);
    assertEquals((await start("keras-lambda", out)).result, 0);
    const [a, b] = [out, root].map((of) => contents(rowFolder(of, "keras-lambda")));
    for (const [name, bytes] of b) assertEquals(a.get(name), bytes, name);
  });

  await t.step("puts one's own images beside, not over, a study of the data set", async () => {
    const source = await pictureFolder(join(root, "shapes"), { bar: 12, disc: 12, cross: 12 });
    const { result, out } = await start("mx-stages", root, ["--data", source]);
    assertEquals(result, 0, out);
    const folder = rowFolder(root, "mx-stages@shapes");
    assertEquals([...contents(folder).keys()], FILES["mx-stages"]);
    const middle = await table(folder, "middle.csv");
    assertEquals(middle.slice(0, 3).map((line) => line.class), ["bar", "cross", "disc"]);
    const config = JSON.parse(await Deno.readTextFile(join(folder, "study.json")));
    assertEquals(config.ownData, true);
  });

  await t.step("composes the other seeds where a run is damaged, and ends with 1", async () => {
    const out = join(root, "damaged"), seeds = ["--seeds", "3"];
    assertEquals((await start("mx-stages", out, seeds)).result, 0);
    const of = (id: string, seed: number) => rowFolder(out, id, seed);
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
    assert(err.includes(`mx-center · t, seed 2: ${path} is damaged: `), err);
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

  await t.step("compose() says what a run lacks, or says that cannot be", async () => {
    const { study, queue } = taskOf("density-claims", root);
    const folder = rowFolder(root, "density-softmax");
    const summary = await Deno.readTextFile(join(folder, "summary.json"));
    const other = (change: object) => JSON.stringify({ ...JSON.parse(summary), ...change });
    const back = "is not there: put it back, or start again with --overwrite";
    const damage: [name: string, text: string | undefined, message: string][] = [
      ["summary.json", other({ scoring: "nearest-center" }), " says how the run ended by"],
      ["summary.json", other({ last: 0.987 }), " says other numbers"],
      ["predictions/epoch-002.npy", undefined, ` ${back}`],
      ["features/epoch-002.npy", undefined, ` ${back}`],
    ];
    const refuse = (message: string) =>
      assertRejects(() => printed(() => compose(study, queue.runs)), RunError, message);
    for (const [name, text, message] of damage) {
      const path = join(folder, name), before = await Deno.readFile(path);
      await (text === undefined ? Deno.remove(path) : Deno.writeTextFile(path, text));
      await refuse(path + message);
      await Deno.writeFile(path, before);
    }
    await Deno.remove(join(folder, "metrics.csv"));
    await refuse(`${folder} has no metrics.csv of 2 epochs`);
  });

  gpu().pool.trim();
});
