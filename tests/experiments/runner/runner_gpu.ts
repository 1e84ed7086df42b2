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
import { EVENTS } from "../../../experiments/events/run_events.ts";
import { parseOptions } from "../parse_options.ts";
import { adapterName } from "../../../experiments/run_folder/config.ts";
import { choiceOf } from "../../../experiments/runner/run_alone.ts";
import { RunError, UsageError } from "../../../src/base/errors.ts";
import { decodeNpy } from "../../../src/base/npy.ts";
import { gpu } from "../../../src/gpu/device.ts";
import type { Tiles } from "../../../src/gpu/tiles/tiles.ts";
import { storeTiles } from "../../../src/tune/cache.ts";
import { useOf } from "../../../src/tune/use.ts";
import { put } from "../../data/pictures.ts";
import { framesOf } from "../gif_frames.ts";
import { smallMnist } from "../../data/idx_bytes.ts";
import {
  assertSameNumbers,
  columnsOf,
  contents,
  copyOf,
  folderIn,
  linesOf,
  noData,
  numbersIn,
  onceThere,
  plainFolder,
  refuse,
  RESUME,
  rowFolder,
  runTest,
  start,
  startRow,
  textOf,
} from "../run_folders.ts";

const TRAIN = 18, TEST = 10;
const SIZES = [
  ...["--preset", "smoke", "--name", "t", "--train-size", `${TRAIN}`, "--test-size", `${TEST}`],
];
const OVERWRITE = [...SIZES, "--overwrite"];

const FILES =
  `best.safetensors center_distances.csv centers.csv class_accuracy.csv classifier.csv config.json
  confusion.csv curves.png distances.csv events.out.tfevents.centerlab features.npz features/epoch-001.npy features/epoch-002.npy
  frames/train-001.png frames/train-002.png frames/val-001.png frames/val-002.png last.safetensors
  metrics.csv projector/features.tsv projector/metadata.tsv projector/projector_config.json
  projector/sprite.png projector_config.pbtxt report.html steps.csv summary.json timing.csv train.gif
  train.png val.gif val.png`.split(/\s+/);

/** Lines under the header, and fields of each. */
const SHAPES: Record<string, [lines: number, fields: number]> = {
  "metrics.csv": [2, 13],
  "steps.csv": [2 * 2, 6],
  "timing.csv": [2, 3],
  "centers.csv": [2 * 10, 4],
  "center_distances.csv": [2 * 45, 4],
  "distances.csv": [2 * 2 * 10, 6],
  "class_accuracy.csv": [2 * 2 * 10, 6],
  "classifier.csv": [2 * 10, 5],
  "confusion.csv": [10, 11],
};

const configOf = async (out: string) => JSON.parse(await textOf(folderIn(out), "config.json"));
const changeConfig = async (out: string, changes: object) =>
  await put(
    join(folderIn(out), "config.json"),
    JSON.stringify({ ...await configOf(out), ...changes }),
  );

/** Runs `act`, and then has the tiles again that the device had before. */
async function withOwnTiles<T>(act: () => Promise<T>): Promise<T> {
  const own = gpu().tiles;
  try {
    return await act();
  } finally {
    gpu().tiles = own;
  }
}

runTest("run()", async (root, t) => {
  const whole = join(root, "whole"), stopped = join(root, "stopped");
  await start(stopped, SIZES, onceThere(join(folderIn(stopped), "metrics.csv")));

  await t.step("leaves every file of a run folder, and says how it ended", async () => {
    const { result, out } = await start(whole, SIZES);
    assertEquals(result, 0);
    assertEquals([...contents(folderIn(whole)).keys()], FILES);
    assertMatch(out, /^epoch 1\/2 {2}lr [\d.]+ {2}loss /m);
    assertMatch(out, /^Test accuracy .* after epoch 2; best by nearest center .* in epoch [12]$/m);
    assert(out.includes(`everything is in ${folderIn(whole)}`), out);
  });
  const wanted = numbersIn(folderIn(whole));

  await t.step("writes config.json with plan, tiles, adapter and commit", async () => {
    const { commit, images, ...config } = await configOf(whole);
    const { plan } = parseOptions(["cent-digits-2", ...SIZES])!;
    const { description: adapter, backend, software } = gpu().adapter;
    const { tiles } = gpu(), deno = Deno.version.deno;
    const all = { plan, drawn: false, tiles, adapter, backend, software, deno };
    assertEquals(config, JSON.parse(JSON.stringify(all)));
    assertMatch(commit, /^([0-9a-f]{40}|unknown)$/);
    assertMatch(images, /^[0-9a-f]{64}$/);
  });

  await t.step("writes tables with a line for each epoch, step, class and split", async () => {
    for (const [name, shape] of Object.entries(SHAPES)) {
      const [header, ...lines] = await linesOf(folderIn(whole), name);
      assertEquals([lines.length, ...new Set(lines.map((it) => it.length))], shape, name);
      assertEquals(header.length, shape[1], name);
    }
    const counts = (await linesOf(folderIn(whole), "confusion.csv")).slice(1)
      .flatMap(([, ...fields]) => fields.map(Number));
    assertEquals(counts.reduce((a, b) => a + b), TEST);
    // Over the classes, weighted by their samples, accuracy is that of the whole split; the gap is between the two.
    const metrics = await columnsOf(folderIn(whole), "metrics.csv");
    const metric = (name: string) => metrics(name)[1];
    const own = (await linesOf(folderIn(whole), "class_accuracy.csv"))
      .filter(([epoch, split]) => epoch === "2" && split === "test");
    for (const [k, name] of ["accuracy_by_logit", "accuracy_by_nearest_center"].entries()) {
      const hits = own.reduce((sum, f) => sum + Number(f[3]) * Number(f[4 + k]), 0);
      assertAlmostEquals(hits / TEST, metric(`test_${name}`), 1e-9);
    }
    const by = "accuracy_by_nearest_center";
    assertAlmostEquals(metric("accuracy_gap"), metric(`train_${by}`) - metric(`test_${by}`), 1e-12);
    const { recipe: { optimizer: { lr } }, lastEpochFactor } = (await configOf(whole)).plan;
    assertEquals(metrics("lr"), [lr, lr * lastEpochFactor]);
  });

  await t.step("draws one frame an epoch into each GIF, and keeps all features", () => {
    for (const name of ["train.gif", "val.gif"]) assertEquals(framesOf(wanted.get(name)!), 2);
    const rows = decodeNpy(wanted.get("features/epoch-002.npy")!, "features");
    assertEquals(rows.length, 2 * (TRAIN + TEST));
    // Two batches of 8: two training samples are left out.
    assertEquals(rows.subarray(0, 2 * TRAIN).filter(Number.isNaN).length, 2 * 2);
    assertEquals(rows.subarray(2 * TRAIN).some(Number.isNaN), false);
  });

  await t.step("writes equal files for an equal run in another folder", async () => {
    await start(join(root, "other"), SIZES);
    assertSameNumbers(folderIn(join(root, "other")), wanted);
  });

  await t.step("stops when asked, says how to resume, and leaves the finished epochs", async () => {
    const out = join(root, "asked"), folder = folderIn(out);
    const { result, out: said } = await start(out, SIZES, onceThere(join(folder, "metrics.csv")));
    assertEquals(result, 130);
    assert(
      said.includes(
        `Stopped in epoch 2. Finished epochs are in ${folder}; continue after epoch 1 with\n` +
          `  deno task exp cent-digits-2 --preset smoke --seed 1 --resume --train-size 18 --test-size 10 --name t --out ${out}`,
      ),
      said,
    );
    assertEquals(framesOf(await Deno.readFile(join(folder, "train.gif"))), 1);
  });

  await t.step("--resume ends in the files of a run that was never stopped", async () => {
    const out = await copyOf(stopped);
    const { result, out: said } = await start(out, RESUME);
    assertEquals(result, 0);
    assert(said.includes(`Resuming ${folderIn(out)} after epoch 1 of 2`), said);
    assertSameNumbers(folderIn(out), wanted);
  });

  await t.step("--resume drops what a kill wrote after the checkpoint", async () => {
    const out = await copyOf(whole), last = join(folderIn(out), "last.safetensors");
    // Killed with everything of epoch 2 written, but the checkpoint half.
    const checkpoint = await Deno.readFile(join(folderIn(stopped), "last.safetensors"));
    await put(last, checkpoint);
    await put(`${last}.part`, checkpoint.subarray(0, 100));
    assertEquals((await start(out, RESUME)).result, 0);
    assertSameNumbers(folderIn(out), wanted);
  });

  await t.step("--resume of a finished run changes nothing", async () => {
    const out = await copyOf(whole);
    assertEquals((await start(out, RESUME)).result, 0);
    assertSameNumbers(folderIn(out), wanted);
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
      await changeConfig(out, { adapter, backend: through, tiles });
      await withOwnTiles(async () => {
        const { out: said } = await start(out, RESUME);
        assertEquals(gpu().tiles, used);
        const warned = `This run began on ${adapterName({ adapter, backend: through })}; on `;
        assertEquals(said.includes(warned), used === own, `${said}\n${warned}`);
      });
    }
  });

  await t.step("keeps the choice of an adapter, which a resume makes again", async () => {
    const out = join(root, "choice");
    await start(out, [...SIZES, "--epochs", "1", "--adapter", "low-power"]);
    assertEquals((await configOf(out)).adapterChoice, "low-power");
    const choice = (...more: string[]) =>
      choiceOf(parseOptions(["cent-digits-2", ...RESUME, "--out", out, ...more])!);
    assertEquals(await choice(), "low-power");
    assertEquals(await choice("--adapter", "software"), "software");
    assertEquals(await choice("--seed", "2"), undefined);
  });

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
    await put(tilesFile, JSON.stringify(other));
    await withOwnTiles(() => start(tiled, [...SIZES, "--tiles", tilesFile]));
    assertEquals((await configOf(tiled)).tiles, other);
    const metrics = (out: string) => textOf(folderIn(out), "metrics.csv");
    assertNotEquals(await metrics(tiled), await metrics(whole));
    const again = join(root, "again"), path = join(folderIn(tiled), "config.json");
    await withOwnTiles(() => start(again, [...SIZES, "--tiles", path]));
    assertSameNumbers(folderIn(again), numbersIn(folderIn(tiled)));
  });

  await t.step("--resume ends in the same bits whatever the device's tiles are then", async () => {
    const out = join(root, "tiled-stopped");
    const stop = onceThere(join(folderIn(out), "metrics.csv"));
    const flags = ["--tiles", tilesFile];
    const { result } = await withOwnTiles(() => start(out, [...SIZES, ...flags], stop));
    assertEquals([result, gpu().tiles], [130, own]);
    await withOwnTiles(() => start(out, [...RESUME, ...flags]));
    assertSameNumbers(folderIn(out), numbersIn(folderIn(tiled)));
  });

  await t.step("takes what the cache beside the runs holds for this adapter", async () => {
    const out = join(root, "cached"), path = join(out, "tiles.json");
    const [[key, tile]] = Object.entries(other.tuned!);
    const { kernel, shape } = useOf(key)!;
    const tuned = { kernel, shape, tile, ms: 1, defaultMs: 2, dropped: [] };
    await storeTiles(path, gpu().adapter, [tuned]);
    await storeTiles(path, { ...gpu().adapter, description: "another" }, [tuned]);
    const tilesWith = async (...flags: string[]) => {
      await withOwnTiles(() => start(out, [...OVERWRITE, ...flags], { requested: true }));
      return (await configOf(out)).tiles;
    };
    const before = await Deno.readTextFile(path);
    assertEquals(await tilesWith(), { ...own, tuned: { [key]: tile } });
    assertEquals(await tilesWith("--no-tune"), own);
    assertEquals(await tilesWith("--tiles", tilesFile), other);
    assertEquals(await Deno.readTextFile(path), before);
    await put(path, "{");
    await refuse(out, OVERWRITE, RunError, `${path} is no cache of tiles: `);
  });

  await t.step(
    "has a folder for each change of the row, which --resume finds by the same flags",
    async () => {
      const out = join(root, "own"), own = ["--preset", "smoke", "--train-size", "18"];
      const folder = plainFolder(out, "cent-digits-2+weight-center=0.1+train-size=18");
      const lambda = ["--lambda", "0.1", "--no-tune", "--measures", "--regions", "--no-events"];
      const stop = onceThere(join(folder, "metrics.csv"));
      const { result, out: said } = await start(out, [...own, ...lambda], stop);
      assertEquals(result, 130);
      const command =
        `deno task exp cent-digits-2 --preset smoke --seed 1 --resume --weight-center 0.1 --train-size 18 --no-events --measures --regions --out ${out}`;
      assert(said.includes(command), said);
      const own02 = join("+weight-center=0.2+train-size=18", "smoke", "seed-1");
      const none = `${own02}: start it without --resume`;
      const other = [...own, "--lambda", "0.2", "--resume"];
      await refuse(out, other, RunError, none);
      const flags = ["--weight-center=0.1", "--train-size", "18", "--preset", "smoke", "--resume"];
      assertEquals((await start(out, flags)).result, 0);
      // The row itself has room beside it.
      assertEquals((await start(out, [...own, "--no-tune"])).result, 0);
      assertEquals([...Deno.readDirSync(out)].map(({ name }) => name).sort(), [
        "cent-digits-2+train-size=18",
        "cent-digits-2+weight-center=0.1+train-size=18",
      ]);
      const message = "holds a run with other options (--weight-center is 0.1 there, 0.2 here): " +
        "choose another --name or --out, or start again with --overwrite";
      await Deno.rename(join(folder, "../.."), join(out, "cent-digits-2+mine"));
      await refuse(out, [...other.slice(0, -1), "--name", "mine"], RunError, message);
    },
  );

  await t.step("refuses a folder in use, options of another run, and other tiles", async () => {
    const refusals: [string[], typeof RunError | typeof UsageError, string][] = [
      [
        SIZES,
        RunError,
        `${folderIn(stopped)} holds a run already: continue it with --resume or start ` +
        "again with --overwrite",
      ],
      [
        [...RESUME, "--lr", "1", "--epochs", "3"],
        UsageError,
        "--resume continues a run with its own options, and --lr is 0.03 there, not 1: leave it out",
      ],
      [[...RESUME, "--seed", "2"], RunError, "There is no run to resume in "],
      [
        [...RESUME, "--tiles", tilesFile],
        UsageError,
        `--resume continues a run with its own tiles, and those of ${tilesFile} are others: leave out --tiles`,
      ],
    ];
    for (const [flags, type, message] of refusals) await refuse(stopped, flags, type, message);
  });

  // Tiles that the adapter cannot run.
  const lanes = gpu().adapter.subgroupSize === 16 ? 32 : 16;
  const misfit = { ...own, matmul: { ...own.matmul, lanes, share: "subgroup" } };

  await t.step("--tiles refuses files without tiles, and tiles that do not fit", async () => {
    const path = join(root, "refused.json"), flags = [...OVERWRITE, "--tiles", path];
    await refuse(stopped, flags, UsageError, `--tiles ${path} cannot be read: `);
    for (
      const [tiles, message] of [
        [{ ...own, matmul: { rows: 1 } }, " holds no tiles: matmul lacks cols"],
        [misfit, ": the tile of matmul does not run here"],
      ] as const
    ) {
      await put(path, JSON.stringify(tiles));
      await refuse(stopped, flags, UsageError, `--tiles ${path}${message}`);
    }
  });

  await t.step("--resume refuses tiles that are broken, or do not run here any more", async () => {
    const out = await copyOf(stopped), path = join(folderIn(out), "config.json");
    await changeConfig(out, { tiles: { ...own, matmul: { ...own.matmul, rows: 0 } } });
    const broken = `${path} has tiles that cannot be used (matmul.rows is 0; it must be a whole`;
    await refuse(out, RESUME, RunError, broken);
    await changeConfig(out, { tiles: misfit });
    const state = `${folderIn(out)} cannot be resumed: the tile of matmul does not run here: `;
    await refuse(out, RESUME, RunError, state);
  });

  await t.step("--overwrite starts again, and deletes nothing that is no run", async () => {
    const out = await copyOf(stopped);
    await put(join(folderIn(out), "frames", "old.png"), "");
    assertEquals((await start(out, OVERWRITE)).result, 0);
    assertSameNumbers(folderIn(out), wanted);
    const foreign = join(root, "foreign");
    await put(join(folderIn(foreign), "thesis.txt"), "all my work");
    // Another program's lock stays as well.
    await put(join(folderIn(foreign), ".lock"), "");
    await refuse(foreign, OVERWRITE, RunError, "holds files of something else than a run");
  });

  await t.step("--overwrite deletes nothing before the new run can start", async () => {
    const out = join(root, "half"), data = join(root, "half-data");
    await startRow("cent-mnist-2", out, [...SIZES, "--data-dir", noData(root)], {
      requested: true,
    });
    // One file of four: with none, a smoke run would draw what it trains on.
    await put(join(data, "mnist", "t10k-labels-idx1-ubyte"), new Uint8Array(1));
    const advice = "Download it with `deno task data mnist`, or put the four official files there";
    const flags = ["--preset", "smoke", "--overwrite", "--data-dir", data];
    await refuse(out, flags, RunError, advice, "cent-mnist-2");
  });

  await t.step("draws digits where a data set is not there, and goes on with none", async () => {
    const id = "xent-mnist-2", drawn = join(root, "drawn"), real = join(root, "real");
    const none = noData(root), some = join(root, "some");
    await smallMnist(some, TRAIN, TEST);
    const stop = onceThere(join(rowFolder(drawn, id), "features", "epoch-001.npy"));
    const { out: said } = await startRow(id, drawn, [...SIZES, "--data-dir", none], stop);
    assert(said.includes("mnist is not there: drawn digits of its shape stand in for it"), said);
    assertEquals(JSON.parse(await textOf(rowFolder(drawn, id), "config.json")).drawn, true);
    await startRow(id, real, [...SIZES, "--data-dir", some], { requested: true });
    for (
      const [out, data, message] of [
        [drawn, some, "began on drawn digits, not on mnist, which is there: take it away"],
        [real, none, "began on mnist, which is not there now: put it back (--data-dir)"],
      ]
    ) {
      const all = `${message}, or start again with --overwrite`;
      await refuse(out, [...RESUME, "--data-dir", data], RunError, all, id);
    }
    assertEquals((await startRow(id, drawn, [...RESUME, "--data-dir", none])).result, 0);
  });

  await t.step("begins in a folder where a kill left the beginning of a file alone", async () => {
    const out = join(root, "begun");
    await put(join(folderIn(out), "config.json.part"), "{");
    assertEquals((await start(out, SIZES, { requested: true })).result, 130);
    assertEquals([...contents(folderIn(out)).keys()], ["config.json", EVENTS, "last.safetensors"]);
    assertEquals((await start(out, RESUME)).result, 0); // from the very start
    assertSameNumbers(folderIn(out), wanted);
  });

  await t.step("says what is the matter when nothing can be written", async () => {
    const out = join(root, "file");
    await put(out, "");
    const message = `${out} is a file: name a folder with --out`;
    await assertRejects(() => start(out, SIZES), UsageError, message);
  });

  await t.step("draws maps and thumbnails above two dimensions, curves alone in one", async () => {
    const figures = async (dim: number) => {
      const out = join(root, `${dim}-d`);
      await start(out, [...SIZES, "--feat-dim", `${dim}`, "--epochs", "1"]);
      const rows = decodeNpy(contents(folderIn(out)).get("features/epoch-001.npy")!, "features");
      assertEquals(rows.length, dim * (TRAIN + TEST));
      return [...contents(folderIn(out)).keys()].filter((f) =>
        /^([\w-]+|frames.*)\.(png|gif)$/.test(f)
      );
    };
    const flat = FILES.filter((f) => /^(\w+|frames.*001)\.(png|gif)$/.test(f));
    assertEquals(await figures(3), [...flat, "thumbnails-train.png", "thumbnails.png"].sort());
    assertEquals(await figures(1), ["curves.png"]);
  });
});
