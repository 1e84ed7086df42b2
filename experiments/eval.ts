// deno-lint-ignore-file no-console
/** `deno task eval RUN [--method softmax|nearest-center|knn]`: classifies a run's test images by one of its checkpoints. */
import { dirname, join } from "node:path";
import { mainOf, runCli } from "../cli/run_cli.ts";
import { parseSource } from "../data/own/source.ts";
import { RunError, UsageError } from "../src/base/errors.ts";
import { isThere } from "../src/base/files.ts";
import { openGpu } from "../src/gpu/device.ts";
import { objectiveOf } from "../src/losses/objective.ts";
import { accuracy } from "../src/metrics/classification.ts";
import { knn } from "../src/metrics/knn.ts";
import { printable } from "../src/base/printable.ts";
import { measurable, measureLines } from "../src/train/evaluation/measure_lines.ts";
import { measure, type Measures } from "../src/train/evaluation/measures.ts";
import type { Stored } from "../src/base/safetensors.ts";
import { outputsOf } from "../src/train/evaluation/outputs.ts";
import { classCenters } from "./run_folder/opened/class_centers.ts";
import { findCheckpoint, loadNetwork, type RunCheckpoint } from "./run_folder/load_network.ts";
import { byCenter, byLogit } from "../src/train/evaluation/classify_outputs.ts";
import { loadImages, type RunImages } from "./plan/images.ts";
import { checkTied } from "./plan/fit.ts";
import { EVAL, type EvalTask, evalTask } from "./flags/eval.ts";
import { imagesChanged } from "./plan/images_digest.ts";
import { withMovedImages } from "./plan/moved_images.ts";
import { percent } from "../src/base/format.ts";
import { renamedIn } from "./rows/catalog.ts";
import { measuresCsv } from "./run_folder/run_summary.ts";
import { recipeAt } from "./runner/stages.ts";
import { type Open, sayAdapter } from "./runner/run_device.ts";

/** What is asked, with a method. */
type Decided = EvalTask & { method: NonNullable<EvalTask["method"]> };

/** Runs the command. */
export const main = mainOf(EVAL, async (given, open: Open = openGpu) => {
  const asked = evalTask(given);
  const checkpoint = await findCheckpoint(asked.run, asked.checkpoint);
  const { config: { drawn, dataDir }, path } = checkpoint;
  const plan = withMovedImages(
    checkpoint.config,
    { source: asked.data, test: asked["test-data"] },
    path,
  );
  const task = { ...asked, method: asked.method ?? OWN_RULE[plan.scoring] };
  const quiet = task.json || task.csv;
  if (!quiet) renamedIn([plan.id]).forEach((line) => console.log(line));
  if (!task.measures) refuse(task, checkpoint);
  if (plan.ownData && !await isThere(parseSource(plan.ownData.source).path)) {
    throw new RunError(
      `${path} was trained on ${plan.ownData.source}, which is not there: name where it is now with --data`,
    );
  }
  const sets = await loadImages(plan, task["data-dir"] ?? await ownFolder(path, dataDir));
  if (sets.drawn !== Boolean(drawn)) throw otherImages(path, plan.dataset, sets.drawn);
  if (await imagesChanged(checkpoint.config, sets)) {
    throw new RunError(
      `${path} was trained on other images than ${
        plan.ownData?.source ?? plan.dataset
      } has now, so test images may be among them: put those back`,
    );
  }
  if (task.method === "knn" && task.k > sets.train.count) {
    throw new UsageError(`--k is ${task.k}, more than the ${sets.train.count} training images`);
  }
  using gpu = await open({ adapter: task.adapter });
  if (!quiet) sayAdapter(gpu);
  if (task.measures) {
    const found = await measured(checkpoint, sets);
    const json = () => JSON.stringify({ checkpoint: path, ...measurable(found) });
    if (task.json) console.log(json());
    else if (task.csv) console.log(measuresCsv(found).trimEnd());
    else for (const line of measureLines(found)) console.log(line);
    return 0;
  }
  const { test } = sets;
  const predicted = await classified(task, checkpoint, sets);
  const share = accuracy(predicted, test.labels);
  const hits = Math.round(share * test.count);
  const by = task.method === "knn" ? `${task.k} nearest neighbours` : WORDS[task.method];
  console.log(
    task.json
      ? JSON.stringify({
        ...{ checkpoint: path, method: task.method, ...(task.method === "knn" && { k: task.k }) },
        ...{ images: test.count, hits, accuracy: share },
      })
      : `${percent(share)} by ${by}: ${hits.toLocaleString("en")} of ${
        test.count.toLocaleString("en")
      } test images of ${plan.dataset}, ${printable(path)}`,
  );
  return 0;
});

const OWN_RULE = { logit: "softmax", "nearest-center": "nearest-center" } as const;

/** The folder of data sets that the run was given, if it is still there. */
async function ownFolder(checkpoint: string, dataDir?: string): Promise<string | undefined> {
  if (dataDir === undefined) return undefined;
  const folder = join(dirname(checkpoint), dataDir);
  return await isThere(folder) ? folder : undefined;
}

const WORDS = { softmax: "softmax", "nearest-center": "nearest center" };

/** A run on the one kind of images says nothing of the other. */
function otherImages(path: string, dataset: string, drawn: boolean): RunError {
  return new RunError(
    drawn
      ? `${path} was trained on ${dataset}, which is not there: name its folder with --data-dir`
      : `${path} was trained on drawn digits, and ${dataset} is there now: name a folder without it with --data-dir`,
  );
}

/** What a run cannot be asked. */
function refuse({ method }: Decided, { config: { plan }, path }: RunCheckpoint): void {
  const { centers, readsLogits } = objectiveOf(plan.recipe.loss);
  if (method === "nearest-center" && centers === "none" && plan.scoring !== method) {
    throw new RunError(
      `${path} has no centers: ${plan.id} learns none; use --method softmax or knn`,
    );
  }
  if (method === "softmax" && !readsLogits) {
    throw new RunError(
      `${path} has no trained logits: the loss of ${plan.id} does not reach them; use --method nearest-center or knn`,
    );
  }
}

/** All measures of a checkpoint; of a run of two stages that of its loss at last. */
async function measured(checkpoint: RunCheckpoint, sets: RunImages): Promise<Measures> {
  const { config: { plan }, state } = checkpoint;
  const classes = sets.test.classNames.length;
  const { loss, normalization } = recipeAt(plan, Math.max(1, state.epoch));
  return await measure({
    network: loadNetwork(checkpoint, { ...sets.test, classes }),
    loss,
    normalization,
    centers: centersOf(checkpoint, classes),
  }, sets);
}

/** Predicted classes of the test images. */
async function classified(
  { method, k }: Decided,
  checkpoint: RunCheckpoint,
  { train, test }: RunImages,
): Promise<ArrayLike<number>> {
  const { config: { plan } } = checkpoint, { recipe } = plan;
  const network = loadNetwork(checkpoint, { ...test, classes: test.classNames.length });
  const run = (set: typeof test) => outputsOf(network, set, recipe.normalization);
  const outputs = await run(test);
  if (method === "knn") {
    const { features } = await run(train);
    return await knn({ features, labels: train.labels }, outputs.features, k);
  }
  if (method === "softmax") return await byLogit(outputs, test.classNames.length);
  const classes = test.classNames.length, learned = objectiveOf(recipe.loss).centers !== "none";
  checkTied(plan, plan.dataset, classes);
  const centers = learned ? centersOf(checkpoint, classes) : await classCenters(checkpoint);
  return await byCenter(outputs, centers!, recipe.loss);
}

/** @throws {RunError} When the checkpoint has none, or those of another plan. */
function centersOf({ config: { plan }, tensors, path }: RunCheckpoint, known: number): Stored {
  const { featureDim } = plan.recipe, centers = tensors.get("centers");
  if (!centers) throw new RunError(`${path} holds no centers: it is no checkpoint of a run`);
  const [classes, dim] = centers.shape;
  if (classes === known && dim === featureDim) return centers;
  throw new RunError(
    `${path} holds centers of shape [${
      centers.shape.join(", ")
    }], but config.json plans ${featureDim} features of ${known} classes`,
  );
}

if (import.meta.main) await runCli(main);
