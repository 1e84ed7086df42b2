/** Whole runs: what a folder holds, that equal runs are equal files, stopped and resumed ones too, and what is refused. */
import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertMatch,
  assertNotEquals,
  assertRejects,
} from "@std/assert";
import { join } from "node:path";
import { adapterName } from "../../../experiments/run_folder/config.ts";
import { parseOptions } from "../../../experiments/flags/exp.ts";
import { choiceOf } from "../../../experiments/runner/run_alone.ts";
import { run } from "../../../experiments/runner/runner.ts";
import { storeTiles } from "../../../src/tune/cache.ts";
import { RunError, UsageError } from "../../../src/base/errors.ts";
import { gpu } from "../../../src/gpu/device.ts";
import type { Tiles } from "../../../src/gpu/tiles/tiles.ts";
import { decodeNpy } from "../../../src/base/npy.ts";
import { decodeSafetensors, encodeSafetensors } from "../../../src/base/safetensors.ts";
import { useOf } from "../../../src/tune/use.ts";
import { idxImages, idxLabels } from "../../data/idx_bytes.ts";
import { granted } from "../../permissions.ts";
import { printed } from "../../printed.ts";
import { framesOf } from "../gif_frames.ts";
import { noData, onceThere } from "../run_folders.ts";

const TRAIN = 18, TEST = 10;
const SIZES = ["--preset", "smoke", "--train-size", `${TRAIN}`, "--test-size", `${TEST}`];
const RESUME = ["--preset", "smoke", "--resume"];
/** All but `timing.csv`, which holds clock values. */
const TABLES = [
  ...["metrics", "steps", "centers", "center_distances", "distances", "class_accuracy"],
  "confusion",
].map((t) => `${t}.csv`);

const folderIn = (out: string, id = "cent-digits-2") => join(out, id, "smoke", "seed-1");
const text = (...path: string[]) => Deno.readTextFile(join(...path));

/** Runs a row with output into `out`, quietly. */
function start(out: string, flags: string[], stop = { requested: false }, id = "cent-digits-2") {
  return printed(() => run(parseOptions([id, "--out", out, ...flags])!, gpu(), stop));
}

async function tablesOf(out: string): Promise<string[]> {
  return await Promise.all(TABLES.map((name) => text(folderIn(out), name)));
}

function* filesIn(folder: string, inside = ""): Generator<string> {
  for (const { name, isDirectory } of Deno.readDirSync(folder)) {
    if (isDirectory) yield* filesIn(join(folder, name), `${inside}${name}/`);
    else yield inside + name;
  }
}

/** Every file of a folder with its bytes. */
const contents = (folder: string) =>
  new Map([...filesIn(folder)].sort().map((f) => [f, Deno.readFileSync(join(folder, f))]));

async function copy(from: string, to: string): Promise<void> {
  for (const [file, bytes] of contents(from)) {
    const path = join(to, file);
    await Deno.mkdir(join(path, ".."), { recursive: true });
    await Deno.writeFile(path, bytes);
  }
}

Deno.test("run()", async (t) => {
  if (!await granted("read", "write")) return;
  const root = await Deno.makeTempDir();
  const whole = join(root, "whole"), stopped = join(root, "stopped");
  let copies = 0;
  /** A copy of a folder of runs, to be spoiled. */
  const copyOf = async (out: string) => {
    const to = join(root, `copy-${++copies}`);
    await copy(out, to);
    return to;
  };

  await t.step("leaves every file of a run folder, and says how it ended", async () => {
    const { result, out } = await start(whole, SIZES);
    assertEquals(result, 0);
    assertEquals(
      [...filesIn(folderIn(whole))].sort(),
      [
        "best.safetensors",
        "center_distances.csv",
        "centers.csv",
        "class_accuracy.csv",
        "config.json",
        "confusion.csv",
        "curves.png",
        "distances.csv",
        "features.npz",
        "features/epoch-001.npy",
        "features/epoch-002.npy",
        "frames/train-001.png",
        "frames/train-002.png",
        "frames/val-001.png",
        "frames/val-002.png",
        "last.safetensors",
        "metrics.csv",
        "projector/features.tsv",
        "projector/metadata.tsv",
        "projector/projector_config.json",
        "projector/projector_config.pbtxt",
        "projector/sprite.png",
        "steps.csv",
        "summary.json",
        "timing.csv",
        "train.gif",
        "train.png",
        "val.gif",
        "val.png",
      ],
    );
    assertMatch(out, /^epoch 1\/2 {2}lr [\d.]+ {2}loss /m);
    assertMatch(out, /^Test accuracy .* after epoch 2; best by nearest center .* in epoch [12]$/m);
    assert(out.includes(`everything is in ${folderIn(whole)}`), out);
  });

  await t.step("writes config.json with plan, tiles, adapter and commit", async () => {
    const config = JSON.parse(await text(folderIn(whole), "config.json"));
    const { plan } = parseOptions(["cent-digits-2", ...SIZES])!;
    assertEquals(config.plan, JSON.parse(JSON.stringify(plan)));
    assertEquals(config.tiles, gpu().tiles);
    assertEquals(config.drawn, false);
    assertEquals(config.adapter, gpu().adapter.description);
    assertEquals(config.backend, gpu().adapter.backend);
    assertEquals(config.software, gpu().adapter.software);
    assertEquals("adapterChoice" in config, false);
    assertEquals(config.deno, Deno.version.deno);
    assertMatch(config.commit, /^([0-9a-f]{40}|unknown)$/);
  });

  await t.step("writes tables with a line for each epoch, step, class and split", async () => {
    const lines = async (name: string) =>
      (await text(folderIn(whole), name)).trimEnd().split("\n").map((line) => line.split(","));
    const shape = async (name: string) => {
      const rows = await lines(name);
      return [rows.length - 1, ...new Set(rows.map((fields) => fields.length))];
    };
    assertEquals(await shape("metrics.csv"), [2, 13]);
    assertEquals(await shape("steps.csv"), [2 * 2, 6]);
    assertEquals(await shape("timing.csv"), [2, 3]);
    assertEquals(await shape("centers.csv"), [2 * 10, 4]);
    assertEquals(await shape("center_distances.csv"), [2 * 45, 4]);
    assertEquals(await shape("distances.csv"), [2 * 2 * 10, 6]);
    assertEquals(await shape("class_accuracy.csv"), [2 * 2 * 10, 6]);
    assertEquals(await shape("confusion.csv"), [10, 11]);
    const counts = (await lines("confusion.csv")).slice(1).flatMap((f) => f.slice(1).map(Number));
    assertEquals(counts.reduce((a, b) => a + b), TEST);
    // Over the classes, weighted by their samples, accuracy is that of the whole split; the gap is between the two.
    const [header, last] = [(await lines("metrics.csv"))[0], (await lines("metrics.csv"))[2]];
    const metric = (name: string) => Number(last[header.indexOf(name)]);
    for (const [k, name] of ["accuracy_by_logit", "accuracy_by_nearest_center"].entries()) {
      const own = (await lines("class_accuracy.csv")).filter((f) =>
        f[0] === "2" && f[1] === "test"
      );
      const hits = own.reduce((sum, f) => sum + Number(f[3]) * Number(f[4 + k]), 0);
      assertAlmostEquals(hits / TEST, metric(`test_${name}`), 1e-9);
    }
    const by = "accuracy_by_nearest_center";
    assertAlmostEquals(metric("accuracy_gap"), metric(`train_${by}`) - metric(`test_${by}`), 1e-12);
    const { recipe, lastEpochFactor } = parseOptions(["cent-digits-2", ...SIZES])!.plan;
    const { lr } = recipe.optimizer;
    const rates = (await lines("metrics.csv")).slice(1).map((fields) => Number(fields[1]));
    assertEquals(rates, [lr, lr * lastEpochFactor]);
  });

  await t.step("draws one frame an epoch into each GIF, and keeps all features", () => {
    for (const name of ["train.gif", "val.gif"]) {
      assertEquals(framesOf(Deno.readFileSync(join(folderIn(whole), name))), 2, name);
    }
    const path = join(folderIn(whole), "features", "epoch-002.npy");
    const rows = decodeNpy(Deno.readFileSync(path), path);
    assertEquals(rows.length, 2 * (TRAIN + TEST));
    // Two batches of 8: two training samples are left out.
    assertEquals(rows.subarray(0, 2 * TRAIN).filter(Number.isNaN).length, 2 * 2);
    assertEquals(rows.subarray(2 * TRAIN).some(Number.isNaN), false);
  });

  await t.step("writes equal files for an equal run in another folder", async () => {
    const other = join(root, "other");
    await start(other, SIZES);
    assertEquals(await tablesOf(other), await tablesOf(whole));
    const [a, b] = [whole, other].map((out) => contents(folderIn(out)));
    for (
      const f of [
        "last.safetensors",
        "best.safetensors",
        "train.gif",
        "features/epoch-001.npy",
        "features.npz",
        "projector/features.tsv",
      ]
    ) {
      assertEquals(b.get(f), a.get(f), f);
    }
  });

  await t.step("stops when asked, says how to resume, and leaves the finished epochs", async () => {
    const folder = folderIn(stopped);
    const { result, out } = await start(stopped, SIZES, onceThere(join(folder, "metrics.csv")));
    assertEquals(result, 130);
    assert(
      out.includes(
        `Stopped in epoch 2. Finished epochs are in ${folder}; continue after epoch 1 with\n` +
          `  deno task exp cent-digits-2 --preset smoke --seed 1 --resume --out ${stopped}`,
      ),
      out,
    );
    assertEquals(framesOf(Deno.readFileSync(join(folder, "train.gif"))), 1);
  });

  await t.step("--resume ends in the files of a run that was never stopped", async () => {
    const out = await copyOf(stopped);
    const { result, out: said } = await start(out, RESUME);
    assertEquals(result, 0);
    assert(said.includes(`Resuming ${folderIn(out)} after epoch 1 of 2`), said);
    assertEquals(await tablesOf(out), await tablesOf(whole));
    const [a, b] = [whole, out].map((at) => contents(folderIn(at)));
    assertEquals([...b.keys()], [...a.keys()]);
    for (
      const f of ["last.safetensors", "best.safetensors", "train.gif", "val.gif", "curves.png"]
    ) {
      assertEquals(b.get(f), a.get(f), f);
    }
  });

  await t.step("--resume drops what a kill wrote after the checkpoint", async () => {
    const out = await copyOf(whole);
    const [to, from] = [folderIn(out), folderIn(stopped)];
    // Killed with everything of epoch 2 written, but the checkpoint half.
    const checkpoint = await Deno.readFile(join(from, "last.safetensors"));
    await Deno.writeFile(join(to, "last.safetensors"), checkpoint);
    await Deno.writeFile(join(to, "last.safetensors.part"), checkpoint.subarray(0, 100));
    assertEquals((await start(out, RESUME)).result, 0);
    assertEquals(await tablesOf(out), await tablesOf(whole));
    assertEquals([...filesIn(to)].sort(), [...filesIn(folderIn(whole))].sort());
  });

  await t.step("--resume of a finished run changes no number", async () => {
    const out = await copyOf(whole);
    assertEquals((await start(out, RESUME)).result, 0);
    assertEquals(await tablesOf(out), await tablesOf(whole));
  });

  await t.step("--resume takes the run's own tiles, on the adapter it began on", async () => {
    const own = gpu().tiles;
    const tiles = { ...own, matmul: { ...own.matmul, parallel: own.matmul.parallel + 1 } };
    const { description, backend } = gpu().adapter;
    for (
      const [adapter, through, used] of [
        [description, backend, tiles],
        [description, undefined, tiles], // as earlier versions wrote it
        [description, "d3d12", own],
        ["another", backend, own],
      ] as const
    ) {
      const out = await copyOf(whole);
      const path = join(folderIn(out), "config.json");
      const config = JSON.parse(await Deno.readTextFile(path));
      await Deno.writeTextFile(
        path,
        JSON.stringify({ ...config, adapter, backend: through, tiles }),
      );
      try {
        const { out: said } = await start(out, RESUME);
        assertEquals(gpu().tiles, used);
        const warned = `This run began on ${adapterName({ adapter, backend: through })}; on `;
        assertEquals(said.includes(warned), used === own, `${said}\n${warned}`);
      } finally {
        gpu().tiles = own;
      }
    }
  });

  await t.step("keeps the choice of an adapter, which a resume makes again", async () => {
    const out = join(root, "choice");
    const flags = [...SIZES, "--epochs", "1", "--adapter", "low-power"];
    assertEquals((await start(out, flags)).result, 0);
    const config = JSON.parse(await text(folderIn(out), "config.json"));
    assertEquals(config.adapterChoice, "low-power");
    const choice = (...more: string[]) =>
      choiceOf(parseOptions(["cent-digits-2", ...RESUME, "--out", out, ...more])!);
    assertEquals(await choice(), "low-power");
    assertEquals(await choice("--adapter", "software"), "software");
    assertEquals(await choice("--seed", "2"), undefined);
  });

  /** Runs `act`, and then has the tiles again that the device had before. */
  const withOwnTiles = async <T>(act: () => Promise<T>): Promise<T> => {
    const own = gpu().tiles;
    try {
      return await act();
    } finally {
      gpu().tiles = own;
    }
  };
  // Cut into other parts, the sums of a weight gradient have other last bits.
  const own = gpu().tiles;
  const other: Tiles = {
    ...own,
    conv2dWeightGrad: { ...own.conv2dWeightGrad, parallel: 3 },
    tuned: {
      "conv2dForward 8x26x26x8 3x3 to 8, stride 1, padding 1": { ...own.conv2dForward, rows: 5 },
    },
  };
  const tilesFile = join(root, "tiles.json"), tiled = join(root, "tiled");

  await t.step("--tiles runs with the tiles of a file, and with those of another run", async () => {
    await Deno.writeTextFile(tilesFile, JSON.stringify(other));
    await withOwnTiles(() => start(tiled, [...SIZES, "--tiles", tilesFile]));
    const path = join(folderIn(tiled), "config.json");
    assertEquals(JSON.parse(await Deno.readTextFile(path)).tiles, other);
    assertNotEquals(await tablesOf(tiled), await tablesOf(whole));
    const again = join(root, "tiled-again");
    await withOwnTiles(() => start(again, [...SIZES, "--tiles", path]));
    assertEquals(await tablesOf(again), await tablesOf(tiled));
  });

  await t.step(
    "--resume ends in the same bits whatever the device's tiles are by then",
    async () => {
      const out = join(root, "tiled-stopped");
      const stop = onceThere(join(folderIn(out), "metrics.csv"));
      const { result } = await withOwnTiles(() =>
        start(out, [...SIZES, "--tiles", tilesFile], stop)
      );
      assertEquals([result, gpu().tiles], [130, own]);
      await withOwnTiles(() => start(out, [...RESUME, "--tiles", tilesFile]));
      assertEquals(await tablesOf(out), await tablesOf(tiled));
      const [a, b] = [tiled, out].map((at) => contents(folderIn(at)));
      assertEquals(b.get("last.safetensors"), a.get("last.safetensors"));
    },
  );

  await t.step("takes what the cache beside the runs holds for this adapter", async () => {
    const out = join(root, "cached"), path = join(out, "tiles.json");
    const [[key, tile]] = Object.entries(other.tuned!);
    const { kernel, shape } = useOf(key)!;
    const tuned = { kernel, shape, tile, ms: 1, defaultMs: 2, dropped: [] };
    await storeTiles(path, gpu().adapter, [tuned]);
    await storeTiles(path, { ...gpu().adapter, description: "another" }, [tuned]);
    const tilesWith = async (...flags: string[]) => {
      const stop = { requested: true };
      await withOwnTiles(() => start(out, [...SIZES, "--overwrite", ...flags], stop));
      return JSON.parse(await text(folderIn(out), "config.json")).tiles;
    };
    const before = await Deno.readTextFile(path);
    assertEquals(await tilesWith(), { ...own, tuned: { [key]: tile } });
    assertEquals(await tilesWith("--no-tune"), own);
    assertEquals(await tilesWith("--tiles", tilesFile), other);
    assertEquals(await Deno.readTextFile(path), before);
    await Deno.writeTextFile(path, "{");
    await assertRejects(() => tilesWith(), RunError, `${path} is no cache of tiles: `);
  });

  /** The run is refused, and its folder is as it was. */
  const refuse = async (
    out: string,
    flags: string[],
    type: typeof RunError | typeof UsageError,
    message: string,
  ) => {
    const before = contents(out);
    await assertRejects(() => start(out, flags), type, message);
    assertEquals(contents(out), before);
  };

  await t.step("refuses a folder in use", async () => {
    const message =
      `${folderIn(stopped)} holds a run already: continue it with --resume or start ` +
      "again with --overwrite";
    await refuse(stopped, SIZES, RunError, message);
  });

  await t.step(
    "--resume refuses options that change the numbers, and folders without a run",
    async () => {
      await refuse(
        stopped,
        [...RESUME, "--lr", "1", "--epochs", "3"],
        UsageError,
        "--resume continues a run with its own options: leave out --epochs, --lr",
      );
      const none = [...RESUME, "--seed", "2"];
      await refuse(stopped, none, RunError, "There is no run to resume in ");
    },
  );

  await t.step(
    "--tiles refuses files without tiles, tiles that do not fit, and another run's",
    async () => {
      const path = join(root, "refused.json");
      const flags = [...SIZES, "--overwrite", "--tiles", path];
      await refuse(stopped, flags, UsageError, `--tiles ${path} cannot be read: `);
      await Deno.writeTextFile(path, JSON.stringify({ ...own, matmul: { rows: 1 } }));
      await refuse(stopped, flags, UsageError, `--tiles ${path} holds no tiles: matmul lacks cols`);
      const lanes = gpu().adapter.subgroupSize === 16 ? 32 : 16;
      const matmul = { ...own.matmul, lanes, share: "subgroup" };
      await Deno.writeTextFile(path, JSON.stringify({ ...own, matmul }));
      await refuse(
        stopped,
        flags,
        UsageError,
        `--tiles ${path}: the tile of matmul does not run here`,
      );
      await refuse(
        stopped,
        [...RESUME, "--tiles", tilesFile],
        UsageError,
        `--resume continues a run with its own tiles, and those of ${tilesFile} are others: leave out --tiles`,
      );
    },
  );

  await t.step(
    "--resume refuses tiles that are broken, or that the adapter cannot run",
    async () => {
      const out = await copyOf(stopped);
      const path = join(folderIn(out), "config.json");
      const config = JSON.parse(await Deno.readTextFile(path));
      const write = (matmul: unknown) =>
        Deno.writeTextFile(path, JSON.stringify({ ...config, tiles: { ...config.tiles, matmul } }));
      await write({ ...own.matmul, rows: 0 });
      const message = `${path} has tiles that cannot be used (matmul.rows is 0; it must be a whole`;
      await refuse(out, RESUME, RunError, message);
      await write({ ...own.matmul, lanes: own.matmul.lanes === 16 ? 32 : 16, share: "subgroup" });
      const state = `${folderIn(out)} cannot be resumed: the tile of matmul does not run here: `;
      await refuse(out, RESUME, RunError, state);
    },
  );

  await t.step("--overwrite starts again, and deletes nothing that is no run", async () => {
    const out = await copyOf(stopped);
    await Deno.writeTextFile(join(folderIn(out), "frames", "old.png"), "");
    assertEquals((await start(out, [...SIZES, "--overwrite"])).result, 0);
    assertEquals(await tablesOf(out), await tablesOf(whole));
    assertEquals([...filesIn(folderIn(out))].includes("frames/old.png"), false);
    const foreign = join(root, "foreign");
    await Deno.mkdir(folderIn(foreign), { recursive: true });
    await Deno.writeTextFile(join(folderIn(foreign), "thesis.txt"), "all my work");
    const flags = [...SIZES, "--overwrite"];
    await refuse(foreign, flags, RunError, "holds files of something else than a run");
  });

  await t.step("--overwrite deletes nothing before the new run can start", async () => {
    const out = await copyOf(stopped);
    const mnist = folderIn(out, "cent-mnist-2");
    await copy(folderIn(out), mnist);
    // One file of four: with none, a smoke run would draw what it trains on.
    await Deno.mkdir(join(root, "half", "mnist"), { recursive: true });
    await Deno.writeFile(join(root, "half", "mnist", "t10k-labels-idx1-ubyte"), new Uint8Array(1));
    const flags = ["--preset", "smoke", "--overwrite", "--data-dir", join(root, "half")];
    const before = contents(out);
    await assertRejects(
      () => start(out, flags, undefined, "cent-mnist-2"),
      RunError,
      "Download it with `deno task data mnist`, or put the four official files there",
    );
    assertEquals(contents(out), before);
  });

  await t.step(
    "draws digits where a data set is not there, and goes on with no others",
    async () => {
      const out = join(root, "drawn"), folder = folderIn(out, "xent-mnist-2");
      const [none, some] = [noData(root), join(root, "some")];
      const flags = (dir: string, ...more: string[]) => [...SIZES, "--data-dir", dir, ...more];
      const stop = onceThere(join(folder, "features", "epoch-001.npy"));
      const { out: said } = await start(out, flags(none), stop, "xent-mnist-2");
      assert(said.includes("mnist is not there: drawn digits of its shape stand in for it"), said);
      assertEquals(JSON.parse(await text(folder, "config.json")).drawn, true);
      await Deno.mkdir(join(some, "mnist"), { recursive: true });
      for (const [split, count] of [["train", TRAIN], ["t10k", TEST]] as const) {
        const labels = Array.from({ length: count }, (_, i) => i % 10);
        const file = (kind: string) => join(some, "mnist", `${split}-${kind}-ubyte`);
        await Deno.writeFile(file("images-idx3"), idxImages(count, 28, 28));
        await Deno.writeFile(file("labels-idx1"), idxLabels(...labels));
      }
      const resume = (dir: string) => [...RESUME, "--data-dir", dir];
      await assertRejects(
        () => start(out, resume(some), undefined, "xent-mnist-2"),
        RunError,
        "began on drawn digits, not on mnist, which is there: take it away, or start again with --overwrite",
      );
      assertEquals((await start(out, resume(none), undefined, "xent-mnist-2")).result, 0);
      const real = join(root, "real");
      await start(real, flags(some), { requested: true }, "xent-mnist-2");
      await assertRejects(
        () => start(real, resume(none), undefined, "xent-mnist-2"),
        RunError,
        "began on mnist, which is not there now: put it back (--data-dir), or start again with --overwrite",
      );
    },
  );

  await t.step(
    "begins in a folder where a kill left nothing but the beginning of a file",
    async () => {
      const out = join(root, "begun");
      await Deno.mkdir(folderIn(out), { recursive: true });
      await Deno.writeTextFile(join(folderIn(out), "config.json.part"), "{");
      const stop = { requested: true };
      assertEquals((await start(out, SIZES, stop)).result, 130);
      assertEquals([...filesIn(folderIn(out))].sort(), ["config.json", "last.safetensors"]);
      assertEquals((await start(out, RESUME)).result, 0); // from the very start
      assertEquals(await tablesOf(out), await tablesOf(whole));
    },
  );

  await t.step(
    "--resume refuses a checkpoint that is missing, broken, foreign or of another network",
    async () => {
      const out = await copyOf(stopped);
      const path = join(folderIn(out), "last.safetensors");
      const good = await Deno.readFile(path);
      const { tensors, metadata } = decodeSafetensors(good, path);
      const spoiled: [Uint8Array, string][] = [
        [good.subarray(0, good.length - 5), `${path} is no usable safetensors file: `],
        [new Uint8Array(0), `${path} is no usable safetensors file: it has 0 bytes`],
        [
          encodeSafetensors({ tensors, metadata: { ...metadata, id: "xent-mnist-2" } }),
          `${path} belongs to xent-mnist-2, preset smoke, seed 1, not to cent-digits-2, preset smoke, seed 1: ` +
          "put the run's own back, or start again with --overwrite",
        ],
        [
          encodeSafetensors({ tensors, metadata: { ...metadata, preset: "quick" } }),
          `${path} belongs to cent-digits-2, preset quick, seed 1, not to cent-digits-2, preset smoke`,
        ],
        [
          encodeSafetensors({ tensors, metadata: { ...metadata, seed: "2" } }),
          `${path} belongs to cent-digits-2, preset smoke, seed 2, not to cent-digits-2, preset smoke`,
        ],
        [
          encodeSafetensors({ tensors, metadata: { ...metadata, standing: "" } }),
          `${path} does not say where its run stands: put the run's own back, or start again with`,
        ],
        [
          good.map((byte, i) => i === good.length - 5 ? byte ^ 1 : byte),
          `${path} is damaged: its numbers are not those that were written: put the run's own back`,
        ],
        [
          encodeSafetensors({ tensors: new Map([...tensors].slice(1)), metadata }),
          `${path} is damaged: its numbers are not those that were written: put the run's own back, or`,
        ],
      ];
      for (const [bytes, message] of spoiled) {
        await Deno.writeFile(path, bytes);
        await refuse(out, RESUME, RunError, message);
      }
      await Deno.remove(path);
      await refuse(out, RESUME, RunError, `${path} is not there, so there is nothing to resume`);
      await Deno.writeFile(path, good);
      assertEquals((await start(out, RESUME)).result, 0);
      assertEquals(await tablesOf(out), await tablesOf(whole));
    },
  );

  await t.step("--resume refuses a config that is broken or lies in the wrong place", async () => {
    const out = await copyOf(stopped);
    const path = join(folderIn(out), "config.json");
    const config = JSON.parse(await Deno.readTextFile(path));
    for (const broken of ["", "{", "null", "{}"]) {
      await Deno.writeTextFile(path, broken);
      await refuse(out, RESUME, RunError, `${path} is no config of a run: start again with`);
    }
    await Deno.writeTextFile(
      path,
      JSON.stringify({ ...config, plan: { ...config.plan, seed: 7 } }),
    );
    const message =
      "holds a run of cent-digits-2, preset smoke, seed 7: it lies in the wrong place";
    await refuse(out, RESUME, RunError, message);
    await Deno.writeTextFile(
      path,
      JSON.stringify({ ...config, plan: { ...config.plan, preset: "quick" } }),
    );
    const quick = "holds a run of cent-digits-2, preset quick, seed 1: it lies in the wrong place";
    await refuse(out, RESUME, RunError, quick);
    await Deno.writeTextFile(
      path,
      JSON.stringify({ ...config, plan: { ...config.plan, epochs: 0 } }),
    );
    const ahead = "stands after epoch 1, but config.json plans 0: put the run's own back";
    await refuse(out, RESUME, RunError, ahead);
  });

  await t.step("says what is the matter when nothing can be written", async () => {
    const out = join(root, "file");
    await Deno.writeTextFile(out, "");
    await assertRejects(
      () => start(out, SIZES),
      RunError,
      `${folderIn(out)} cannot be used as a run folder (`,
    );
  });

  await t.step(
    "draws maps and thumbnails above two dimensions, and curves alone in one",
    async () => {
      const out = join(root, "wide");
      await start(out, [...SIZES, "--feat-dim", "3", "--epochs", "1"]);
      const figures = (out: string) =>
        [...filesIn(folderIn(out))].filter((f) => /^[^/]*\.(png|gif)$|^frames/.test(f)).sort();
      assertEquals(figures(out), [
        "curves.png",
        "frames/train-001.png",
        "frames/val-001.png",
        "thumbnails.png",
        "train.gif",
        "train.png",
        "val.gif",
        "val.png",
      ]);
      const path = join(folderIn(out), "features", "epoch-001.npy");
      assertEquals(decodeNpy(Deno.readFileSync(path), path).length, 3 * (TRAIN + TEST));
      const narrow = join(root, "narrow");
      await start(narrow, [...SIZES, "--feat-dim", "1", "--epochs", "1"]);
      assertEquals(figures(narrow), ["curves.png"]);
    },
  );

  await Deno.remove(root, { recursive: true });
});
