/** What the plan in a `config.json` must be: somebody may have changed it. */
import { CATALOG } from "../../data/sets/catalog.ts";
import { parseSource } from "../../data/own/source.ts";
import {
  byKind,
  type Check,
  inRange,
  listOf,
  matching,
  number,
  object,
  oneOf,
  optional,
  orElse,
  record,
  text,
  truth,
  whole,
} from "../../src/base/json.ts";
import type { Augmentation } from "../../src/dataset/augmentation.ts";
import type { Normalization } from "../../src/dataset/batch_options.ts";
import type { Setting } from "../../src/losses/loss.ts";
import { LOSSES, type LossKind, type LossRecipe, settingsOf } from "../../src/losses/table.ts";
import type { InitRecipe } from "../../src/model/init.ts";
import type { LeNetPlusPlusVariant } from "../../src/model/lenetpp.ts";
import type { NetworkRecipe } from "../../src/model/networks.ts";
import type {
  AdamRecipe,
  CentersRecipe,
  CentersStart,
  OptimizerRecipe,
  SgdRecipe,
} from "../../src/optim/recipe.ts";
import type { ScheduleRecipe } from "../../src/optim/schedule.ts";
import type { Recipe } from "../../src/train/recipe.ts";
import type { Experiment, FigureOptions, RowFile, SecondStage } from "../rows/experiment.ts";
import { NUMBERS } from "./numbers.ts";
import { type OwnData, type Plan, PRESETS } from "./plan.ts";

/** Whether a name stays in its folder; on Windows it may not end in a dot. */
export function isPlainName(word: string): boolean {
  return /^[\w@.+-]*[\w@+-]$/.test(word);
}

/** A name that stays in its folder. */
export const plainName = matching(isPlainName, "a plain name");

/** What images are called: a plain name in letters of any script, which their folder may have. */
const imagesName = matching(
  (word) => /^[\p{L}\p{M}\p{N}_@.+-]+$/u.test(word) && !/^\.+$/.test(word),
  "a plain name",
);

const RUN_NAME = /^[\p{L}\p{N}_](?:[\p{L}\p{N}_.-]{0,62}[\p{L}\p{N}_-])?$/u;

/** Whether a run can be called so: any system can have a folder of this name, and nothing else in `runs` has it. */
export function isRunName(word: string): boolean {
  return RUN_NAME.test(word);
}

const runName = matching(isRunName, "letters, digits, _, . or -");

const variant = matching(
  (word) => /^[\p{L}\p{M}\p{N}_.,+=/-]+$/u.test(word),
  "flags, as in lr=0.1+epochs=2",
);

/** A preset's name. */
export const presetName = oneOf(...PRESETS);
/** A seed. */
export const seedNumber = inRange(NUMBERS.seed.range);

/** The GPU's numbers are float32. */
const MOST = 3.4e38;
const positive = number(Number.MIN_VALUE, MOST), share = number(0, 1);
const weight = number(-MOST, MOST), notNegative = number(0, MOST);
const momentum = number(0, 1 - Number.EPSILON);

/** What a field of a loss must be. */
function checkOf(setting: Setting): Check<unknown> {
  if ("check" in setting) return setting.check;
  if ("words" in setting) return oneOf(...setting.words);
  const check = setting.weight ? weight : inRange(setting.range);
  return setting.optional ? optional(check) : check;
}

const lossRecipe: Check<LossRecipe> = (value, name) => {
  const kinds = Object.keys(LOSSES) as LossKind[];
  const kind = oneOf(...kinds)(record(value, name).kind, `${name}.kind`);
  const checks = Object.entries(settingsOf(kind)).map(([field, it]) => [field, checkOf(it)]);
  return object(Object.fromEntries(checks))(value, name) as LossRecipe;
};

const lenetpp = object<{ kind: "lenetpp" } & LeNetPlusPlusVariant>({
  kind: oneOf("lenetpp"),
  activation: byKind<LeNetPlusPlusVariant["activation"]>({
    prelu: { perChannel: optional(truth) },
    leaky: { slope: weight },
  }),
  featureBias: optional(truth),
  featureActivation: truth,
  outputBias: truth,
  lastPool: object<LeNetPlusPlusVariant["lastPool"]>({
    kernel: whole(1, 1024),
    stride: whole(1, 1024),
  }),
});

const networkRecipe: Check<NetworkRecipe> = (value, name) =>
  typeof value === "object"
    ? lenetpp(value, name)
    : oneOf("resnet" as const, "four-convs" as const, "lenetpp" as const)(value, name);

const sgd = object<SgdRecipe>({
  kind: optional(oneOf("sgd")),
  lr: positive,
  momentum,
  weightDecay: notNegative,
  nesterov: optional(truth),
  biases: optional(object<NonNullable<SgdRecipe["biases"]>>({
    lrFactor: notNegative,
    weightDecay: notNegative,
  })),
});
const adam = object<AdamRecipe>({ kind: oneOf("adam"), lr: positive });
const optimizerRecipe: Check<OptimizerRecipe> = (value, name) =>
  (record(value, name).kind === "adam" ? adam : sgd)(value, name);

const gamma = number(0, 1);
const scheduleRecipe = byKind<ScheduleRecipe>({
  plateau: { mode: oneOf("max"), factor: share, patience: whole(), threshold: weight },
  step: { stepSize: whole(1), gamma },
  milestones: { milestones: listOf(whole()), gamma },
  "one-cycle": {
    peak: number(Number.EPSILON, 1 - Number.EPSILON),
    centerRamp: optional(number(Number.EPSILON, 1)),
  },
  constant: {},
});

const width: Check<number> = (value, name) => {
  const factor = inRange(NUMBERS.width.range)(value, name);
  if (Number.isInteger(32 * factor)) return factor;
  throw new TypeError(`${name} is ${factor}; 32 channels times it must be a whole number`);
};

const uniform = object({ uniform: positive });
const init: Check<CentersStart["init"]> = (value, name) =>
  typeof value === "object"
    ? uniform(value, name)
    : oneOf("normal" as const, "as-weights" as const)(value, name);
const start = object<CentersStart>({ init });
const ownSgd = object<CentersRecipe>({
  init,
  lr: notNegative,
  momentum,
  weightDecay: notNegative,
  scheduled: truth,
  perWeight: truth,
});
const centersRecipe: Check<CentersRecipe | CentersStart> = (value, name) =>
  (Object.keys(record(value, name)).length > 1 ? ownSgd : start)(value, name);

const recipe = object<Omit<Recipe, "seed" | "cycle" | "epochs">>({
  network: networkRecipe,
  init: optional(byKind<InitRecipe>({
    "kaiming-normal": {},
    "torch-default": {},
    "xavier-uniform": { magnitude: positive, fan: oneOf("in", "average") },
  })),
  featureDim: inRange(NUMBERS["feat-dim"].range),
  widthFactor: width,
  blocks: optional(inRange(NUMBERS.blocks.range)),
  loss: lossRecipe,
  optimizer: optimizerRecipe,
  centers: optional(centersRecipe),
  batchSize: inRange(NUMBERS["batch-size"].range),
  lastBatch: optional(oneOf("drop", "keep", "keep-full-divisor")),
  stepsPerEpoch: optional(whole(1)),
  normalization: optional(object<Normalization>({ mean: weight, deviation: positive })),
  augmentation: object<Augmentation>({
    flip: share,
    rotation: number(0, 180),
    padding: whole(0, 1023),
  }),
});

const source: Check<string> = (value, name) => {
  try {
    return parseSource(text(value, name)) && value as string;
  } catch (error) {
    throw new TypeError(`${name}: ${(error as Error).message}`);
  }
};

const ownFields = object<OwnData>({
  source,
  test: optional(source),
  testShare: orElse(inRange({ low: 0, above: true, high: 1, below: true }), 0.2),
  height: optional(whole(1, 1024)),
  width: optional(whole(1, 1024)),
  channels: optional(oneOf(1, 3)),
});
const ownData: Check<OwnData> = (value, name) => {
  const own = ownFields(value, name);
  if ((own.height === undefined) === (own.width === undefined)) return own;
  throw new TypeError(`${name} must have both height and width, or neither`);
};

const fields = object<Plan>({
  id: plainName,
  summary: orElse(text, ""),
  source: optional(object<NonNullable<Experiment["source"]>>({
    repository: text,
    row: optional(whole()),
    accuracy: optional(share),
  })),
  file: optional(object<RowFile>({ path: text, sha256: text })),
  dataset: imagesName,
  recipe,
  schedule: scheduleRecipe,
  epochs: whole(0, NUMBERS.epochs.range.high),
  secondStage: optional(object<SecondStage>({
    epochs: whole(1, NUMBERS.epochs.range.high),
    loss: lossRecipe,
    from: oneOf("best", "last"),
  })),
  evalEvery: optional(inRange(NUMBERS["eval-every"].range)),
  lastEpochFactor: notNegative,
  trainSize: optional(inRange(NUMBERS["train-size"].range)),
  testSize: optional(inRange(NUMBERS["test-size"].range)),
  scoring: oneOf("logit", "nearest-center"),
  seed: seedNumber,
  figures: optional(object<FigureOptions>({
    range: optional(positive),
    highlights: optional(listOf(oneOf("most-certain", "least-certain"))),
    surface: optional(truth),
    reliability: optional(truth),
    correlation: optional(truth),
    predictions: optional(truth),
  })),
  preset: presetName,
  ownData: optional(ownData),
  leaveOut: optional(listOf(whole(0, 1e6))),
  imbalance: optional(inRange(NUMBERS.imbalance.range)),
  labelNoise: optional(inRange(NUMBERS["label-noise"].range)),
  variant: optional(variant),
  name: optional(runName),
  from: optional(text),
});

/** A plan that can be run or evaluated. */
export const plan: Check<Plan> = (value, name) => {
  const found = fields(value, name);
  if (found.ownData || Object.hasOwn(CATALOG, found.dataset)) return found;
  throw new TypeError(`${name}.dataset is "${found.dataset}", which is no data set here`);
};
