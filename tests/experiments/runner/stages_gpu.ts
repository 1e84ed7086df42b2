/** Runs of two stages: what the second takes from the first, and that a stop between or within them changes nothing. */
import { assert, assertEquals, assertNotEquals, assertRejects } from "@std/assert";
import { join } from "node:path";
import { parseOptions } from "../../../experiments/flags/exp.ts";
import { run } from "../../../experiments/runner/runner.ts";
import { RunError } from "../../../src/base/errors.ts";
import { gpu } from "../../../src/gpu/device.ts";
import { decodeSafetensors } from "../../../src/base/safetensors.ts";
import { granted } from "../../permissions.ts";
import { printed } from "../../printed.ts";
import {
  contents,
  copy,
  drawnSizes,
  noData,
  numbersIn,
  onceThere,
  rowFolder,
  startRow,
} from "../run_folders.ts";

const LAST = "mx-10-30", BEST = "mx-center-second";
const KEPT = "first-stage.safetensors";

/** Two epochs of each stage. */
function start(id: string, out: string, stop = { requested: false }, seed = "1") {
  const flags = [...drawnSizes(out), "--lr", "0.05", "--seed", seed];
  const options = parseOptions([id, "--out", out, ...flags])!;
  const { secondStage } = options.plan;
  const plan = { ...options.plan, epochs: 4, secondStage: { ...secondStage!, epochs: 2 } };
  return printed(() => run({ ...options, plan }, gpu(), stop));
}

const resume = (id: string, out: string, dataDir = out) =>
  startRow(id, out, [
    "--preset",
    "smoke",
    "--resume",
    "--data-dir",
    noData(dataDir),
  ]);

/** Stops a run in the epoch after this one. */
function afterEpoch(epoch: number, folder: string) {
  const there = onceThere(join(folder, "features", `epoch-00${epoch}.npy`));
  return {
    get requested() {
      return there.requested && Deno.readTextFileSync(join(folder, "metrics.csv")).includes(
        `\n${epoch},`,
      );
    },
  };
}

const tensorsIn = async (...path: string[]) =>
  decodeSafetensors(await Deno.readFile(join(...path)), path.at(-1)!);
const standingIn = async (...path: string[]) =>
  JSON.parse((await tensorsIn(...path)).metadata.standing);

/** Columns of a table, by name. */
async function columns(folder: string, name: string) {
  const [header, ...lines] = (await Deno.readTextFile(join(folder, name))).trimEnd().split("\n")
    .map((line) => line.split(","));
  return (column: string) => lines.map((line) => Number(line[header.indexOf(column)]));
}

Deno.test("run() in two stages", async (t) => {
  if (!await granted("read", "write")) return;
  const root = await Deno.makeTempDir();
  const whole = join(root, "whole"), folder = rowFolder(whole, LAST);

  await t.step("ends in the second stage's best, and keeps what the first one left", async () => {
    const { result, out } = await start(LAST, whole);
    assertEquals(result, 0);
    assertEquals((await standingIn(folder, KEPT)).epoch, 2);
    const { best, epochs } = JSON.parse(await Deno.readTextFile(join(folder, "summary.json")));
    assert(best.epoch >= 3, "the first stage's best is another matter");
    assertEquals(epochs, 4);
    const accuracies = (await columns(folder, "metrics.csv"))("test_accuracy_by_logit");
    assertEquals(best.accuracy, Math.max(...accuracies.slice(2)));
    assertEquals((await standingIn(folder, "best.safetensors")).best, best);
    assert(out.includes(`best by logit`) && out.includes(`in epoch ${best.epoch}`), out);
  });

  await t.step("trains center loss alone: centers and the layer of the logits stay", async () => {
    const [first, last] = [
      await tensorsIn(folder, KEPT),
      await tensorsIn(folder, "last.safetensors"),
    ];
    for (const name of ["centers", "fc2.weight", "fc2.bias"]) {
      assertEquals(last.tensors.get(name)!.data, first.tensors.get(name)!.data, name);
    }
    for (const name of ["conv1_1.weight", "fc1.weight", "fc1.bias"]) {
      assertNotEquals(last.tensors.get(name)!.data, first.tensors.get(name)!.data, name);
    }
    const metrics = await columns(folder, "metrics.csv");
    metrics("train_loss").forEach((loss, i) => {
      const [center, entropy] = ["center", "cross_entropy"].map((name) =>
        metrics(`train_${name}`)[i]
      );
      assert(Math.abs(loss - (i < 2 ? center + entropy : center)) < 1e-4, `epoch ${i + 1}`);
    });
    assertEquals(metrics("lr"), [0.05, 0.05, 0.05, 0.05]);
  });

  await t.step("starts from the first stage's best checkpoint where the row says so", async () => {
    // With this seed the first epoch is as good as the second, and the first of equals counts.
    const out = join(root, "best"), place = join(out, BEST, "smoke", "seed-2");
    assertEquals((await start(BEST, out, undefined, "2")).result, 0);
    const accuracies = (await columns(place, "metrics.csv"))("test_accuracy_by_logit");
    assert(accuracies[0] >= accuracies[1], `${accuracies}`);
    assertEquals((await standingIn(place, KEPT)).epoch, 1);
    const [kept, last] = await Promise.all(
      [KEPT, "last.safetensors"].map((name) => tensorsIn(place, name)),
    );
    assertEquals(last.tensors.get("centers")!.data, kept.tensors.get("centers")!.data);
  });

  for (
    const [epoch, where] of [[2, "between the stages"], [3, "within the second stage"]] as const
  ) {
    await t.step(`--resume ends in the same files after a stop ${where}`, async () => {
      const out = join(root, `stopped-${epoch}`), place = rowFolder(out, LAST);
      const { result, out: said } = await start(LAST, out, afterEpoch(epoch, place));
      assertEquals(result, 130);
      assert(said.includes(`Stopped in epoch ${epoch + 1}. `), said);
      assertEquals(await Deno.readFile(join(place, KEPT)), await Deno.readFile(join(folder, KEPT)));
      assertEquals((await resume(LAST, out)).result, 0);
      assertSame(place, folder);
    });
  }

  await t.step(
    "--resume takes the kept checkpoint after a kill within the second stage's first epoch",
    async () => {
      const out = join(root, "killed"), place = rowFolder(out, LAST);
      await copy(whole, out);
      // Everything of the later epochs was written, the second stage's best too, but the checkpoint is that of the first.
      await Deno.copyFile(join(place, KEPT), join(place, "last.safetensors"));
      assertEquals((await resume(LAST, out, whole)).result, 0);
      assertSame(place, folder);
    },
  );

  await t.step("--resume says when what the second stage starts from is gone", async () => {
    const out = join(root, "gone"), place = rowFolder(out, BEST);
    await start(BEST, out, afterEpoch(2, place));
    const kept = await Deno.readFile(join(place, KEPT));
    await Deno.remove(join(place, KEPT));
    await Deno.remove(join(place, "best.safetensors"));
    const before = contents(place);
    await assertRejects(
      () => resume(BEST, out),
      RunError,
      `${
        join(place, "best.safetensors")
      } is not there, and the second stage starts from it: put it back, or start`,
    );
    assertEquals(contents(place), before);
    await Deno.writeFile(join(place, KEPT), kept.subarray(0, 999));
    await assertRejects(() => resume(BEST, out), RunError, `${join(place, KEPT)} is no usable`);
  });

  gpu().pool.trim();
  await Deno.remove(root, { recursive: true });
});

/** All but the clock, and the name of a folder in config.json. */
function assertSame(place: string, wanted: string): void {
  const [found, own] = [place, wanted].map(numbersIn);
  assertEquals([...found.keys()], [...own.keys()]);
  for (const [name, bytes] of own) assertEquals(found.get(name), bytes, name);
}
