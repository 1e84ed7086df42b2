/** Runs of two stages: what the second takes from the first, and that a stop between or within them changes nothing. */
import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { join } from "node:path";
import { parseOptions } from "../parse_options.ts";
import { run } from "../../../experiments/runner/runner.ts";
import { RunError } from "../../../src/base/errors.ts";
import { decodeSafetensors } from "../../../src/base/safetensors.ts";
import { gpu } from "../../../src/gpu/device.ts";
import { put } from "../../data/pictures.ts";
import { printed } from "../../printed.ts";
import {
  assertSameNumbers,
  columnsOf,
  copy,
  drawnSizes,
  noData,
  numbersIn,
  onceThere,
  refuse,
  RESUME,
  rowFolder,
  runTest,
  startRow,
  textOf,
} from "../run_folders.ts";

const ROW = "mx-10-30";
const KEPT = "first-stage.safetensors";

/** Two epochs of each stage, the second from the first one's best or last. */
function start(
  out: string,
  { from = "best", stop = { requested: false }, seed = "1" }: {
    from?: "best" | "last";
    stop?: { requested: boolean };
    seed?: string;
  } = {},
) {
  const flags = [...drawnSizes(out), "--lr", "0.05", "--seed", seed];
  const options = parseOptions([ROW, "--out", out, ...flags])!;
  const { secondStage } = options.plan;
  // Rates fall within each stage, where the first one ends in its last epoch.
  const schedule = from === "last"
    ? { kind: "step", stepSize: 1, gamma: 0.5 } as const
    : options.plan.schedule;
  const stages = { epochs: 4, secondStage: { ...secondStage!, epochs: 2, from } };
  const plan = { ...options.plan, ...stages, schedule };
  return printed(() => run({ ...options, plan }, gpu(), stop));
}

/** Stops a run in the epoch after this one. */
function afterEpoch(epoch: number, folder: string) {
  const there = onceThere(join(folder, "features", `epoch-00${epoch}.npy`));
  const metrics = () => Deno.readTextFileSync(join(folder, "metrics.csv"));
  return {
    get requested() {
      return there.requested && metrics().includes(`\n${epoch},`);
    },
  };
}

const fileIn = async (...path: string[]) =>
  decodeSafetensors(await Deno.readFile(join(...path)), path.at(-1)!);
const stateIn = async (...path: string[]) => JSON.parse((await fileIn(...path)).metadata.standing);

runTest("run() in two stages", async (root, t) => {
  const whole = join(root, "whole"), folder = rowFolder(whole, ROW);
  const { result, out: said } = await start(whole, { from: "last" });
  const wanted = numbersIn(folder);
  const resume = [...RESUME, "--data-dir", noData(whole)];

  await t.step("ends in the second stage's best, and keeps what the first one left", async () => {
    assertEquals(result, 0);
    assertEquals((await stateIn(folder, KEPT)).epoch, 2);
    const { best, epochs } = JSON.parse(await textOf(folder, "summary.json"));
    assert(best.epoch >= 3, "the first stage's best is another matter");
    assertEquals(epochs, 4);
    const accuracies = (await columnsOf(folder, "metrics.csv"))("test_accuracy_by_logit");
    assertEquals(best.accuracy, Math.max(...accuracies.slice(2)));
    assertEquals((await stateIn(folder, "best.safetensors")).best, best);
    assert(said.includes(`best by logit`) && said.includes(`in epoch ${best.epoch}`), said);
  });

  await t.step("trains center loss alone: centers and the layer of the logits stay", async () => {
    const first = await fileIn(folder, KEPT), last = await fileIn(folder, "last.safetensors");
    const stay = ["centers", "fc2.weight", "fc2.bias"];
    for (const name of [...stay, "conv1_1.weight", "fc1.weight", "fc1.bias"]) {
      const check = stay.includes(name) ? assertEquals : assertNotEquals;
      check(last.tensors.get(name)!.data, first.tensors.get(name)!.data, name);
    }
    const metrics = await columnsOf(folder, "metrics.csv");
    const center = metrics("train_center"), entropy = metrics("train_cross_entropy");
    metrics("train_loss").forEach((loss, i) => {
      const sum = i < 2 ? center[i] + entropy[i] : center[i];
      assert(Math.abs(loss - sum) < 1e-4, `epoch ${i + 1}`);
    });
    assertEquals(metrics("lr"), [0.05, 0.025, 0.05, 0.025]);
  });

  await t.step("starts from the first stage's best checkpoint, as the rows say", async () => {
    // With this seed the first epoch is as good as the second, and the first of equals counts.
    const out = join(root, "best"), place = rowFolder(out, ROW, 2);
    assertEquals((await start(out, { seed: "2" })).result, 0);
    const accuracies = (await columnsOf(place, "metrics.csv"))("test_accuracy_by_logit");
    assert(accuracies[0] >= accuracies[1], `${accuracies}`);
    assertEquals((await stateIn(place, KEPT)).epoch, 1);
    const kept = await fileIn(place, KEPT), last = await fileIn(place, "last.safetensors");
    assertEquals(last.tensors.get("centers")!.data, kept.tensors.get("centers")!.data);
  });

  for (const [epoch, where] of [[2, "between the stages"], [3, "within the second"]] as const) {
    await t.step(`--resume ends in the same files after a stop ${where}`, async () => {
      const out = join(root, `stopped-${epoch}`), place = rowFolder(out, ROW);
      const { result, out: said } = await start(out, {
        from: "last",
        stop: afterEpoch(epoch, place),
      });
      assertEquals(result, 130);
      assert(said.includes(`Stopped in epoch ${epoch + 1}. `), said);
      assertEquals(numbersIn(place).get(KEPT), wanted.get(KEPT));
      assertEquals((await startRow(ROW, out, resume)).result, 0);
      assertSameNumbers(place, wanted);
    });
  }

  await t.step("--resume ends in the same files after a kill in the second stage", async () => {
    const out = join(root, "killed"), place = rowFolder(out, ROW);
    await copy(whole, out);
    // Everything of the later epochs was written, the second stage's best too, but the checkpoint is that of the first.
    await Deno.copyFile(join(place, KEPT), join(place, "last.safetensors"));
    assertEquals((await startRow(ROW, out, resume)).result, 0);
    assertSameNumbers(place, wanted);
  });

  await t.step("--resume says when what the second stage starts from is gone", async () => {
    const out = join(root, "gone"), place = rowFolder(out, ROW);
    await start(out, { stop: afterEpoch(2, place) });
    const path = join(place, KEPT), kept = await Deno.readFile(path);
    const best = join(place, "best.safetensors");
    for (const name of [path, best]) await Deno.remove(name);
    const gone = `${best} is not there, and the second stage starts from it: put it back, or start`;
    await refuse(out, resume, RunError, gone, ROW);
    await put(path, kept.subarray(0, 999));
    await refuse(out, resume, RunError, `${path} is no usable`, ROW);
  });
});
