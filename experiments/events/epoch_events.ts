/** What TensorBoard shows of an epoch, from the tables, features and maps in the run folder. */
import { readIfThere } from "../../src/base/files.ts";
import type { Sets } from "../../src/dataset/image_set.ts";
import type { Plan } from "../plan/plan.ts";
import { readFeatures } from "../run_folder/features.ts";
import { meanBetween, meanWithin } from "../run_folder/opened/distances.ts";
import type { RunFolder } from "../run_folder/run_folder.ts";
import type { Event, Picture, Value } from "./event.ts";
import { histogramOf } from "./histogram.ts";

/** A tag of the event that ends an epoch. */
export const EPOCH_TAG = "epoch/lr";

/** Pictures of no more epochs than this: those of a hundred would be most of the file. */
const MOST_PICTURES = 20;

/**
 * The events of an epoch: one a step under `step/`, then one of the epoch under `train/`, `test/`, `distances/`, `epoch/`,
 * `maps/` and `norms/`, whose step is the epoch.
 *
 * @param time When the epoch ended, in seconds since 1970.
 */
export async function epochEvents(
  folder: RunFolder,
  plan: Plan,
  sets: Sets,
  epoch: number,
  time: number,
): Promise<Event[]> {
  const { metrics, steps, timing } = folder.tables;
  const [{ seconds, training_images_per_second: rate }] = timing.linesOf(epoch);
  const lines = steps.linesOf(epoch);
  const ofSteps = lines.map((line, i): Event => ({
    time: time - Number(seconds) * (1 - (i + 1) / lines.length),
    step: (epoch - 1) * lines.length + Number(line.step),
    values: scalars(line, (name) => `step/${name}`, ["epoch", "step"]),
  }));
  const [line] = metrics.linesOf(epoch);
  const values = [
    ...scalars(line, tagOf, ["epoch"]),
    ...scalars({ images_per_second: rate }, (name) => `epoch/${name}`),
    ...distances(folder, epoch),
    ...await norms(folder, plan, sets, epoch),
    ...await maps(folder, plan, epoch, line),
  ];
  return [...ofSteps, { time, step: epoch, values }];
}

/** `train_loss` is `train/loss`; what is of neither set is of the epoch. */
function tagOf(column: string): string {
  return /^(train|test)_/.test(column) ? column.replace("_", "/") : `epoch/${column}`;
}

/** The numbers of a line; what is empty has no value. */
function scalars(
  line: Record<string, string>,
  tag: (column: string) => string,
  without: readonly string[] = [],
): Value[] {
  return Object.entries(line)
    .filter(([name, field]) => field !== "" && !without.includes(name))
    .map(([name, field]) => ({ tag: tag(name), scalar: Number(field) }));
}

/** Root mean square distance to the own center, of both sets, and the mean distance between centers. */
function distances({ tables }: RunFolder, epoch: number): Value[] {
  const lines = tables.distances.linesOf(epoch);
  const values = (["train", "test"] as const).map((split) => ({
    tag: `distances/within_${split}`,
    scalar: meanWithin(lines.filter((line) => line.split === split)),
  }));
  const between = meanBetween(tables.centerDistances.linesOf(epoch));
  return [...values, { tag: "distances/between", scalar: between }].filter(({ scalar }) =>
    !Number.isNaN(scalar)
  );
}

/** How long the features that the epoch keeps are. */
async function norms(folder: RunFolder, plan: Plan, sets: Sets, epoch: number): Promise<Value[]> {
  const dim = plan.recipe.featureDim;
  const features = await readFeatures(folder, epoch, dim, sets);
  return (["train", "test"] as const).flatMap((split) => {
    const rows = features?.[split] ?? new Float32Array(0);
    const histogram = histogramOf(
      Array.from(
        { length: rows.length / dim },
        (_, i) => Math.hypot(...rows.subarray(i * dim, (i + 1) * dim)),
      ),
    );
    return histogram ? [{ tag: `norms/${split}`, histogram }] : [];
  });
}

/** The maps, where the folder has those of this epoch; of an epoch that was not tested, the test map there is an older one. */
async function maps(
  folder: RunFolder,
  { epochs }: Plan,
  epoch: number,
  { test_accuracy_by_nearest_center: tested }: Record<string, string>,
): Promise<Value[]> {
  const every = Math.ceil(epochs / MOST_PICTURES);
  if (epoch % every !== 0 && epoch !== epochs) return [];
  // The last epoch's map alone is there before the run ends.
  if (epoch !== folder.metrics.column("epoch").at(-1)) return [];
  const values: Value[] = [];
  for (const name of tested === "" ? ["train"] : ["train", "val"]) {
    const png = await readIfThere(folder.file(`${name}.png`));
    if (png) values.push({ tag: `maps/${name}`, picture: pictureOf(png) });
  }
  return values;
}

/** A PNG with the size that its header claims. */
function pictureOf(png: Uint8Array<ArrayBuffer>): Picture {
  const view = new DataView(png.buffer, png.byteOffset);
  return { width: view.getUint32(16), height: view.getUint32(20), png };
}
