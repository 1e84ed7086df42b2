/** A run whose loss is no number any more: what it leaves, and why nobody resumes it. */
import { assert, assertEquals, assertRejects } from "@std/assert";
import { join } from "node:path";
import { readRun } from "../../../experiments/compare/found_run.ts";
import { runQueue } from "../../../experiments/runner/queue.ts";
import { queueOf } from "../../../experiments/flags/queue.ts";
import { expCommand } from "../../../experiments/flags/exp.ts";
import type { run } from "../../../experiments/runner/runner.ts";
import { CATALOG } from "../../../experiments/rows/catalog.ts";
import { parse } from "../../../cli/flags.ts";
import { RunError } from "../../../src/base/errors.ts";
import { printed } from "../../printed.ts";
import {
  folderIn,
  isThere,
  refuse,
  RESUME,
  runTest,
  SIZES,
  start,
  textOf,
} from "../run_folders.ts";
import { lend } from "../shared_device.ts";

const WILD = ["--lr", "100"];

runTest("a run whose loss became NaN", async (root, t) => {
  const folder = folderIn(root),
    reason = "The features or the loss of the test set became NaN or infinite after epoch 1";
  await assertRejects(() => start(root, [...SIZES, ...WILD]), RunError, reason);

  await t.step("has failed, and says why", async () => {
    const { epoch, reason: why } = JSON.parse(await textOf(folder, "failed.json"));
    assertEquals([epoch, why.startsWith(reason)], [1, true]);
    assertEquals(isThere(join(folder, "best.safetensors")), false);
    const found = await readRun(folder);
    assertEquals([found.state, found.reason], ["failed", why]);
  });

  await t.step("is not resumed, to become NaN again", async () => {
    const message = `${folder} cannot go on, as it would fail in the same way. ${reason}`;
    const said = await refuse(root, RESUME, RunError, message);
    assert(said.endsWith(", in another run; --overwrite starts this one again"), said);
    const again = "which failed in epoch 1: change an option, or start again with --overwrite";
    await refuse(root, [...SIZES, ...WILD], RunError, again);
  });

  await t.step("names the weights of the epoch before, where there is one", async () => {
    const file = join(folder, "failed.json"), first = await Deno.readTextFile(file);
    await Deno.writeTextFile(file, first.replace('"epoch": 1', '"epoch": 3'));
    const said = await refuse(root, RESUME, RunError, "cannot go on, as it would fail");
    const weights = `such as one from its weights after epoch 2 (--from ${folder})`;
    assert(said.endsWith(`, in another run, ${weights}; --overwrite starts this one again`), said);
    await Deno.writeTextFile(file, first);
  });

  await t.step("is not tried again by a queue, which goes on after it", async () => {
    const flags = ["all", ...SIZES, ...WILD, "--out", root];
    const queue = queueOf(parse(expCommand(), flags)!, [CATALOG.get("cent-digits-2")!]);
    const trained: unknown[] = [];
    const parts = {
      open: lend,
      run: (...args: Parameters<typeof run>) => {
        trained.push(args);
        return Promise.resolve(0);
      },
      stop: { requested: false },
    };
    const { result, out: said } = await printed(() => runQueue(queue, parts));
    assertEquals([result, trained], [1, []]);
    assert(
      said.endsWith("1 of 1 runs failed: they would fail again, and need other numbers\n"),
      said,
    );
  });

  await t.step("is started again by --overwrite", async () => {
    assertEquals((await start(root, [...SIZES, "--overwrite"])).result, 0);
    assertEquals(isThere(join(folder, "failed.json")), false);
    assertEquals((await readRun(folder)).state, "finished");
  });
});

runTest("a schedule that ends at a rate of 0", async (root) => {
  const flags = ["--schedule", "step", "--step-size", "1", "--gamma", "0", "--epochs", "3"];
  assertEquals((await start(root, [...SIZES, ...flags])).result, 0);
  assertEquals((await readRun(folderIn(root))).state, "finished");
});
