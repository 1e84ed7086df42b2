/** Files of a run that are damaged: each reader ends in what the whole file says, or in one line that names it. */
import { assert, assertEquals, assertRejects } from "@std/assert";
import { basename, dirname, join } from "node:path";
import { collect } from "../../../experiments/report/collect.ts";
import { parseOptions } from "../../../experiments/flags/exp.ts";
import { runQueue } from "../../../experiments/runner/queue.ts";
import type { QueueOptions } from "../../../experiments/flags/queue.ts";
import { readConfig } from "../../../experiments/run_folder/config.ts";
import { StudyRun } from "../../../experiments/studies/study_run.ts";
import { main as evaluateMain } from "../../../experiments/eval.ts";
import { RunError } from "../../../src/base/errors.ts";
import { gpu } from "../../../src/gpu/device.ts";
import { decodeSafetensors, encodeSafetensors } from "../../../src/base/safetensors.ts";
import { idxImages, idxLabels } from "../../data/idx_bytes.ts";
import { put } from "../../data/pictures.ts";
import { granted } from "../../permissions.ts";
import { printed } from "../../printed.ts";
import { contents, copy, isThere, onceThere, startRow } from "../run_folders.ts";
import { shared } from "../shared_device.ts";

const ROW = "density-max";
const TRAIN = 24, TEST = 10;

/** A few images in the form of MNIST, so that a run counts as a result. */
async function writeImages(data: string): Promise<void> {
  for (const [split, count] of [["train", TRAIN], ["t10k", TEST]] as const) {
    const file = (kind: string) => join(data, "mnist", `${split}-${kind}-ubyte`);
    await put(file("images-idx3"), idxImages(count, 28, 28));
    await put(file("labels-idx1"), idxLabels(...Array.from({ length: count }, (_, i) => i % 10)));
  }
}

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

Deno.test("A damaged file of a run", async (t) => {
  if (!await granted("read", "write")) return;
  const root = await Deno.makeTempDir();
  const data = join(root, "data");
  await writeImages(data);
  const place = (out: string) => join(out, ROW, "quick", "seed-1");
  const own = [
    ...["--preset", "quick", "--train-size", `${TRAIN}`, "--test-size", `${TEST}`],
    ...["--epochs", "2", "--batch-size", "8", "--width", "0.25", "--no-tune", "--data-dir", data],
  ];
  const resume = ["--preset", "quick", "--resume", "--data-dir", data];
  const whole = join(root, "whole"), stopped = join(root, "stopped");
  await startRow(ROW, whole, own);
  await startRow(ROW, stopped, own, onceThere(join(place(stopped), "val.png")));
  const wanted = contents(place(whole));
  let copies = 0;
  const copyOf = async (out: string) => {
    const to = join(root, `copy-${++copies}`);
    await copy(out, to);
    return to;
  };
  const evaluate = (folder: string, ...flags: string[]) =>
    printed(() =>
      evaluateMain(
        [folder, "--method", "softmax", "--data-dir", data, ...flags],
        () => Promise.resolve(shared()),
      )
    );

  await t.step("stops a resume, before and after the end of the run", async () => {
    // What no reader takes up is drawn or written anew.
    const read = [...wanted.keys()].filter((name) =>
      /^(features|predictions)\/|\.(csv|safetensors)$/.test(name) && name !== "calibration.csv"
    );
    assertEquals(read.length, 14);
    for (const out of [stopped, whole]) {
      const there = contents(place(out));
      for (const name of read.filter((name) => there.has(name))) {
        if (name === "confusion.csv" && out === stopped) continue; // The next epoch writes it anew.
        const to = await copyOf(out), path = join(place(to), name);
        await Deno.writeFile(path, changed(there.get(name)!, name));
        const before = contents(to);
        const { message } = await assertRejects(() => startRow(ROW, to, resume), RunError);
        assert(/^ (is damaged: |lacks lines )/.test(message.slice(path.length)), message);
        assert(message.startsWith(path), message);
        assert(!message.includes("\n"), message);
        assertEquals(contents(to), before);
        await Deno.remove(to, { recursive: true });
      }
    }
  });

  await t.step("that nothing reads is written anew", async () => {
    const to = await copyOf(whole);
    for (const name of ["summary.json", "features.npz", "train.gif", "curves.png"]) {
      await Deno.writeFile(join(place(to), name), changed(wanted.get(name)!, name));
    }
    assertEquals((await startRow(ROW, to, resume)).result, 0);
    assertEquals(contents(place(to)), wanted);
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
        await Deno.writeFile(path, other);
        const { message } = await assertRejects(
          () => evaluate(place(to), "--checkpoint", which),
          RunError,
        );
        assert(message.includes(path) && !message.includes("\n"), `byte ${at}: ${message}`);
      }
      await Deno.writeFile(path, bytes);
    }
  });

  await t.step("is no config for eval and resume: other plans are refused", async () => {
    const to = await copyOf(whole), path = join(place(to), "config.json");
    const config = JSON.parse(await Deno.readTextFile(path));
    const write = (plan: object) =>
      Deno.writeTextFile(path, JSON.stringify({ ...config, plan: { ...config.plan, ...plan } }));
    await write({ recipe: { ...config.plan.recipe, batchSize: 7 } });
    const other = `${path} is not the one that ${join(place(to), "best.safetensors")} was trained`;
    await assertRejects(() => evaluate(place(to)), RunError, other);
    await assertRejects(() => startRow(ROW, to, resume), RunError, `${path} is not the one that`);
    await write({ recipe: { ...config.plan.recipe, featureDim: "2" } });
    const field = 'has values that cannot be used (plan.recipe.featureDim is "2"; it must be';
    await assertRejects(() => evaluate(place(to)), RunError, `${path} ${field}`);
    // Where one's own images are, and a row's words, may change.
    await write({ summary: "other words" });
    assertEquals((await evaluate(place(to))).result, 0);
    await Deno.remove(path);
    await assertRejects(() => evaluate(place(to)), RunError, `${path} is not there, and `);
    const lost = `${place(to)} holds a run, but its config.json is not there: put that back`;
    await assertRejects(() => startRow(ROW, to, resume), RunError, lost);
    await assertRejects(() => startRow(ROW, to, own), RunError, lost);
  });

  await t.step("is not copied by table --runs, and keeps no other run back", async () => {
    const tables = ["metrics.csv", "timing.csv", "distances.csv", "center_distances.csv"];
    for (const name of [...tables, "class_accuracy.csv", "summary.json", "config.json"]) {
      const to = await copyOf(whole), results = join(to, "results");
      await copy(place(whole), join(to, "other", ROW, "quick", "seed-1"));
      const path = join(to, "a", "quick", "seed-1", name);
      await copy(place(whole), dirname(path));
      const bytes = name === "config.json" ? new Uint8Array(9) : changed(wanted.get(name)!, name);
      await Deno.writeFile(path, bytes);
      const found = await collect(to, results);
      assertEquals(
        found.map(({ run, copied, failed }) => [basename(dirname(dirname(run))), copied, failed]),
        [
          ["a", false, true],
          [ROW, true, false],
        ],
      );
      assert(found[0].note.startsWith(path), found[0].note);
      assertEquals([...contents(join(results, "quick")).keys()].length > 5, true);
      await Deno.remove(to, { recursive: true });
    }
  });

  await t.step("that is gone is refused by all readers of a finished run", async () => {
    const files = ["last.safetensors", "confusion.csv", "features/epoch-001.npy"];
    for (const name of [...files, "link", "an earlier checkpoint", "changed checkpoint"]) {
      const to = await copyOf(whole), folder = place(to), last = join(folder, "last.safetensors");
      const path = files.includes(name) ? join(folder, ...name.split("/")) : last;
      await Deno.remove(path);
      if (name === "link") await Deno.symlink(join(to, "nothing"), path);
      if (name === "an earlier checkpoint") {
        await Deno.copyFile(join(place(stopped), "last.safetensors"), path);
      }
      if (name === "changed checkpoint") {
        await Deno.writeFile(path, changed(wanted.get("last.safetensors")!, name));
      }
      const [found] = await collect(to, join(to, "results"));
      assert(found.failed && found.note.startsWith(path), found.note);
      assertEquals(isThere(join(to, "results")), false);
      const options = parseOptions([ROW, "--out", to, "--preset", "quick", "--data-dir", data])!;
      const config = await readConfig(folder);
      const study = { ...options, plan: config!.plan };
      const { message } = await assertRejects(() => StudyRun.open(study), RunError);
      assertEquals(message, found.note);
      const queue = { runs: [study], command: "", overwrite: false, verbose: false };
      const open = () => Promise.resolve(shared());
      const parts = { open, run: () => Promise.reject("it was run"), stop: { requested: false } };
      const { result, err } = await printed(() => runQueue(queue as QueueOptions, parts));
      assertEquals(result, 1);
      assert(err.includes(message), err);
      await Deno.remove(to, { recursive: true });
    }
  });

  await t.step("is not looked for where an earlier version left no digests", async () => {
    const to = await copyOf(stopped);
    for (const name of ["last.safetensors", "best.safetensors"]) {
      const path = join(place(to), name);
      const { tensors, metadata } = decodeSafetensors(await Deno.readFile(path), path);
      const { config: _, files: __, ...old } = metadata;
      await Deno.writeFile(
        path,
        encodeSafetensors({ tensors, metadata: { ...old, digest: await plainDigest(tensors) } }),
      );
    }
    await Deno.writeTextFile(
      join(place(to), "timing.csv"),
      "epoch,seconds,training_images_per_second\n1,0.123,195.1\n",
    );
    assertEquals((await startRow(ROW, to, resume)).result, 0);
    // From there on there are, and they fit what was there.
    assertEquals((await startRow(ROW, to, resume)).result, 0);
    for (const name of ["metrics.csv", "steps.csv", "centers.csv"]) {
      assertEquals(contents(place(to)).get(name), wanted.get(name), name);
    }
  });

  gpu().pool.trim();
  await Deno.remove(root, { recursive: true });
});

/** The digest that earlier versions wrote: of the elements alone. */
async function plainDigest(
  tensors: ReadonlyMap<string, { data: Float32Array<ArrayBuffer> }>,
): Promise<string> {
  const parts = [...tensors].sort(([a], [b]) => a < b ? -1 : 1).map(([, { data }]) => data);
  const all = Float32Array.from(parts.flatMap((part) => [...part]));
  return new Uint8Array(await crypto.subtle.digest("SHA-256", all)).toHex();
}

Deno.test("A run whose folder goes away", async (t) => {
  if (!await granted("read", "write")) return;
  const root = await Deno.makeTempDir();
  const flags = ["--preset", "smoke", "--train-size", "18", "--test-size", "10", "--no-tune"];
  const id = "cent-digits-2", place = (out: string) => join(out, id, "smoke", "seed-1");
  /** Does something as soon as the run has finished an epoch. */
  const after = (folder: string, act: () => void) => {
    let done = false;
    return {
      get requested() {
        if (!done && isThere(join(folder, "val.png"))) {
          done = true;
          act();
        }
        return false;
      },
    };
  };

  for (
    const [how, act, left] of [
      ["deleted", (folder: string) => Deno.removeSync(folder, { recursive: true }), false],
      ["deleted with all of --out", (folder: string) => {
        Deno.removeSync(join(folder, "..", "..", ".."), { recursive: true });
      }, false],
      ["moved", (folder: string) => Deno.renameSync(folder, `${folder}-moved`), false],
      ["replaced", (folder: string) => {
        Deno.removeSync(folder, { recursive: true });
        Deno.mkdirSync(folder);
        Deno.writeTextFileSync(join(folder, ".lock"), "");
      }, true],
    ] as const
  ) {
    await t.step(`that is ${how} stops at the next write, and the place can be used`, async () => {
      const out = join(root, how.replaceAll(" ", "-"), "out"), folder = place(out);
      await assertRejects(
        () => startRow(id, out, flags, after(folder, () => act(folder))),
        RunError,
        `${folder} was deleted, moved or replaced while the run wrote into it`,
      );
      assertEquals(isThere(folder), left);
      if (left) assertEquals([...Deno.readDirSync(folder)].map(({ name }) => name), [".lock"]);
      assertEquals((await startRow(id, out, flags)).result, 0);
    });
  }

  for (
    const [what, act, gone] of [
      ["all but its lock", (folder: string) => {
        for (const { name } of Deno.readDirSync(folder)) {
          if (name !== ".lock") Deno.removeSync(join(folder, name), { recursive: true });
        }
      }, "config.json"],
      [
        "its config",
        (folder: string) => Deno.removeSync(join(folder, "config.json")),
        "config.json",
      ],
      ["its features", (folder: string) => {
        Deno.removeSync(join(folder, "features"), { recursive: true });
      }, "features/epoch-001.npy"],
      [
        "its checkpoint",
        (folder: string) => Deno.removeSync(join(folder, "last.safetensors")),
        "last.safetensors",
      ],
    ] as const
  ) {
    await t.step(`that loses ${what} stops the run, and the place can be used`, async () => {
      const out = join(root, what.replaceAll(" ", "-")), folder = place(out);
      const { message } = await assertRejects(
        () => startRow(id, out, [...flags, "--epochs", "3"], after(folder, () => act(folder))),
        RunError,
        `${join(folder, gone)} was deleted while the run wrote into its folder`,
      );
      assert(!message.includes("\n"), message);
      assertEquals(isThere(join(folder, "summary.json")), false);
      assertEquals((await startRow(id, out, [...flags, "--overwrite"])).result, 0);
      assert(isThere(join(folder, "summary.json")));
    });
  }

  await t.step("that loses its features after the last epoch ends without a summary", async () => {
    const out = join(root, "end"), folder = place(out), { rename } = Deno;
    Deno.rename = async (from, to) => {
      await rename(from, to);
      if (String(to).endsWith("features.npz")) {
        await Deno.remove(join(folder, "features"), { recursive: true });
      }
    };
    try {
      await assertRejects(
        () => startRow(id, out, flags),
        RunError,
        `${join(folder, "features", "epoch-001.npy")} was deleted while the run wrote`,
      );
    } finally {
      Deno.rename = rename;
    }
    assertEquals(isThere(join(folder, "summary.json")), false);
  });

  await t.step("and one that is refused leaves none", async () => {
    const nowhere = join(root, "a", "b", "c");
    await assertRejects(() => startRow("cent-mnist-2", nowhere, ["--data-dir", root]), RunError);
    await assertRejects(() => startRow(id, nowhere, ["--preset", "smoke", "--resume"]), RunError);
    await assertRejects(() => startRow(id, nowhere, [...flags, "--tiles", join(root, "none")]));
    assertEquals(isThere(join(root, "a")), false);
    // What was there stays.
    await Deno.mkdir(join(nowhere, "cent-mnist-2"), { recursive: true });
    await assertRejects(() => startRow("cent-mnist-2", nowhere, ["--data-dir", root]), RunError);
    assertEquals([...Deno.readDirSync(join(nowhere, "cent-mnist-2"))], []);
  });

  gpu().pool.trim();
  await Deno.remove(root, { recursive: true });
});
