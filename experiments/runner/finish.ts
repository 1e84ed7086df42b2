// deno-lint-ignore-file no-console
/** After the last epoch of a run: figures, predictions, exports, a summary; after a stop the figures alone. */
import { lineOf, RunError } from "../../src/base/errors.ts";
import { duration, percent } from "../../src/base/format.ts";
import { isThere } from "../../src/base/files.ts";
import { printable, quoted } from "../../src/base/printable.ts";
import type { Sets } from "../../src/dataset/image_set.ts";
import { objectiveOf } from "../../src/losses/objective.ts";
import type { Network } from "../../src/model/network.ts";
import { tensor } from "../../src/tensor/make_tensor.ts";
import { byCenter, byLogit } from "../../src/train/evaluation/classify_outputs.ts";
import { measureLines } from "../../src/train/evaluation/measure_lines.ts";
import { measure } from "../../src/train/evaluation/measures.ts";
import { changes } from "../plan/differences.ts";
import { type Plan, planOf } from "../plan/plan.ts";
import type { Options } from "../plan/request.ts";
import { ownFlags } from "../plan/variant.ts";
import { CATALOG } from "../rows/catalog.ts";
import { writeExports } from "../run_folder/export.ts";
import type { Ask } from "../run_folder/features_npz.ts";
import { epochsWithout } from "../run_folder/missing_files.ts";
import { REPORT_NAME } from "../run_folder/path.ts";
import { columnOf, MEASURES_NAME, measuresCsv } from "../run_folder/run_summary.ts";
import { writePredictions } from "./predictions.ts";
import type { CurrentRun } from "./prepare.ts";
import type { QueuePosition } from "./progress.ts";
import { recipeAt } from "./stages.ts";
import { readOf } from "../../src/tensor/read_of.ts";

/** Writes what is made from all epochs, the summary last, and says how the run ended. */
export async function finish(run: CurrentRun): Promise<void> {
  const { config: { plan }, options, sets, unlabelled, folder, pictures, trainer, state } = run;
  await pictures.all(plan.epochs);
  if (unlabelled) {
    await writePredictions(folder, trainer, plan, unlabelled, sets.train.classNames);
  }
  const measured = options.measures ? await writeMeasures(run) : [];
  await writeExports(folder, plan, sets, plan.epochs, asking(plan, trainer.network));
  await run.events?.finish();
  await writeReport(run);
  await folder.saveSummary({
    scoring: plan.scoring,
    epochs: plan.epochs,
    last: folder.metrics.column(columnOf(plan.scoring)).at(-1)!,
    best: state.best,
  });
  for (const line of measured) console.log(line);
  sayEnd(run);
}

/** Writes `report.html`. That of a run that was finished already stays where the features are gone, as its maps do. */
async function writeReport(run: CurrentRun): Promise<void> {
  const { sets, folder, resumedAfter, config: { plan } } = run;
  const kept = resumedAfter === plan.epochs && await isThere(folder.file(REPORT_NAME)) &&
    (await epochsWithout("features", folder.path, plan.epochs)).length > 0;
  const page = kept ? undefined : await pageOf(folder.path, sets);
  if (page !== undefined) await folder.write(REPORT_NAME, page);
}

/**
 * The page of a run; undefined, after a line, where it cannot be made: a run does not fail over its page.
 *
 * @param load Loads what draws it. Training needs none of that, and its files may have changed since the run began.
 */
export async function pageOf(
  path: string,
  sets: Sets,
  load: () => Promise<Pick<typeof import("../report_page/run_page.ts"), "runPage">> = () =>
    import("../report_page/run_page.ts"),
): Promise<string | undefined> {
  try {
    const { runPage } = await load();
    return await runPage(path, { sets });
  } catch (error) {
    if (error instanceof RunError) throw error;
    console.error(`${REPORT_NAME} is left out (${lineOf(error)}); deno task report tries it again`);
    return undefined;
  }
}

/** Writes `measures.csv`, and gives it as lines for a reader; a run does not fail over it. */
async function writeMeasures(
  { config: { plan }, sets, unknown, folder, trainer }: CurrentRun,
): Promise<string[]> {
  const { network, centers } = trainer, { loss, normalization } = recipeAt(plan, plan.epochs);
  const stored = { shape: centers.shape, data: await centers.read() };
  try {
    const trained = { network, loss, normalization, centers: stored };
    const measures = await measure(trained, { ...sets, unknown });
    await folder.write(MEASURES_NAME, measuresCsv(measures));
    return [`Measured after the last epoch (${MEASURES_NAME}):`, ...measureLines(measures)];
  } catch (error) {
    if (!(error instanceof RunError)) throw error;
    console.error(`${MEASURES_NAME} is left out: ${error.message}`);
    return [];
  }
}

/** The last layer of a network, and the row's rule, over features in memory. */
function asking({ recipe: { loss, featureDim: dim }, scoring }: Plan, network: Network): Ask {
  return async (features, centers) => {
    const logits = objectiveOf(loss).readsLogits
      ? await logitsOf(network, features, dim)
      : undefined;
    if (scoring === "nearest-center") {
      const stored = { shape: [centers.length / dim, dim], data: centers };
      return { logits, predictions: await byCenter({ features }, stored, loss) };
    }
    const classes = logits && logits.length / (features.length / dim);
    return { logits, predictions: logits && await byLogit({ logits }, classes!) };
  };
}

async function logitsOf(network: Network, features: Float32Array<ArrayBuffer>, dim: number) {
  const shape = [features.length / dim, dim];
  const logits = await readOf(() => network.logitsOf(tensor(features, { shape })));
  return logits as Float32Array<ArrayBuffer>;
}

/**
 * Draws the finished epochs of a run that the user stopped, and says how it goes on.
 *
 * @param position Where it is one of several, the queue says what continues them all.
 */
export async function finishEarly(
  { options, config: { plan }, folder, pictures, state: { epoch } }: CurrentRun,
  position: QueuePosition | undefined,
): Promise<void> {
  await pictures.all(epoch);
  const [where, next] = epoch === 0 ? ["No epoch was finished", "continue from the start"] : [
    `Finished epochs are in ${printable(folder.path)}`,
    `continue after epoch ${epoch}`,
  ];
  const command = position ? "" : `; ${next} with\n  ${resumeCommand(plan, options)}`;
  console.log(`\nStopped in epoch ${epoch + 1}. ${where}${command}`);
}

/** The flags that name the folder, as they were given, and what this machine needs. */
function resumeCommand(plan: Plan, options: Options): string {
  const flags = [`--preset ${plan.preset}`, `--seed ${plan.seed}`, "--resume"];
  if (plan.ownData) flags.push(`--data ${quoted(plan.ownData.source)}`);
  for (const [name, value] of ownFlags(options.plan)) flags.push(`--${name} ${quoted(value)}`);
  if (options.adapter) flags.push(`--adapter ${options.adapter}`);
  if (!options.events) flags.push("--no-events");
  if (options.contours !== undefined) flags.push(options.contours ? "--contours" : "--no-contours");
  for (const name of ["measures", "regions", "angles"] as const) {
    if (options[name]) flags.push(`--${name}`);
  }
  if (options.predict) flags.push(`--predict ${quoted(options.predict)}`);
  if (options.font) flags.push(`--font ${quoted(options.font)}`);
  if (options.submitMs !== undefined) flags.push(`--submit-ms ${options.submitMs}`);
  if (options.out !== "runs") flags.push(`--out ${quoted(options.out)}`);
  if (options.dataDir) flags.push(`--data-dir ${quoted(options.dataDir)}`);
  return `deno task exp ${plan.file ? quoted(plan.file.path) : plan.id} ${flags.join(" ")}`;
}

function sayEnd({ config: { plan }, folder, state, startedAt }: CurrentRun): void {
  const [byLogit, byCenter] = (["logit", "nearest-center"] as const).map((rule) =>
    folder.metrics.column(columnOf(rule)).at(-1) ?? NaN
  );
  const logit = Number.isNaN(byLogit) ? "" : `${percent(byLogit)} by logit, `;
  const { clamped, samples } = folder.clamped();
  if (samples > 0) {
    const often = clamped === 0 ? "None" : clamped.toLocaleString("en");
    console.log(
      `${often} of ${
        samples.toLocaleString("en")
      } exponents of training samples had to be clamped, where float32 would soon overflow`,
    );
  }
  const { best } = state, rule = plan.scoring.replace("-", " ");
  console.log(
    `Test accuracy ${logit}${percent(byCenter)} by nearest center after epoch ${state.epoch}; ` +
      `best by ${rule} ${percent(best.accuracy)} in epoch ${best.epoch}${published(plan)}`,
  );
  if (best.epoch !== state.epoch) {
    console.log(
      `predict and eval take epoch ${best.epoch}, the best; with --checkpoint last, epoch ${state.epoch}`,
    );
  }
  const took = duration((performance.now() - startedAt) / 1000);
  console.log(`${took}; everything is in ${printable(folder.path)}`);
}

/** What the source of a row reports, to compare with; and that a preset or flags made another training of it. */
function published(plan: Plan): string {
  const { source, ownData, id, preset, seed } = plan;
  if (source?.accuracy === undefined || ownData) return "";
  const row = CATALOG.get(id), asPublished = row && planOf({ ...row, seed }, "paper");
  const whole = preset !== "paper" ? " for the row as it stands (--preset paper)" : asPublished &&
      changes(asPublished, plan).some(({ name }) => name.includes(".") || SIZES.has(name))
    ? " for the row as it stands, without these flags"
    : "";
  return `, published ${percent(source.accuracy)}${whole}`;
}

/** Numbers of a plan itself that decide what comes out. */
const SIZES: ReadonlySet<string> = new Set([
  ...["epochs", "trainSize", "testSize", "imbalance", "labelNoise", "leaveOut", "from"],
]);
