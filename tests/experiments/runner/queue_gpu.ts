/** A queue of runs: what is skipped, resumed, isolated and said. */
import { assert, assertEquals, assertMatch, assertRejects } from "@std/assert";
import { join } from "node:path";
import { CATALOG } from "../../../experiments/rows/catalog.ts";
import { runQueue } from "../../../experiments/runner/queue.ts";
import { parse } from "../../../cli/flags.ts";
import { expCommand } from "../../../experiments/flags/exp.ts";
import { queueOf } from "../../../experiments/flags/queue.ts";
import { run } from "../../../experiments/runner/runner.ts";
import { DeviceLost, RunError, UsageError } from "../../../src/base/errors.ts";
import { gpu } from "../../../src/gpu/device.ts";
import { Trainer } from "../../../src/train/trainer.ts";
import { put } from "../../data/pictures.ts";
import { printed } from "../../printed.ts";
import {
  contents,
  isThere,
  numbersIn,
  onceThere,
  rowFolder,
  runTest,
  SIZES,
} from "../run_folders.ts";
import { lend, shared } from "../shared_device.ts";

const ROWS = [CATALOG.get("cent-digits-2")!];

const asked = (out: string, ...flags: string[]) =>
  queueOf(parse(expCommand(), ["all", ...SIZES, "--out", out, ...flags])!, ROWS);
const folderIn = (out: string, seed: number) => rowFolder(out, "cent-digits-2", seed);

function start(out: string, flags: string[] = [], parts: object = {}) {
  const own = { open: lend, run, stop: { requested: false } };
  return printed(() => runQueue(asked(out, ...flags), { ...own, ...parts }));
}

runTest("runQueue()", async (root, t) => {
  const out = join(root, "runs");
  const fileOf = (seed: number, name: string) => join(folderIn(out, seed), name);

  await t.step("stops when asked, and says what continues it", async () => {
    const stop = onceThere(fileOf(2, "metrics.csv"));
    const { result, out: said } = await start(out, ["--seeds", "3"], { stop });
    assertEquals(result, 130);
    const command = `deno task exp all ${SIZES.join(" ")} --out ${out} --seeds 3`;
    const where = `Finished epochs are in ${folderIn(out, 2)}`;
    assert(said.includes(`\nStopped in epoch 2. ${where}\n`), said);
    assert(said.includes(`Stopped with 2 of 3 runs to do; continue with\n  ${command}\n`), said);
    assertMatch(said, /^\[1\/3\] cent-digits-2 · t, seed 1 {2}epoch 1\/2 {2}lr /m);
    assertMatch(said, /^cent-digits-2 · t {2}1 {5}done {7}[\d.]+ % .* nearest center {2}\d+ s$/m);
    assertMatch(said, /^cent-digits-2 · t {2}2 {5}stopped$/m);
    assertMatch(said, /^cent-digits-2 · t {2}3 {5}not begun$/m);
  });

  await t.step("skips what is finished and continues what was stopped", async () => {
    const before = contents(folderIn(out, 1));
    const { result, out: said } = await start(out, ["--seeds", "3"]);
    assertEquals(result, 0);
    assert(said.includes("[1/3] cent-digits-2 · t, seed 1: skipped, it is finished"), said);
    assert(said.includes(`Resuming ${folderIn(out, 2)} after epoch 1 of 2`), said);
    assert(said.includes("[3/3] cent-digits-2 · t, seed 3: starts"), said);
    assertEquals(contents(folderIn(out, 1)), before);
    // Each as if it had run alone.
    const alone = join(root, "alone");
    await start(alone, ["--seeds", "2"]);
    assertEquals(numbersIn(folderIn(out, 2)), numbersIn(folderIn(alone, 2)));
  });

  await t.step("goes on after a run that fails, and ends with 1", async () => {
    const config = fileOf(1, "config.json"), foreign = folderIn(out, 4);
    await Deno.remove(fileOf(2, "summary.json"));
    await put(config, "{");
    await put(fileOf(2, "last.safetensors"), "");
    await put(join(foreign, "thesis.txt"), "all my work");
    const { result, out: said, err } = await start(out, ["--seeds", "5"]);
    assertEquals(result, 1);
    const broken = `${config} is no config of a run: `;
    assert(err.includes(`[1/5] cent-digits-2 · t, seed 1: ${broken}`), err);
    assert(err.includes("[2/5] cent-digits-2 · t, seed 2: "), err);
    assert(
      err.includes(`[4/5] cent-digits-2 · t, seed 4: ${foreign} holds files of something`),
      err,
    );
    assert(said.includes("cent-digits-2 · t  1     failed: " + broken), said);
    const states = said.match(/^cent-digits-2 .*$/gm)?.map((line) => line.split(/[ :]+/)[4]);
    assertEquals(states, ["failed", "failed", "skipped", "failed", "done"]);
    const last =
      "3 of 5 runs failed: do what their lines say, then the same command tries them again";
    assert(said.endsWith(`${last}\n`), said);
    assertEquals([...contents(foreign).keys()], ["thesis.txt"]);
  });

  await t.step("--overwrite starts all again", async () => {
    const { result, out: said } = await start(out, ["--seeds", "2", "--overwrite"]);
    assertEquals(result, 0);
    assertEquals(said.match(/: starts$/gm)?.length, 2);
  });

  await t.step("refuses a run with other options before anything runs", async () => {
    const message =
      `${folderIn(out, 2)} holds a run with other options (--lr is 0.5 there, 0.03 here): ` +
      "choose another --out, or start all again with --overwrite";
    const config = fileOf(2, "config.json"), text = await Deno.readTextFile(config);
    await Deno.writeTextFile(config, text.replace('"lr": 0.03', '"lr": 0.5'));
    const before = contents(out), parts = { open: () => Promise.reject(new Error("opened")) };
    await assertRejects(() => start(out, ["--seeds", "9"], parts), UsageError, message);
    assertEquals(contents(out), before);
    await Deno.writeTextFile(config, text);
  });

  await t.step("gives each run the adapter's tiles, and all memory back", async () => {
    const own = gpu().tiles, seen: unknown[] = [], live: number[] = [];
    const { result } = await start(join(root, "tiles"), ["--seeds", "3"], {
      async run(...[options, gpu, ...rest]: Parameters<typeof run>) {
        seen.push(gpu.tiles);
        live.push(gpu.pool.liveBytes);
        const code = await run(options, gpu, ...rest);
        gpu.tiles = { ...own, matmul: { ...own.matmul, parallel: own.matmul.parallel + 1 } };
        return code;
      },
    });
    gpu().tiles = own;
    assertEquals([result, seen], [0, [own, own, own]]);
    assertEquals(live[2], live[1]);
  });

  await t.step("opens a device anew for a run that lost one, twice at the most", async () => {
    const devices: string[] = [];
    const open = () => {
      const device = `device ${devices.length + 1}`;
      devices.push(device);
      let lost = false;
      return Promise.resolve(shared({
        get lost() {
          return lost;
        },
        lose: () => lost = true,
        lossBehind: () => Promise.resolve(lost ? new DeviceLost("unplugged") : undefined),
        close: () => devices.push(`${device} closed`),
      }));
    };
    const attempts: string[] = [];
    const { result, out: said, err } = await start(join(root, "lost"), ["--seeds", "4"], {
      open,
      run(...[{ plan: { seed }, resume }, gpu, , , begun]: Parameters<typeof run>) {
        attempts.push(`${seed}${resume ? " resumed" : ""}`);
        if (seed === 1) throw new TypeError("a bug\nsomewhere");
        const losses = { 2: 1, 3: 3 }[seed] ?? 0;
        if (attempts.filter((it) => it.startsWith(`${seed}`)).length > losses) {
          return Promise.resolve(0);
        }
        if (seed === 3) begun!();
        (gpu as unknown as { lose(): void }).lose();
        throw new Error("validation error occurred");
      },
    });
    assertEquals(attempts, ["1", "2", "2", "3", "3 resumed", "3 resumed", "4"]);
    assertEquals(result, 1);
    const opened = ["1", "3", "5", "7", "9"];
    assertEquals(devices, opened.flatMap((n) => [`device ${n}`, `device ${n} closed`]));
    assert(err.includes("seed 1: unexpected: a bug\n"), err);
    const lost = "The GPU device was lost (unplugged): the run";
    for (const way of ["starts again", "goes on after its last finished epoch"]) {
      const count = way === "starts again" ? 1 : 2;
      assert(said.includes(`${lost} ${way} on another one (${count} of 2 at the most)`), said);
    }
    const end = "stops here, its last checkpoint is intact; the same command continues it\n";
    assert(err.includes(`seed 3: ${lost} ${end}`), err);
  });

  await t.step("says what makes a step smaller that is too large, and leaves nothing", async () => {
    const { epoch } = Trainer.prototype;
    try {
      for (
        const error of [
          new RangeError("Cannot allocate a tensor of 9 bytes: at most 8; use a smaller batch"),
          new RunError("Cannot allocate more on the GPU (it is full): use a smaller batch"),
        ]
      ) {
        Trainer.prototype.epoch = () => Promise.reject(error);
        const { result, err } = await start(join(root, "large", "runs"), ["--seeds", "1"]);
        assertEquals(result, 1);
        const advice = "give a smaller --batch-size, --image-size, --width or --feat-dim";
        const words = error.message.replace("use a smaller batch", advice);
        assert(err.includes(`: ${words}\n`), err);
        assertEquals(isThere(join(root, "large")), false);
      }
    } finally {
      Trainer.prototype.epoch = epoch;
    }
  });

  await t.step("ends at once without a GPU", async () => {
    const open = () => Promise.reject(new RunError("No adapter"));
    await assertRejects(() => start(join(root, "none"), [], { open }), RunError, "No adapter");
  });
});
