// deno-lint-ignore-file no-console
/** One run: from a plan to a folder. */
import { join } from "node:path";
import { RunError, UsageError } from "../src/errors.ts";
import { type Gpu, openGpu } from "../src/gpu/device.ts";
import { ReduceLROnPlateau } from "../src/optim/schedule.ts";
import { type EpochResult, Trainer } from "../src/train.ts";
import { misfitAmong, readTilesFile } from "../src/tune/tiles_file.ts";
import { currentCommit } from "./commit.ts";
import { loadImages } from "./datasets.ts";
import { writeExports } from "./exports.ts";
import type { Options } from "./options.ts";
import { Pictures } from "./pictures.ts";
import type { Plan } from "./presets.ts";
import { duration, percent, ProgressLine } from "./progress.ts";
import { tilesOfNewRun } from "./run_tiles.ts";
import { clear, type Config, inUse, readConfig, RunFolder, type Standing } from "./run_folder.ts";

/** Opens the GPU and runs a plan until it is done or Ctrl-C is pressed: what `exp` and `demo` do. */
export async function runAlone(options: Options): Promise<number> {
  using gpu = await openGpu();
  using stop = new StopSignal();
  return await run(options, gpu, stop);
}

/**
 * Runs a plan, or the rest of it.
 *
 * @param stop Asked after every few steps whether the user wants to stop.
 * @returns The exit code: 0, or 130 when the user stopped it.
 * @throws {RunError} When the run cannot go on.
 */
export async function run(
  options: Options,
  gpu: Gpu,
  stop: { readonly requested: boolean } = { requested: false },
): Promise<number> {
  const asked = options.plan;
  const path = join(options.out, asked.id, asked.preset, `seed-${asked.seed}`);
  const previous = await claim(path, options);
  const plan = previous?.plan ?? asked;
  const { train, test } = await loadImages(plan, options.dataDir);
  if (gpu.adapter.software) {
    console.log(`Running on a software adapter: ${gpu.adapter.description}`);
  }
  if (previous?.adapter === gpu.adapter.description) {
    const why = misfitAmong(previous.tiles, gpu.adapter);
    if (why) throw new RunError(`${path} cannot be resumed: ${why}; start again with --overwrite`);
    gpu.tiles = previous.tiles;
  } else if (previous) {
    console.log(
      `This run began on ${previous.adapter}; on ${gpu.adapter.description} its last bits may differ`,
    );
  } else {
    const { height, width, channels, classNames } = train;
    const images = { height, width, channels, classes: classNames.length };
    const steps = plan.epochs * Math.floor(train.count / plan.recipe.batchSize);
    gpu.tiles = await tilesOfNewRun(options, gpu, images, steps, stop);
  }
  const config: Config = previous ?? {
    plan,
    tiles: gpu.tiles,
    adapter: gpu.adapter.description,
    software: gpu.adapter.software,
    commit: await currentCommit(),
    deno: Deno.version.deno,
  };
  const trainer = new Trainer({ ...plan.recipe, seed: plan.seed }, train, test);
  const schedule = new ReduceLROnPlateau({ lr: plan.recipe.optimizer.lr, ...plan.schedule });
  const folder = new RunFolder(path, plan);
  const pictures = new Pictures(plan, folder, train, test);
  let standing: Standing;
  if (previous) {
    standing = await folder.load(trainer, plan.id);
    schedule.load(standing.schedule);
    console.log(`Resuming ${path} after epoch ${standing.epoch} of ${plan.epochs}`);
  } else {
    if (options.overwrite) await clear(path);
    const best = { epoch: 0, accuracy: -1 };
    standing = { epoch: 0, lr: plan.recipe.optimizer.lr, schedule: schedule.state(), best };
    await folder.saveStart(standing, trainer, config);
  }
  const line = new ProgressLine(plan);
  line.resumeAt(standing.epoch + 1);
  const started = performance.now();
  while (standing.epoch < plan.epochs) {
    const epoch = standing.epoch + 1;
    const lr = epoch === plan.epochs ? standing.lr * plan.lastEpochFactor : standing.lr;
    trainer.optimizer.lr = lr;
    line.startEpoch();
    const start = performance.now();
    const result = await trainer.epoch(epoch, (done, steps, last) => {
      line.steps(epoch, done, steps, last);
      return !stop.requested;
    });
    if (!result) {
      await pictures.all(standing.epoch);
      const finished = standing.epoch === 0
        ? "No epoch was finished; start again"
        : `Finished epochs are in ${path}; continue after epoch ${standing.epoch}`;
      console.log(
        `\nStopped in epoch ${epoch}. ${finished} with\n  ${resumeCommand(plan, options)}`,
      );
      return 130;
    }
    const seconds = (performance.now() - start) / 1000;
    standing = nextStanding(standing, plan, schedule, result);
    await folder.saveEpoch(result, standing, trainer, config, seconds, lr);
    line.epoch(epoch, lr, result, seconds);
    await pictures.latest(epoch);
  }
  await pictures.all(plan.epochs);
  await writeExports(folder, plan, { train, test }, plan.epochs);
  summarize(plan, folder, standing, (performance.now() - started) / 1000);
  return 0;
}

/** Makes sure that the folder may be used, and changes nothing; the config of the run to resume, if one is to be. */
async function claim(path: string, options: Options): Promise<Config | undefined> {
  const { plan, resume, overwrite, changed, tiles } = options;
  if (resume) {
    if (changed.length > 0) {
      throw new UsageError(
        `--resume continues a run with its own options: leave out ${
          changed.map((c) => `--${c}`).join(", ")
        }`,
      );
    }
    const config = await readConfig(path);
    if (!config) {
      throw new RunError(`There is no run to resume in ${path}: start it without --resume`);
    }
    if (tiles !== undefined && !sameJson(await readTilesFile(tiles), config.tiles)) {
      throw new UsageError(
        `--resume continues a run with its own tiles, and those of ${tiles} are others: leave out --tiles`,
      );
    }
    const { id, preset, seed } = config.plan;
    if (id !== plan.id || preset !== plan.preset || seed !== plan.seed) {
      throw new RunError(
        `${path} holds a run of ${id}, preset ${preset}, seed ${seed}: it lies in the wrong place`,
      );
    }
    return config;
  }
  if (!await inUse(path)) return undefined;
  // A broken config is a run's all the same; without any, the files are somebody's own.
  if (!await readConfig(path).catch(() => true)) {
    throw new RunError(
      `${path} holds files of something else than a run, which stay as they are: choose another --out`,
    );
  }
  if (!overwrite) {
    throw new RunError(
      `${path} holds a run already: continue it with --resume or start again with --overwrite`,
    );
  }
}

/** Whether two values are the same in JSON, whatever the order of fields. */
function sameJson(a: unknown, b: unknown): boolean {
  const sorted = (_: string, value: unknown) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort())
      : value;
  return JSON.stringify(a, sorted) === JSON.stringify(b, sorted);
}

function nextStanding(
  before: Standing,
  plan: Plan,
  schedule: ReduceLROnPlateau,
  { test }: EpochResult,
): Standing {
  const epoch = before.epoch + 1;
  const accuracy = plan.scoring === "logit" ? test.accuracy : test.nearestAccuracy;
  const best = accuracy > before.best.accuracy ? { epoch, accuracy } : before.best;
  return { epoch, lr: schedule.next(accuracy), schedule: schedule.state(), best };
}

function resumeCommand(plan: Plan, options: Options): string {
  const flags = [`--preset ${plan.preset}`, `--seed ${plan.seed}`, "--resume"];
  if (options.out !== "runs") flags.push(`--out ${quoted(options.out)}`);
  if (options.dataDir) flags.push(`--data-dir ${quoted(options.dataDir)}`);
  return `deno task exp ${plan.id} ${flags.join(" ")}`;
}

/** A path as a shell takes it. */
function quoted(path: string): string {
  return /^[\w./:@%+=,-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}

function summarize(plan: Plan, folder: RunFolder, standing: Standing, seconds: number): void {
  const last = (name: string) => folder.metrics.column(`test_accuracy_by_${name}`).at(-1) ?? NaN;
  const byLogit = Number.isNaN(last("logit")) ? "" : `${percent(last("logit"))} by logit, `;
  const rule = plan.scoring === "logit" ? "logit" : "nearest center";
  const published = plan.source
    ? `, published ${percent(plan.source.accuracy)}${
      plan.preset === "paper" ? "" : " for the row as it stands (--preset paper)"
    }`
    : "";
  console.log(
    [
      `Test accuracy ${byLogit}` +
      `${percent(last("nearest_center"))} by nearest center after epoch ${standing.epoch}; ` +
      `best by ${rule} ${
        percent(standing.best.accuracy)
      } in epoch ${standing.best.epoch}${published}`,
      `${duration(seconds)}; everything is in ${folder.path}`,
    ].join("\n"),
  );
}

/** Ctrl-C: once to stop after this step, twice to stop at once. */
class StopSignal {
  requested = false;
  readonly #listener = () => {
    if (this.requested) Deno.exit(130);
    this.requested = true;
    console.log("\nFinishing the steps under way; Ctrl-C again stops at once");
  };

  constructor() {
    Deno.addSignalListener("SIGINT", this.#listener);
  }

  [Symbol.dispose](): void {
    Deno.removeSignalListener("SIGINT", this.#listener);
  }
}
