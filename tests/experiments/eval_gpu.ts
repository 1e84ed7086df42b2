/** `deno task eval`: a run's checkpoints, by each method. */
import { assert, assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import { join } from "node:path";
import { main } from "../../experiments/eval.ts";
import { exitCode } from "../../src/base/cli.ts";
import { RunError, UsageError } from "../../src/base/errors.ts";
import { gpu } from "../../src/gpu/device.ts";
import { idxImages, idxLabels } from "../data/idx_bytes.ts";
import { pictureFolder } from "../data/picture_folder.ts";
import { put } from "../data/pictures.ts";
import { granted } from "../permissions.ts";
import { printed } from "../printed.ts";
import { noData, rowFolder, startRow } from "./run_folders.ts";
import { shared } from "./shared_device.ts";

const SIZES = ["--preset", "smoke", "--no-tune"];
const TRAIN = 40, TEST = 20;

const evaluate = (...args: string[]) => main(args, () => Promise.resolve(shared()));

Deno.test("main() of eval", async (t) => {
  if (!await granted("read", "write")) return;
  const root = await Deno.makeTempDir();
  const none = noData(root);
  /** Trains a row on drawn digits; its folder. */
  const train = async (id: string) => {
    await startRow(id, root, [...SIZES, "--data-dir", none]);
    return rowFolder(root, id);
  };
  const center = await train("kz-center");
  const json = async (...args: string[]) => {
    const { result, out } = await printed(() => evaluate(...args, "--data-dir", none, "--json"));
    assertEquals([result, out.split("\n").length], [0, 2]);
    return JSON.parse(out);
  };
  /** What the run itself said of an epoch, or of its best one. */
  const measured = async (folder: string, column: string, epoch?: number) => {
    const [header, ...lines] = (await Deno.readTextFile(join(folder, "metrics.csv"))).trimEnd()
      .split("\n").map((line) => line.split(","));
    const { best } = JSON.parse(await Deno.readTextFile(join(folder, "summary.json")));
    return Number(lines[(epoch ?? best.epoch) - 1][header.indexOf(column)]);
  };

  await t.step(
    "agrees with the run by softmax and by nearest center, for best and last",
    async () => {
      for (
        const [method, column] of [
          ["softmax", "test_accuracy_by_logit"],
          ["nearest-center", "test_accuracy_by_nearest_center"],
        ]
      ) {
        for (const [checkpoint, epoch] of [["best", undefined], ["last", 2]] as const) {
          const found = await json(center, "--method", method, "--checkpoint", checkpoint);
          const share = await measured(center, column, epoch);
          assertAlmostEquals(found.accuracy, share, 1e-9);
          assertEquals(found, {
            checkpoint: join(center, `${checkpoint}.safetensors`),
            method,
            images: TEST,
            hits: Math.round(share * TEST),
            accuracy: found.accuracy,
          });
        }
      }
    },
  );

  await t.step("takes a file as well as a folder, and says it in a sentence", async () => {
    const file = join(center, "last.safetensors");
    const share = await measured(center, "test_accuracy_by_logit", 2);
    const flags = ["--method", "softmax", "--data-dir", none];
    const { result, out } = await printed(() => evaluate(file, ...flags));
    const percent = `${(100 * share).toFixed(2)} %`;
    assertEquals(result, 0);
    const hits = `${percent} by softmax: ${Math.round(share * TEST)} of ${TEST} test images`;
    assert(out.endsWith(`${hits} of mnist, ${file}\n`), out);
  });

  await t.step(
    "votes by the nearest training samples, as many as there are",
    async () => {
      const found = await json(center, "--method", "knn", "--k", String(TRAIN));
      assertEquals([found.method, found.k, found.images], ["knn", TRAIN, TEST]);
      for (const k of ["1", "3"]) {
        const { accuracy, hits } = await json(center, "--method", "knn", "--k", k);
        assertAlmostEquals(accuracy, hits / TEST, 1e-9);
      }
      const { result, err } = await printed(() =>
        exitCode((args) => evaluate(...args), [
          center,
          "--method",
          "knn",
          "--k",
          "41",
          "--data-dir",
          none,
        ])
      );
      assertEquals([result, err], [2, "--k is 41, more than the 40 training images\n"]);
      const { out } = await printed(() => evaluate(center, "--method", "knn", "--data-dir", none));
      assert(out.includes(" by 5 nearest neighbours: "), out);
    },
  );

  await t.step("knows the network of each row, and centers that two classes share", async () => {
    for (const id of ["wen-mnist", "mx-10-30", "density-tied", "center-repulsion-mnist-2"]) {
      const folder = await train(id);
      const { accuracy } = await json(folder, "--method", "nearest-center");
      const share = await measured(folder, "test_accuracy_by_nearest_center");
      assertAlmostEquals(accuracy, share, 1e-9, id);
    }
  });

  await t.step("refuses what a run does not have", async () => {
    const refuse = (folder: string, method: string, message: string) =>
      assertRejects(
        () => printed(() => evaluate(folder, "--method", method, "--data-dir", none)),
        RunError,
        message,
      );
    const softmax = await train("kz-softmax"), standalone = await train("standalone-mnist-2");
    const best = (folder: string) => join(folder, "best.safetensors");
    await refuse(
      softmax,
      "nearest-center",
      `${best(softmax)} has no centers: kz-softmax learns none; use --method softmax or knn`,
    );
    await refuse(
      standalone,
      "softmax",
      `${
        best(standalone)
      } has no trained logits: the loss of standalone-mnist-2 does not reach them; use --method`,
    );
    const { accuracy } = await json(standalone, "--method", "nearest-center");
    assertAlmostEquals(
      accuracy,
      await measured(standalone, "test_accuracy_by_nearest_center"),
      1e-9,
    );
    await Deno.remove(best(softmax));
    await refuse(
      softmax,
      "knn",
      `${best(softmax)} is not there: no epoch is finished`,
    );
    await Deno.writeTextFile(best(softmax), "");
    await refuse(softmax, "knn", `${best(softmax)} is no usable safetensors file`);
    // A file of another network.
    await Deno.copyFile(best(standalone), best(softmax));
    await refuse(
      softmax,
      "knn",
      `${
        best(softmax)
      } belongs to standalone-mnist-2, preset smoke, seed 1, not to kz-softmax, preset`,
    );
  });

  await t.step("refuses other images than those of the run", async () => {
    const data = join(root, "data");
    for (const [split, count] of [["train", TRAIN], ["t10k", TEST]] as const) {
      const file = (kind: string) => join(data, "mnist", `${split}-${kind}-ubyte`);
      await put(file("images-idx3"), idxImages(count, 28, 28));
      await put(file("labels-idx1"), idxLabels(...Array.from({ length: count }, (_, i) => i % 10)));
    }
    const path = join(center, "best.safetensors");
    await assertRejects(
      () => evaluate(center, "--method", "softmax", "--data-dir", data),
      RunError,
      `${path} was trained on drawn digits, and mnist is there now: name a folder without it with --data-dir`,
    );
    const real = join(root, "real"), folder = rowFolder(real, "kz-softmax");
    await startRow("kz-softmax", real, [...SIZES, "--data-dir", data]);
    const { accuracy } = JSON.parse(
      (await printed(() => evaluate(folder, "--method", "softmax", "--data-dir", data, "--json")))
        .out,
    );
    assertAlmostEquals(accuracy, await measured(folder, "test_accuracy_by_logit"), 1e-9);
    await assertRejects(
      () => evaluate(folder, "--method", "softmax", "--data-dir", none),
      RunError,
      "was trained on mnist, which is not there: name its folder with --data-dir",
    );
  });

  await t.step("finds one's own images again", async () => {
    const source = await pictureFolder(join(root, "shapes"), { bar: 12, disc: 12, cross: 12 });
    await startRow("kz-center", root, [...SIZES, "--data", source]);
    const folder = rowFolder(root, "kz-center@shapes");
    const { out } = await printed(() => evaluate(folder, "--method", "softmax", "--json"));
    const { images, accuracy } = JSON.parse(out);
    assertEquals(images, 6);
    assertAlmostEquals(accuracy, await measured(folder, "test_accuracy_by_logit"), 1e-9);
    await Deno.remove(join(root, "shapes"), { recursive: true });
    await assertRejects(
      () => evaluate(folder, "--method", "softmax"),
      RunError,
      "there is no such folder",
    );
    await assertRejects(() => evaluate(folder, "--method", "vote"), UsageError, "--method is");
  });

  gpu().pool.trim();
  await Deno.remove(root, { recursive: true });
});
