/** `deno task runs`: what it lists, in which order and form. */
import { assert, assertEquals, assertRejects } from "@std/assert";
import { dirname, join } from "node:path";
import { exitCode } from "../../../cli/run_cli.ts";
import { FolderLock } from "../../../experiments/run_folder/lock.ts";
import { main } from "../../../experiments/runs.ts";
import { RunError, UsageError } from "../../../src/base/errors.ts";
import { diskTest } from "../../on_disk.ts";
import { printed } from "../../printed.ts";
import { saveRun } from "./saved_run.ts";

diskTest("deno task runs", async (directory, t) => {
  const root = join(directory, "runs"), other = join(directory, "other");
  const row = "cent-mnist-2 --preset quick";
  await Deno.mkdir(root);
  const list = async (...flags: string[]) => {
    const { result, out, err } = await printed(() => main([root, ...flags]));
    assertEquals([result, err], [0, ""]);
    return out.trimEnd().split("\n");
  };
  const folders = async (...flags: string[]) =>
    JSON.parse((await list(...flags, "--json")).join("\n")).map((it: { folder: string }) =>
      it.folder.slice(root.length + 1)
    );

  await t.step("says so where there are none, and names what is no folder", async () => {
    assertEquals(await list(), [`There are no runs in ${root}: deno task demo makes one`]);
    const none = join(root, "none");
    await assertRejects(() => main([none]), RunError, `${none} is no folder: name one that holds`);
    await assertRejects(() => main([root, "b"]), UsageError, `what is "b" after ${root}?`);
    await assertRejects(() => main([""]), UsageError, 'runs takes a folder, not ""');
    assertEquals(await exitCode(main, [root, "--json", "--csv"]), 2);
    assertEquals(await exitCode(main, [root, "--state", "done"]), 2);
  });

  const whole = { accuracies: [0.5, 0.9, 0.8, 0.85] };
  await saveRun(root, row, whole);
  await saveRun(root, `${row} --lambda 0.1`, { accuracies: [0.5, 0.75], finished: false });
  await saveRun(root, `${row} --seed 10 --epochs 2 --name short`, { accuracies: [0.6, 0.95] });
  await saveRun(join(root, "deep", "er"), `${row} --seed 2`, whole);
  const broken = await saveRun(root, "kz-center --preset smoke", { finished: true });
  await Deno.writeTextFile(join(broken, "metrics.csv"), "epoch\n1\n");
  const begun = await saveRun(root, "kz-softmax", { accuracies: [], finished: false });

  await t.step("says what differs, how far runs are and how they ended", async () => {
    using _held = await FolderLock.take(begun);
    const lines = await list();
    assertEquals(
      lines.slice(0, -1).map((line) =>
        line.replace(
          /\d{4}-\d\d-\d\d \d\d:\d\d|when {12}/,
          (it) => it.startsWith("when") ? "when" : "WHEN",
        )
      ),
      [
        "run           differs by         preset  seed  state     epochs  accuracy         best  when  time",
        "cent-mnist-2                     quick      1  finished     4/4   75.00 %  80.00 % (2)  WHEN  40 s",
        "cent-mnist-2  short              quick     10  finished     2/2   85.00 %  85.00 % (2)  WHEN  20 s",
        "cent-mnist-2  weight-center=0.1  quick      1  stopped      2/4   65.00 %  65.00 % (2)  WHEN  20 s",
        "cent-mnist-2                     quick      2  finished     4/4   75.00 %  80.00 % (2)  WHEN  40 s",
        "kz-center                        smoke      1  damaged      0/2                         WHEN",
        "kz-softmax                       paper      1  running    0/100                         WHEN",
      ].map((line) => line),
    );
    assertEquals(
      lines.at(-1),
      `${broken} is damaged: metrics.csv has no column test_accuracy_by_logit; put the file back as it was written`,
    );
  });

  await t.step(
    "passes over untested epochs, and shows a run that grew wherever it stands",
    async () => {
      const tested = { accuracies: [NaN, 0.7, NaN, 0.8, 0.75] };
      for (let seed = 1; seed <= 5; seed++) {
        await saveRun(other, `${row} --epochs 5 --eval-every 2 --seed ${seed}`, tested);
      }
      const all = { accuracies: [0.5, 0.6, 0.7, 0.7, 0.7, 0.8, 0.75], grown: [5] };
      await saveRun(other, "xent-mnist-2 --preset quick --epochs 5", all);
      const { out } = await printed(() => main([other, "--json"]));
      const names = ["epochs_finished", "accuracy", "best", "best_epoch"];
      const shown = (it: Record<string, unknown>) => names.map((name) => it[name]).join(" ");
      const found = JSON.parse(out).map(shown);
      assertEquals(found, [...Array(5).fill("5 0.65 0.7 4"), "7 0.65 0.7 6"]);
    },
  );

  await t.step("says which failed, and why", async () => {
    const reason = "The loss became NaN in step 4 of epoch 3";
    const failed = await saveRun(root, `${row} --lr 9`, { ...whole, reason });
    const [, line, why, ...rest] = await list("--state", "failed");
    assert(/^cent-mnist-2 {2}lr=9 .* failed +4\/4 /.test(line), line);
    assertEquals([why, rest], [`${failed} failed: ${reason}`, []]);
    await Deno.remove(dirname(dirname(failed)), { recursive: true });
  });

  await t.step("sorts and filters by flags", async () => {
    const short = join("cent-mnist-2+short", "quick", "seed-10");
    const lambda = join("cent-mnist-2+weight-center=0.1", "quick", "seed-1");
    const one = join("cent-mnist-2", "quick", "seed-1");
    const two = join("deep", "er", "cent-mnist-2", "quick", "seed-2");
    const center = join("kz-center", "smoke", "seed-1"),
      softmax = join("kz-softmax", "paper", "seed-1");
    assertEquals(await folders("--row", "cent-*"), [one, short, lambda, two]);
    assertEquals(await folders("--row", "kz-?enter,nothing"), [center]);
    assertEquals(await folders("--preset", "quick", "--seed", "1"), [one, lambda]);
    assertEquals(await folders("--state", "stopped"), [lambda, softmax]);
    assertEquals(await folders("--sort", "accuracy", "--preset", "quick"), [
      short,
      one,
      two,
      lambda,
    ]);
    assertEquals(await folders("--sort", "seed", "--reverse", "--row", "cent-*"), [
      short,
      two,
      lambda,
      one,
    ]);
    assertEquals(await list("--preset", "fast"), ["None of 6 runs is as asked for"]);
  });

  await t.step("prints all digits as CSV and JSON", async () => {
    const [header, line] = await list("--csv", "--state", "stopped");
    assertEquals(
      header,
      "run,differs_by,preset,seed,state,epochs_finished,epochs_planned,accuracy,best,best_epoch,scoring,when,seconds,folder,reason",
    );
    assert(
      line.startsWith("cent-mnist-2,weight-center=0.1,quick,1,stopped,2,4,0.65,0.65,2,logit,2"),
      line,
    );
    const [found] = JSON.parse((await list("--json", "--row", "kz-softmax")).join("\n"));
    assertEquals([found.run, found.state, found.accuracy, found.differs_by], [
      "kz-softmax",
      "stopped",
      null,
      "",
    ]);
    assertEquals(await list("--json", "--preset", "fast"), ["[]"]);
  });
});
