/** `--eval-every N`: the training is the same, and tables, pictures, `best` and a resume go by the epochs that were evaluated. */
import { assert, assertEquals } from "@std/assert";
import { join } from "node:path";
import { readEvent } from "../../../experiments/events/event.ts";
import { EVENTS } from "../../../experiments/events/run_events.ts";
import { recordsIn } from "../../../experiments/events/tf_record.ts";
import { decodeSafetensors } from "../../../src/base/safetensors.ts";
import {
  assertSameNumbers,
  columnsOf,
  contents,
  folderIn,
  linesOf,
  numbersIn,
  onceThere,
  RESUME,
  runTest,
  SIZES,
  start,
  textOf,
} from "../run_folders.ts";

const EPOCHS = 5, EVALUATED = [2, 4, 5];
const SCHEDULE = ["--schedule", "plateau", "--patience", "0", "--factor", "0.5"];

runTest("run() --eval-every 2", async (root, t) => {
  const flags = [...SIZES, "--epochs", String(EPOCHS), "--schedule", "constant"];
  const every = join(root, "every"), second = join(root, "second");
  const { result: code } = await start(every, flags);
  const { result, out: said } = await start(second, [...flags, "--eval-every", "2"]);
  assertEquals([code, result], [0, 0]);
  const [all, some] = [folderIn(every), folderIn(second)];
  const wanted = numbersIn(some);

  await t.step("trains the same, and says nothing of what was not tested", async () => {
    const tensorsIn = async (folder: string) =>
      decodeSafetensors(await Deno.readFile(join(folder, "last.safetensors")), folder).tensors;
    assertEquals(await tensorsIn(some), await tensorsIn(all));
    const [header, ...lines] = await linesOf(some, "metrics.csv");
    const [, ...others] = await linesOf(all, "metrics.csv");
    assertEquals(lines.length, EPOCHS);
    lines.forEach((line, i) => {
      const tested = EVALUATED.includes(i + 1);
      const expected = header.map((name, k) =>
        tested || !/^test_|gap$/.test(name) ? others[i][k] : ""
      );
      assertEquals(line, expected, `epoch ${i + 1}`);
    });
    const epochs = said.split("\n").filter((line) => line.startsWith("epoch "));
    assertEquals(epochs.map((line) => line.includes("  test ")), [false, true, false, true, true]);
    assertEquals(said.includes("NaN"), false, said);
    assertEquals(await textOf(some, "confusion.csv"), await textOf(all, "confusion.csv"));
  });

  await t.step("best is the best of what was tested", async () => {
    const accuracies = (await columnsOf(all, "metrics.csv"))("test_accuracy_by_logit");
    const { best } = JSON.parse(await textOf(some, "summary.json"));
    const known = EVALUATED.map((epoch) => accuracies[epoch - 1]);
    assertEquals(best.accuracy, Math.max(...known));
    assertEquals(best.epoch, EVALUATED[known.indexOf(best.accuracy)]);
  });

  await t.step("draws a map of the test set for each epoch that was tested", () => {
    const frames = [...contents(some).keys()].filter((name) => name.startsWith("frames/val-"));
    assertEquals(frames, EVALUATED.map((epoch) => `frames/val-00${epoch}.png`));
    assert(contents(some).has("val.gif") && contents(some).has("frames/train-001.png"));
    const events = [...recordsIn(contents(some).get(EVENTS)!)].map(({ bytes }) => readEvent(bytes));
    const withMap = events.filter(({ tags }) => tags.includes("maps/val")).map(({ step }) => step);
    assertEquals(withMap, EVALUATED);
    const same = ["train.gif", "features.npz"];
    for (const name of same) assertEquals(contents(some).get(name), contents(all).get(name), name);
  });

  await t.step(
    "--resume ends in the same files after a stop behind an epoch without a test",
    async () => {
      const stopped = join(root, "stopped"), place = folderIn(stopped);
      const stop = onceThere(join(place, "features", "epoch-003.npy"));
      const { result } = await start(stopped, [...flags, "--eval-every", "2"], stop);
      assertEquals(result, 130);
      assertEquals((await start(stopped, RESUME)).result, 0);
      assertSameNumbers(place, wanted);
    },
  );

  await t.step("a plateau is one of tests", async () => {
    const out = join(root, "plateau");
    await start(out, [...SIZES, "--epochs", "9", ...SCHEDULE, "--eval-every", "2", "--lr", "1e-6"]);
    const metrics = await columnsOf(folderIn(out), "metrics.csv"), lr = metrics("lr");
    const seen = metrics("test_accuracy_by_nearest_center");
    let rate = 1e-6, best = -Infinity;
    const wanted = seen.slice(0, 8).map((accuracy, i) => {
      const own = rate; // that of epoch i + 1
      if (i % 2 === 0) return own;
      if (accuracy > (best === -Infinity ? best : best * (1 + 1e-4))) best = accuracy;
      else rate /= 2;
      return own;
    });
    assertEquals(lr.slice(0, 8), wanted);
    assert(new Set(wanted).size > 1, "no rate fell: this would show nothing");
  });
});
