/** Files of a run that are damaged or gone: each reader ends in what the whole file says, or in one line that names it. */
import { assert, assertEquals, assertRejects } from "@std/assert";
import { basename, dirname, join } from "node:path";
import { main as evaluateMain } from "../../../experiments/eval.ts";
import { parseOptions } from "../parse_options.ts";
import type { QueueOptions } from "../../../experiments/plan/request.ts";
import { collect } from "../../../experiments/report/collect.ts";
import { readConfig } from "../../../experiments/run_folder/config.ts";
import { runQueue } from "../../../experiments/runner/queue.ts";
import { StudyRun } from "../../../experiments/studies/study_run.ts";
import { RunError } from "../../../src/base/errors.ts";
import { decodeSafetensors, encodeSafetensors } from "../../../src/base/safetensors.ts";
import { put } from "../../data/pictures.ts";
import { printed } from "../../printed.ts";
import { smallMnist } from "../../data/idx_bytes.ts";
import {
  assertSameNumbers,
  contents,
  copy,
  copyOf,
  folderIn,
  isThere,
  numbersIn,
  onceThere,
  refuse,
  RESUME,
  runTest,
  SIZES,
  start,
  startRow,
  textOf,
} from "../run_folders.ts";
import { lend } from "../shared_device.ts";

const ROW = "density";

/** Another digit in the middle of a text file, another bit in the middle of any other. */
function changed(bytes: Uint8Array<ArrayBuffer>, name: string): Uint8Array<ArrayBuffer> {
  const other = bytes.slice();
  let at = bytes.length >> 1;
  if (/\.(csv|json)$/.test(name)) {
    while (other[at] < 0x30 || other[at] > 0x39) at++;
    other[at] = other[at] === 0x37 ? 0x33 : 0x37;
  } else other[at] ^= 0x10;
  return other;
}

runTest("A damaged file of a run", async (root, t) => {
  const data = join(root, "data");
  await smallMnist(data, 24, 10);
  const place = (out: string) => join(out, `${ROW}+t`, "quick", "seed-1");
  const own = [
    ...[
      "--preset",
      "quick",
      "--name",
      "t",
      "--train-size",
      "24",
      "--test-size",
      "10",
      "--epochs",
      "2",
    ],
    ...["--batch-size", "8", "--width", "0.25", "--no-tune", "--data-dir", data],
  ];
  const resume = ["--preset", "quick", "--name", "t", "--resume", "--data-dir", data];
  const whole = join(root, "whole"), stopped = join(root, "stopped");
  await startRow(ROW, whole, own);
  await startRow(ROW, stopped, own, onceThere(join(place(stopped), "val.png")));
  const wanted = contents(place(whole));
  const evaluate = (folder: string, ...flags: string[]) =>
    printed(() =>
      evaluateMain(
        [folder, "--method", "softmax", "--data-dir", data, ...flags],
        lend,
      )
    );

  await t.step("stops a resume, before and after the end of the run", async () => {
    // What no reader takes up is drawn or written anew.
    const read = [...wanted.keys()].filter((name) =>
      /^(features|predictions)\/|\.(csv|safetensors)$/.test(name) && name !== "calibration.csv"
    );
    assertEquals(read.length, 15);
    for (const out of [stopped, whole]) {
      const there = contents(place(out)), to = await copyOf(out);
      for (const name of read.filter((name) => there.has(name))) {
        if (name === "confusion.csv" && out === stopped) continue; // The next epoch writes it anew.
        const path = join(place(to), name);
        await put(path, changed(there.get(name)!, name));
        const message = await refuse(to, resume, RunError, path, ROW);
        assert(/^ (is damaged: |lacks lines )/.test(message.slice(path.length)), message);
        await put(path, there.get(name)!);
      }
    }
  });

  await t.step("that nothing reads is written anew", async () => {
    const to = await copyOf(whole);
    for (const name of ["summary.json", "features.npz", "train.gif", "curves.png"]) {
      await put(join(place(to), name), changed(wanted.get(name)!, name));
    }
    assertEquals((await startRow(ROW, to, resume)).result, 0);
    assertSameNumbers(place(to), numbersIn(place(whole)));
  });

  await t.step("is no checkpoint for eval", async () => {
    const to = await copyOf(whole);
    for (const which of ["best", "last"]) {
      const name = `${which}.safetensors`, bytes = wanted.get(name)!;
      const path = join(place(to), name);
      assertEquals((await evaluate(place(whole), "--checkpoint", which)).result, 0);
      const header = Number(new DataView(bytes.buffer).getBigUint64(0, true));
      // Through the header and the numbers.
      for (let i = 0; i < 60; i++) {
        const at = i < 30
          ? 8 + Math.floor(i * header / 30)
          : Math.floor(bytes.length * (i - 29) / 31) - 1;
        const other = bytes.slice();
        other[at] ^= 1;
        await put(path, other);
        const act = () => evaluate(place(to), "--checkpoint", which);
        const { message } = await assertRejects(act, RunError);
        assert(message.includes(path) && !message.includes("\n"), `byte ${at}: ${message}`);
      }
      await put(path, bytes);
    }
  });

  await t.step("is no config for eval and resume: other plans are refused", async () => {
    const to = await copyOf(whole), path = join(place(to), "config.json");
    const config = JSON.parse(await textOf(path));
    const write = (plan: object) =>
      put(path, JSON.stringify({ ...config, plan: { ...config.plan, ...plan } }));
    await write({ recipe: { ...config.plan.recipe, batchSize: 7 } });
    const other = `${path} is not the one that ${join(place(to), "best.safetensors")} was trained`;
    await assertRejects(() => evaluate(place(to)), RunError, other);
    await refuse(to, resume, RunError, `${path} is not the one that`, ROW);
    await write({ recipe: { ...config.plan.recipe, featureDim: "2" } });
    const field = 'has values that cannot be used (plan.recipe.featureDim is "2"; it must be';
    await assertRejects(() => evaluate(place(to)), RunError, `${path} ${field}`);
    // Where one's own images are, and a row's words, may change.
    await write({ summary: "other words" });
    assertEquals((await evaluate(place(to))).result, 0);
    await Deno.remove(path);
    await assertRejects(() => evaluate(place(to)), RunError, `${path} is not there, and `);
    const lost = `${place(to)} holds a run, but its config.json is not there: put that back`;
    for (const flags of [resume, own]) await refuse(to, flags, RunError, lost, ROW);
  });

  await t.step("is named by table --runs, which goes on with the next one", async () => {
    const tables = ["metrics.csv", "timing.csv", "distances.csv", "center_distances.csv"];
    for (const name of [...tables, "class_accuracy.csv", "summary.json", "config.json"]) {
      const to = join(root, "results of", name), results = join(to, "results");
      await copy(place(whole), place(to));
      const path = join(to, "a", "quick", "seed-1", name);
      await copy(place(whole), dirname(path));
      const bytes = name === "config.json" ? new Uint8Array(9) : changed(wanted.get(name)!, name);
      await put(path, bytes);
      const found = await collect(to, results);
      assertEquals(
        found.map(({ run, copied, failed }) => [basename(dirname(dirname(run))), copied, failed]),
        [["a", false, true], [`${ROW}+t`, false, false]],
      );
      assert(found[0].note.startsWith(path), found[0].note);
      assert(found[1].note.startsWith("not the row with preset quick: "), found[1].note);
      assertEquals(isThere(results), false);
    }
  });

  await t.step("that is gone is refused by all readers of a finished run", async () => {
    const files = ["last.safetensors", "confusion.csv", "features/epoch-001.npy"];
    for (const name of [...files, "link", "an earlier checkpoint", "changed checkpoint"]) {
      const to = await copyOf(whole), folder = place(to), last = join(folder, "last.safetensors");
      const path = files.includes(name) ? join(folder, name) : last;
      await Deno.remove(path);
      if (name === "link") await Deno.symlink(join(to, "nothing"), path);
      if (name === "an earlier checkpoint") {
        await Deno.copyFile(join(place(stopped), "last.safetensors"), path);
      }
      if (name === "changed checkpoint") {
        await put(path, changed(wanted.get("last.safetensors")!, name));
      }
      const [found] = await collect(to, join(to, "results"));
      assert(found.failed && found.note.startsWith(path), found.note);
      assertEquals(isThere(join(to, "results")), false);
      const options = parseOptions([ROW, "--out", to, "--preset", "quick", "--data-dir", data])!;
      const study = { ...options, plan: (await readConfig(folder))!.plan };
      const { message } = await assertRejects(() => StudyRun.open(study), RunError);
      assertEquals(message, found.note);
      const queue = { runs: [study], command: "", overwrite: false, verbose: false };
      const parts = {
        open: lend,
        run: () => Promise.reject("it was run"),
        stop: { requested: false },
      };
      const { result, err } = await printed(() => runQueue(queue as QueueOptions, parts));
      assertEquals(result, 1);
      assert(err.includes(message), err);
    }
  });

  await t.step("is not looked for where an earlier version left no digests", async () => {
    const to = await copyOf(stopped);
    for (const name of ["last.safetensors", "best.safetensors"]) {
      const path = join(place(to), name);
      const { tensors, metadata } = decodeSafetensors(await Deno.readFile(path), path);
      const { config: _, files: __, ...old } = metadata;
      const digest = await plainDigest(tensors);
      await put(path, encodeSafetensors({ tensors, metadata: { ...old, digest } }));
    }
    const timing = "epoch,seconds,training_images_per_second\n1,0.123,195.1\n";
    await put(join(place(to), "timing.csv"), timing);
    assertEquals((await startRow(ROW, to, resume)).result, 0);
    // From there on there are, and they fit what was there.
    assertEquals((await startRow(ROW, to, resume)).result, 0);
    for (const name of ["metrics.csv", "steps.csv", "centers.csv"]) {
      assertEquals(contents(place(to)).get(name), wanted.get(name), name);
    }
  });
});

/** The digest that earlier versions wrote: of the elements alone. */
async function plainDigest(
  tensors: ReadonlyMap<string, { data: Float32Array<ArrayBuffer> }>,
): Promise<string> {
  const parts = [...tensors].sort(([a], [b]) => a < b ? -1 : 1).map(([, { data }]) => data);
  const all = Float32Array.from(parts.flatMap((part) => [...part]));
  return new Uint8Array(await crypto.subtle.digest("SHA-256", all)).toHex();
}

runTest("--resume of a run", async (root, t) => {
  const whole = join(root, "whole"), stopped = join(root, "stopped");
  await start(whole, SIZES);
  await start(stopped, SIZES, onceThere(join(folderIn(stopped), "metrics.csv")));
  const wanted = numbersIn(folderIn(whole));

  await t.step("refuses a checkpoint that is missing, broken or foreign", async () => {
    const out = await copyOf(stopped), path = join(folderIn(out), "last.safetensors");
    const good = await Deno.readFile(path);
    const { tensors, metadata } = decodeSafetensors(good, path);
    const withMetadata = (changes: object) =>
      encodeSafetensors({ tensors, metadata: { ...metadata, ...changes } });
    const advice = "put the run's own back, or start again with --overwrite";
    const own = "not to cent-digits-2, preset smoke, seed 1";
    const damaged = `is damaged: its numbers are not those that were written: ${advice}`;
    const spoiled: [Uint8Array, string][] = [
      [good.subarray(0, good.length - 5), "is no usable safetensors file: "],
      [new Uint8Array(0), "is no usable safetensors file: it has 0 bytes"],
      [
        withMetadata({ id: "xent-mnist-2" }),
        `belongs to xent-mnist-2, preset smoke, seed 1, ${own}: ${advice}`,
      ],
      [withMetadata({ preset: "quick" }), `belongs to cent-digits-2, preset quick, seed 1, ${own}`],
      [withMetadata({ seed: "2" }), `belongs to cent-digits-2, preset smoke, seed 2, ${own}`],
      [withMetadata({ standing: "" }), `does not say where its run stands: ${advice}`],
      [good.map((byte, i) => i === good.length - 5 ? byte ^ 1 : byte), damaged],
      [encodeSafetensors({ tensors: new Map([...tensors].slice(1)), metadata }), damaged],
    ];
    for (const [bytes, message] of spoiled) {
      await put(path, bytes);
      await refuse(out, RESUME, RunError, `${path} ${message}`);
    }
    await Deno.remove(path);
    await refuse(out, RESUME, RunError, `${path} is not there, so there is nothing to resume`);
    await put(path, good);
    assertEquals((await start(out, RESUME)).result, 0);
    assertSameNumbers(folderIn(out), wanted);
  });

  await t.step("refuses a config that is broken or lies in the wrong place", async () => {
    const out = await copyOf(stopped), path = join(folderIn(out), "config.json");
    const config = JSON.parse(await textOf(path));
    for (const broken of ["", "{", "null", "{}"]) {
      await put(path, broken);
      await refuse(out, RESUME, RunError, `${path} is no config of a run: start again with`);
    }
    const wrong = "it lies in the wrong place";
    for (
      const [plan, message] of [
        [{ seed: 7 }, `holds a run of cent-digits-2, preset smoke, seed 7: ${wrong}`],
        [{ preset: "quick" }, `holds a run of cent-digits-2, preset quick, seed 1: ${wrong}`],
        [
          { epochs: 0 },
          "stands after epoch 1, but config.json plans 0: put the run's own back",
        ],
      ] as const
    ) {
      await put(path, JSON.stringify({ ...config, plan: { ...config.plan, ...plan } }));
      await refuse(out, RESUME, RunError, message);
    }
  });

  await t.step("refuses tables that are gone, cut, or another run's", async () => {
    const out = await copyOf(stopped);
    const tables = [...contents(folderIn(stopped)).keys()].filter((f) =>
      f.endsWith(".csv") && f !== "confusion.csv"
    );
    assertEquals(tables.length, 8);
    for (const name of tables) {
      const path = join(folderIn(out), name), text = await Deno.readTextFile(path);
      await Deno.remove(path);
      const advice = "put the file back, or start again with --overwrite";
      const gone = `is not there, but the checkpoint is that of epoch 1: ${advice}`;
      await refuse(out, RESUME, RunError, `${path} ${gone}`);
      for (
        const [spoiled, message] of [
          [text.slice(0, text.indexOf("\n") + 1), "lacks lines of epoch 1, but the checkpoint"],
          [text.slice(0, -3).replace(/,[^,]*$/, ""), ""],
          [text.replace("epoch,", "epoch,more,"), "does not have the columns of this run, but"],
        ]
      ) {
        await put(path, spoiled);
        await refuse(out, RESUME, RunError, `${path} ${message}`);
      }
      await put(path, text);
    }
    const later = await copyOf(whole), path = join(folderIn(later), "steps.csv");
    const lines = (await textOf(path)).split("\n").filter((line) => !line.startsWith("2,2,"));
    await put(path, lines.join("\n"));
    const message = `${path} lacks lines of epoch 2, but the checkpoint is that of epoch 2`;
    await refuse(later, RESUME, RunError, message);
  });

  await t.step("says what figures are left out when features are gone", async () => {
    const out = await copyOf(stopped), folder = folderIn(out);
    await Deno.remove(join(folder, "features", "epoch-001.npy"));
    const { result, out: said } = await start(out, RESUME);
    assertEquals(result, 0);
    const message = `${join(folder, "features")} lacks epoch 1: numbers are not touched`;
    assert(said.includes(message), said);
    for (const name of ["metrics.csv", "last.safetensors"]) {
      assertEquals(numbersIn(folder).get(name), wanted.get(name), name);
    }
  });

  await t.step("that is finished names what is gone, or a link to nothing", async () => {
    for (const link of [false, true]) {
      const out = await copyOf(whole), folder = folderIn(out);
      for (const name of ["features/epoch-001.npy", "confusion.csv"]) {
        await Deno.remove(join(folder, name));
        if (link) await Deno.symlink(join(root, "nothing"), join(folder, name));
      }
      const page = await textOf(folder, "report.html");
      const { result, out: said } = await start(out, RESUME);
      assertEquals(result, 0);
      assert(said.includes(`${join(folder, "features")} lacks epoch 1: `), said);
      assert(said.includes(`${join(folder, "confusion.csv")} is not there: only --over`), said);
      assertEquals(await textOf(folder, "report.html"), page, "the page with its map stays");
    }
  });
});
