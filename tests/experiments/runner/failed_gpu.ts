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
import { shared } from "../shared_device.ts";

const WILD = ["--lr", "100"];

runTest("a run whose loss became NaN", async (root, t) => {
  const folder = folderIn(root), reason = "The loss became NaN in step ";
  await assertRejects(() => start(root, [...SIZES, ...WILD]), RunError, reason);

  await t.step("has failed, and says why", async () => {
    const { epoch, reason: why } = JSON.parse(await textOf(folder, "failed.json"));
    assertEquals([epoch, why.startsWith(reason)], [2, true]);
    const found = await readRun(folder);
    assertEquals([found.state, found.reason], ["failed", why]);
  });

  await t.step("is not resumed, to become NaN again", async () => {
    const message = `${folder} cannot go on, as it would fail in the same way. ${reason}`;
    const said = await refuse(root, RESUME, RunError, message);
    const weights = `such as one from its weights after epoch 1 (--from ${folder})`;
    assert(said.endsWith(`, in another run, ${weights}; --overwrite starts this one again`), said);
    const again = "which failed in epoch 2: change an option, or start again with --overwrite";
    await refuse(root, [...SIZES, ...WILD], RunError, again);
  });

  await t.step("is not tried again by a queue, which goes on after it", async () => {
    const flags = ["all", ...SIZES, ...WILD, "--out", root];
    const queue = queueOf(parse(expCommand(), flags)!, [CATALOG.get("cent-digits-2")!]);
    const open = () => Promise.resolve(shared()), trained: unknown[] = [];
    const parts = {
      open,
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
