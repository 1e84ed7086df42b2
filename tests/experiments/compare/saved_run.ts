/** Run folders as a run leaves them, as far as lists and comparisons read them. */
import { dirname, join } from "node:path";
import { parseOptions } from "../parse_options.ts";
import { pathOf } from "../../../experiments/run_folder/path.ts";
import { defaultTiles } from "../../../src/gpu/tiles/tiles.ts";

/** What is in a folder beside its plan. */
export interface Saved {
  /** Test accuracy by nearest center, epoch by epoch, NaN where it was not tested; by logit 0.1 less. */
  accuracies?: readonly number[];
  finished?: boolean;
  /** Why it failed, where it did. */
  reason?: string;
  /** How many epochs it had before it went on. */
  grown?: readonly number[];
  /** How many images it takes of one's own: to train, to test. */
  counts?: readonly [number, number];
  adapter?: string;
}

/** Writes a run of a command line, such as `cent-digits-2 --lambda 0.1`; its folder. */
export async function saveRun(out: string, line: string, saved: Saved = {}): Promise<string> {
  const { accuracies = [0.5, 0.75], reason, grown, counts, adapter = "an adapter" } = saved;
  const { finished = reason === undefined } = saved;
  const { plan } = parseOptions([...line.split(" "), "--out", out])!,
    folder = pathOf({ out, plan });
  const by = {
    logit: (a: number) => Number((a - 0.1).toFixed(6)),
    "nearest-center": (a: number) => a,
  };
  const field = (a: number) => Number.isNaN(a) ? "" : a;
  const lines = accuracies.map((a, i) =>
    `${i + 1},${2 / (i + 1)},${field(by.logit(a))},${field(a)},0.5`
  );
  const own = accuracies.map(by[plan.scoring]), best = Math.max(...own.filter(Number.isFinite));
  const files: Record<string, string> = {
    "config.json": JSON.stringify({
      plan: grown ? { ...plan, epochs: accuracies.length } : plan,
      ...(grown && { grown }),
      ...(counts && { counts: { train: counts[0], test: counts[1] } }),
      tiles: defaultTiles({ software: true, subgroupSize: 8 } as never),
      adapter,
    }),
    "metrics.csv":
      "epoch,train_loss,test_accuracy_by_logit,test_accuracy_by_nearest_center,train_accuracy_by_nearest_center\n" +
      lines.map((it) => `${it}\n`).join(""),
    "timing.csv": `epoch,seconds\n${accuracies.map((_, i) => `${i + 1},10\n`).join("")}`,
    "center_distances.csv": "epoch,class_a,class_b,euclidean_distance\n" +
      accuracies.map((_, i) => `${i + 1},0,1,${4 * (i + 1)}\n`).join(""),
    "distances.csv": "epoch,split,class,samples,mean_squared_distance\n" +
      accuracies.map((_, i) => `${i + 1},train,0,5,4\n`).join(""),
  };
  if (reason !== undefined) {
    files["failed.json"] = JSON.stringify({ epoch: accuracies.length + 1, reason });
  }
  if (finished) {
    files["summary.json"] = JSON.stringify({
      epochs: accuracies.length,
      last: own.at(-1),
      best: { epoch: own.indexOf(best) + 1, accuracy: best },
    });
  }
  for (const [name, text] of Object.entries(files)) {
    const path = join(folder, name);
    await Deno.mkdir(dirname(path), { recursive: true });
    await Deno.writeTextFile(path, text);
  }
  return folder;
}
