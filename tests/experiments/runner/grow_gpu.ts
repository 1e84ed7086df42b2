/** `--resume --epochs N`: a run with more epochs is the run that was begun with as many, and what cannot grow says why. */
import { assert, assertEquals } from "@std/assert";
import { join } from "node:path";
import { parseOptions } from "../parse_options.ts";
import { pathOf } from "../../../experiments/run_folder/path.ts";
import { whereItGrows } from "../../../experiments/runner/grow.ts";
import { UsageError } from "../../../src/base/errors.ts";
import {
  columnsOf,
  copyOf,
  drawnSizes,
  isThere,
  numbersIn,
  onceThere,
  refuse,
  rowFolder,
  runTest,
  startRow,
  textOf,
} from "../run_folders.ts";

const ROW = "kz-center", STAGES = "mx-10-30";
/** What says how a run came to its epochs: the config, titles of pictures and pages, checkpoints of when it was shorter. */
const OF_HISTORY = /^(config\.json|report\.html|best\.safetensors|projector.*)$/;

const told = (folder: string) =>
  new Map([...numbersIn(folder)].filter(([name]) => !OF_HISTORY.test(name)));

runTest("run() --resume --epochs", async (root, t) => {
  const flags = drawnSizes(root), short = join(root, "short"), long = join(root, "long");
  const more = [...flags, "--epochs", "4"], resume = [...more, "--resume"];
  await startRow(ROW, short, flags);
  await startRow(ROW, long, more);
  const whole = told(rowFolder(long, ROW));

  const isWhole = async (out: string) => {
    const folder = rowFolder(out, ROW), found = told(folder);
    assertEquals([...found.keys()], [...whole.keys()]);
    for (const [name, bytes] of whole) assertEquals(found.get(name), bytes, name);
    const { plan, grown } = JSON.parse(await textOf(folder, "config.json"));
    assertEquals([plan.epochs, grown], [4, [2]]);
  };

  await t.step("refuses what it has already, and a rate that went by all epochs", async () => {
    const fewer = [...flags, "--resume", "--epochs", "1"];
    await refuse(short, fewer, UsageError, `seed-1 has 2 already: give more`, ROW);
    const cycle = [...flags, "--schedule", "one-cycle"], out = join(root, "refused");
    await startRow(ROW, out, cycle);
    const grow = ["--resume", "--epochs", "3"];
    const all = "seed-1: the rate of its one cycle went by all of 2 epochs; start another run";
    await refuse(out, [...cycle, ...grow], UsageError, all, ROW);
    const digits = "cent-digits-2", last = "the rate of its last epoch, 2, is 0.1 of the others'";
    await startRow(digits, out, flags);
    await refuse(out, [...flags, ...grow], UsageError, last, digits);
    const angle = "arcface-mnist-2", share = "its softmax trained for 0.66 of the steps of all 2";
    await startRow(angle, out, flags);
    await refuse(out, [...flags, ...grow], UsageError, share, angle);
    const some = [...flags, "--eval-every", "3"];
    const tested = "its last epoch, 2, was tested, and is none of every 3 epochs";
    const path = join(root, "untested");
    await startRow(ROW, path, some);
    await refuse(path, [...some, "--resume", "--epochs", "6"], UsageError, tested, ROW);
  });

  await t.step("is the run that was begun with as many epochs", async () => {
    const out = await copyOf(short);
    const { result, out: said } = await startRow(ROW, out, resume);
    assertEquals(result, 0);
    assert(said.includes("after epoch 2 of 4"), said);
    await isWhole(out);
  });

  await t.step("is found where it lay with fewer epochs, and says how many it has", async () => {
    const out = join(root, "unnamed"), sizes = flags.filter((it) => !/^(--name|t)$/.test(it));
    await startRow(ROW, out, sizes);
    const { out: said } = await startRow(ROW, out, [...sizes, "--epochs", "3", "--resume"]);
    const variant = "train-size=18+test-size=10", folder = join(out, `${ROW}+${variant}`);
    assertEquals([...Deno.readDirSync(out)].map(({ name }) => name), [`${ROW}+${variant}`]);
    assert(said.includes("after epoch 2 of 3"), said);
    const { plan } = JSON.parse(await textOf(folder, "smoke", "seed-1", "config.json"));
    assertEquals([plan.epochs, plan.variant], [3, `epochs=3+${variant}`]);
    // After the loss of a device it is resumed without a word on epochs.
    const asked = parseOptions([ROW, "--out", out, ...sizes, "--epochs", "3", "--resume"])!;
    const placed = { ...await whereItGrows(asked), changed: [] };
    assertEquals(pathOf(await whereItGrows(placed)), join(folder, "smoke", "seed-1"));
  });

  await t.step("goes on after a stop, with --epochs and without", async () => {
    for (const again of [resume, [...flags, "--resume"]]) {
      const out = await copyOf(short), folder = rowFolder(out, ROW);
      const stop = onceThere(join(folder, "features", "epoch-003.npy"));
      assertEquals((await startRow(ROW, out, resume, stop)).result, 130);
      assertEquals(isThere(join(folder, "summary.json")), false);
      assertEquals((await startRow(ROW, out, again)).result, 0);
      await isWhole(out);
    }
  });

  await t.step("goes on where a kill left a config with more epochs and nothing else", async () => {
    const out = await copyOf(short), folder = rowFolder(out, ROW);
    const config = JSON.parse(await textOf(folder, "config.json"));
    config.plan.epochs = 4;
    await Deno.writeTextFile(
      join(folder, "config.json"),
      JSON.stringify({ ...config, grown: [2] }),
    );
    await Deno.remove(join(folder, "summary.json"));
    assertEquals((await startRow(ROW, out, [...flags, "--resume"])).result, 0);
    await isWhole(out);
  });

  await t.step("the second of two stages goes on", async () => {
    const out = join(root, "stages"), folder = rowFolder(out, STAGES);
    await startRow(STAGES, out, flags);
    await startRow(STAGES, out, [...flags, "--epochs", "3", "--resume"]);
    const { plan } = JSON.parse(await textOf(folder, "config.json"));
    assertEquals([plan.epochs, plan.secondStage.epochs], [3, 2]);
    const losses = (await columnsOf(folder, "metrics.csv"))("train_loss");
    const centers = (await columnsOf(folder, "metrics.csv"))("train_center");
    assertEquals(losses.slice(1), centers.slice(1));
  });
});
