/** Which run `--resume --epochs N` means, and what a sweep makes of one that went on. */
import { assert, assertEquals, assertRejects } from "@std/assert";
import { withSlashes } from "../../../src/base/path.ts";
import { join } from "node:path";
import { parse } from "../../../cli/flags.ts";
import { runGrid } from "../../../experiments/compare/run_grid.ts";
import { expCommand, oneRow } from "../../../experiments/flags/exp.ts";
import { parseOptions } from "../parse_options.ts";
import { gridOf, variedOf } from "../../../experiments/flags/vary.ts";
import { pathOf } from "../../../experiments/run_folder/path.ts";
import { alreadyGrown, whereItGrows } from "../../../experiments/runner/grow.ts";
import { mayUseFolder } from "../../../experiments/runner/may_use_folder.ts";
import { runQueue } from "../../../experiments/runner/queue.ts";
import { RunError, UsageError } from "../../../src/base/errors.ts";
import { printed } from "../../printed.ts";
import { saveRun } from "../compare/saved_run.ts";
import { diskTest } from "../../on_disk.ts";

const ROW = "kz-center --preset quick";

diskTest(
  "whereItGrows() finds the one run that differs by its epochs alone",
  async (root, t) => {
    const at = (epochs: number, more = "") =>
      parseOptions([...`${ROW} --epochs ${epochs} --resume${more} --out`.split(" "), root])!;
    const folder = (name: string) => join(root, name, "quick", "seed-1");
    const found = async (epochs: number, more = "") => pathOf(await whereItGrows(at(epochs, more)));

    await t.step("there is none", async () => {
      assertEquals(await found(9), folder("kz-center+epochs=9"));
    });

    await saveRun(root, `${ROW} --epochs 3`);
    await saveRun(root, `${ROW} --epochs 3 --lr 0.1`);
    await saveRun(root, `${ROW} --epochs 3 --seed 2`);
    await t.step("it was begun with other --epochs", async () => {
      assertEquals(await found(4), folder("kz-center+epochs=3"));
      assertEquals(await found(4, " --lr 0.1"), folder("kz-center+epochs=3+lr=0.1"));
      const long = " --lr 0.0123456789 --momentum 0.123456789 --weight-decay 0.00123456789" +
        " --lambda 0.00123456789 --batch-size 17";
      await saveRun(root, `${ROW} --epochs 3${long}`);
      assert(
        /\bkz-center\+epochs=3\+[^/]*\+[0-9a-f]{8}\/quick\/seed-1$/.test(
          withSlashes(await found(4, long)),
        ),
      );
    });

    await t.step("it has too many already, which the run says by itself", async () => {
      assertEquals(await found(2), folder("kz-center+epochs=3"));
    });

    await t.step("one of them has as many already", async () => {
      const grown = { grown: [5], accuracies: Array(7).fill(0.5) };
      await saveRun(root, ROW, grown);
      assertEquals(await found(7), folder("kz-center"));
      assertEquals(await found(6), folder("kz-center+epochs=3"));
    });

    await t.step("a new run that would become the same is told so", async () => {
      const said = async (line: string) =>
        await alreadyGrown(parseOptions([...`${ROW} ${line} --out`.split(" "), root])!);
      const same = `${folder("kz-center")} was begun with other epochs and has 7 by now: this run`;
      assertEquals(await said("--epochs 7"), [`${same} becomes the same`]);
      for (
        const line of ["--epochs 6", "--epochs 3", "--epochs 7 --lr 0.1", "--epochs 7 --name a"]
      ) {
        assertEquals(await said(line), [], line);
      }
    });

    await t.step("several could be meant", async () => {
      const each = `${folder("kz-center+epochs=3")} has 3, ${folder("kz-center")} has 7 epochs`;
      const message = `--resume --epochs 9 could mean several runs (${each}): move those`;
      await assertRejects(() => found(9), UsageError, message);
    });
  },
);

diskTest(
  "runGrid() counts a run that went on as it was after the epochs of the grid",
  async (root, t) => {
    const accuracies = [0.5, 0.6, 0.7, 0.6, 0.65, 0.9, 0.8];
    const folder = await saveRun(root, ROW, { grown: [5], accuracies });
    await saveRun(root, `${ROW} --lr 0.1`, { accuracies: [0.1, 0.2, 0.3, 0.35, 0.4] });
    const grid = (line: string) => {
      const given = parse(expCommand(), [...`${ROW} ${line} --out`.split(" "), root])!;
      const varied = variedOf(given), queue = gridOf(given, oneRow(given), varied);
      const run = () => Promise.reject(new Error("trained"));
      const open = () => Promise.reject(new Error("opened"));
      return printed(() =>
        runGrid(
          queue,
          varied,
          (queue) => runQueue(queue, { run, open, stop: { requested: false } }),
        )
      );
    };

    await t.step("in the queue's table and in the comparison", async () => {
      const { result, out: said, err } = await grid("--vary lr=0.005,0.1");
      assertEquals([result, err.includes("is left out")], [0, false]);
      const skipped =
        "skipped, it is finished; it went on for 2 more epochs, and counts as after 5";
      assert(said.includes(`[1/2] kz-center, seed 1: ${skipped}\n`), said);
      assert(/^kz-center +1 +skipped +55\.00 % +60\.00 % \(3\) +logit +50 s$/m.test(said), said);
      assert(/^0\.005 +1 +5 +55\.00 % +60\.00 % .* 50 s$/m.test(said), said);
      assert(/^0\.1 +1 +5 +30\.00 % /m.test(said), said);
      const csv = await Deno.readTextFile(
        join(root, "kz-center+lr=0.005,0.1", "quick", "compare", "comparison.csv"),
      );
      assert(!csv.split("\n")[0].includes("epochs,epochs"), csv);
    });

    await t.step("and refuses it where it never had so many, before anything runs", async () => {
      const name = "--name grown",
        other = await saveRun(root, `${ROW} ${name}`, {
          ...{ grown: [5], accuracies },
        });
      const message =
        `${other} holds a run with other options (--epochs is 7 there, 6 here): choose another --out`;
      await assertRejects(() => grid(`--seeds 2 --epochs 6 ${name}`), UsageError, message);
    });

    await t.step("or where measures are asked for, which are of its last epoch", async () => {
      const message = `${folder} went on to 7 epochs, and could be measured only after those: `;
      await assertRejects(() => grid("--vary lr=0.005,0.1 --measures"), UsageError, message);
    });

    await t.step("the same run by itself is not begun again", async () => {
      const options = parseOptions([...`${ROW} --out`.split(" "), root])!;
      const message =
        `${folder} holds a run already, which went on to 7 epochs after these 5: start again with`;
      await assertRejects(() => mayUseFolder(folder, options), RunError, message);
    });
  },
);

diskTest(
  "mayUseFolder() names the folder of an earlier version, also of a run that flags changed",
  async (root) => {
    await saveRun(root, "density --preset quick --lr 0.5");
    const folder = (id: string) => join(root, `${id}+lr=0.5`, "quick", "seed-1");
    await Deno.rename(join(root, "density+lr=0.5"), join(root, "density-max+lr=0.5"));
    const args = ["density", "--preset", "quick", "--lr", "0.5", "--resume", "--out", root];
    const { message } = await assertRejects(
      () => mayUseFolder(folder("density"), parseOptions(args)!),
      RunError,
    );
    assertEquals(
      message,
      `There is no run to resume in ${folder("density")}: start it without --resume; the run in ${
        folder("density-max")
      } is of an earlier version, which alone can resume it`,
    );
  },
);
