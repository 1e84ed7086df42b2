/** The weights of another run that a run starts from. */
import { UsageError } from "../../src/base/errors.ts";
import { readIfThere } from "../../src/base/files.ts";
import type { Stored } from "../../src/base/safetensors.ts";
import { sha256 } from "../../src/base/sha256.ts";
import { objectiveOf } from "../../src/losses/objective.ts";
import type { Entry } from "../../src/model/layer.ts";
import { loadStateDict } from "../../src/train/checkpoint.ts";
import type { Trainer } from "../../src/train/trainer.ts";
import { differences } from "../plan/flag_differences.ts";
import type { Plan } from "../plan/plan.ts";
import type { StartedFrom } from "../run_folder/config.ts";
import { classNamesOf } from "../run_folder/opened/class_names.ts";
import { findCheckpoint, type RunCheckpoint } from "../run_folder/load_network.ts";
import { refusal } from "../run_folder/refusal.ts";

/** How many classes a message names. */
const MOST_NAMED = 10;

/** What a run starts from. */
export interface StartWeights extends RunCheckpoint {
  /** What `config.json` says of it. */
  told: StartedFrom;
}

/**
 * The weights that a plan starts from, if it does not draw its own.
 *
 * @param before What the run started from, where it was begun before.
 * @throws {RunError} When there is no such run, a file of it is damaged, or another one than before.
 * @throws {UsageError} When they do not fit the plan.
 */
export async function startWeights(
  plan: Plan,
  before?: StartedFrom,
): Promise<StartWeights | undefined> {
  if (plan.from === undefined) return undefined;
  const found = await findCheckpoint(plan.from, "last"), { path } = found;
  const { id, preset, seed } = found.config.plan;
  const digest = await sha256((await readIfThere(path))!);
  if (before && before.sha256 !== digest) {
    throw refusal(`${path} is not the file that the run started from`, "put that back");
  }
  checkFit(plan, found);
  return { ...found, told: { id, preset, seed, epoch: found.state.epoch, sha256: digest } };
}

function checkFit(plan: Plan, { path, config }: RunCheckpoint): void {
  const misfit = (why: string) => new UsageError(`--from ${path} does not fit ${plan.id}: ${why}`);
  const [own, wanted] = [config.plan, plan].map(({ recipe: { network } }) =>
    typeof network === "object" ? network.kind : network
  );
  if (own !== wanted) throw misfit(`that run trained a ${own}, and ${plan.id} is a ${wanted}`);
  const other = differences(networkOf(config.plan), networkOf(plan));
  if (other.length > 0) throw misfit(other.join("; "));
  if (centersOf(plan) === "fixed" && centersOf(config.plan) === "none") {
    throw misfit(`it goes on about the centers of that run, and ${config.plan.id} learned none`);
  }
}

/** What makes the network of a plan. */
function networkOf({ recipe: { network, featureDim, widthFactor, blocks } }: Plan): Plan {
  return { recipe: { network, featureDim, widthFactor, blocks } } as Plan;
}

function centersOf({ recipe, secondStage }: Plan): "learned" | "fixed" | "none" {
  return objectiveOf((secondStage ?? recipe).loss).centers;
}

/**
 * Gives a trainer the network of another run, and what both losses have: its centers and its own layer. What else there is
 * stays as it was drawn; velocities begin at 0.
 *
 * @param classNames Of the images to train on.
 * @throws {RunError} When they do not fit: the images are of other sizes, or there are more or fewer classes.
 * @throws {UsageError} When the run goes on about centers of other classes.
 */
export function startFrom(
  trainer: Trainer,
  plan: Plan,
  weights: StartWeights,
  classNames: readonly string[],
): void {
  const { tensors, path, config } = weights;
  const both = [plan, config.plan].every((it) => centersOf(it) !== "none");
  const shared = (name: string) =>
    name === "centers" ? both : !name.startsWith("loss.") || tensors.has(name);
  loadWeights(trainer, tensors, path, shared);
  if (centersOf(plan) === "fixed" && otherClasses(weights, classNames)) {
    throw new UsageError(
      `--from ${path} does not fit ${plan.id}: it goes on about the centers of that run, ` +
        `whose classes were ${named(classNamesOf(config))}, and these are ${named(classNames)}`,
    );
  }
}

/** Whether the run counted other classes, so that its last layer and its centers are those of others. */
export function otherClasses({ config }: StartWeights, classNames: readonly string[]): boolean {
  return classNamesOf(config).join("\n") !== classNames.join("\n");
}

const named = (all: readonly string[]) =>
  `${all.slice(0, MOST_NAMED).join(", ")}${all.length > MOST_NAMED ? ", ..." : ""}`;

/**
 * Gives a trainer all but the state of its optimizer.
 *
 * @param wanted Which entries; all of them without it.
 * @throws {RunError} When they do not fit.
 */
export function loadWeights(
  trainer: Trainer,
  tensors: ReadonlyMap<string, Stored>,
  path: string,
  wanted: (name: string) => boolean = () => true,
): void {
  const isWeight = (name: string) => !name.startsWith("optimizer.") && wanted(name);
  // A loss counts its steps for a margin that rises or a softmax at the start; another training begins with none.
  const isCount = ({ name, trainable }: Entry) => name.startsWith("loss.") && !trainable;
  const entries = trainer.entries().filter((it) => isWeight(it.name) && !isCount(it));
  const names = new Set(entries.map(({ name }) => name));
  const dropped = (name: string) => name.startsWith("loss.") && !names.has(name);
  const dict = new Map([...tensors].filter(([name]) => isWeight(name) && !dropped(name)));
  loadStateDict(entries, dict, path);
}
