/** All that decides what a visitor sees: the address holds it, and a run is repeated by it. */
import type { Recipe } from "../../src/train/recipe.ts";
import type { Field } from "./field.ts";
import { LOSSES, lossRecipeOf, mapOf, type MapSettings } from "./losses.ts";

/** Controls that all maps share. */
export const CONTROLS = {
  data: {
    ...{ kind: "choice", label: "data set", default: "digits" },
    help: "The images that are trained on.",
    choices: [["digits", "drawn digits"], ["own", "dropped files"]],
  },
  images: {
    ...{ kind: "choice", label: "images", default: 1000, help: "Number of training images." },
    choices: [200, 500, 1000, 2000, 5000, 10000, 60000].map((n) => [n, String(n)] as const),
  },
  side: {
    ...{ kind: "choice", label: "image size", default: 28 },
    help: "Rows and columns of a drawn digit.",
    choices: [[28, "28, as MNIST"], [14, "14, faster"]],
  },
  network: {
    ...{ kind: "choice", label: "network", default: "resnet" },
    help: "The network that computes the features.",
    choices: [["resnet", "ResNet"], ["lenetpp", "LeNet++"], ["four-convs", "four convolutions"]],
  },
  width: {
    ...{ kind: "choice", label: "width", default: 0.25 },
    help: "Factor on the number of channels of every layer.",
    choices: [[0.125, "1/8, small"], [0.25, "1/4"], [0.5, "1/2"], [1, "1, published"]],
  },
  features: {
    ...{ kind: "choice", label: "features", default: 2, help: "Dimensions of a feature." },
    choices: [[2, "2, a plane"], [3, "3, a space"]],
  },
  batch: {
    ...{ kind: "choice", label: "batch", default: 16, help: "Images in a step." },
    choices: [8, 16, 32, 64, 128].map((n) => [n, String(n)] as const),
  },
  seed: {
    ...{ kind: "number", label: "seed", low: 0, high: 4294967295, default: 1, step: 1 },
    help:
      "Decides the first weights, the first centers and the order of the images, alike for all maps.",
  },
  rate: {
    ...{ kind: "number", label: "rate", low: 0.0001, high: 1, default: 0.05, log: true },
    help: "Learning rate of the network.",
  },
  momentum: {
    ...{ kind: "number", label: "momentum", low: 0, high: 0.99, default: 0.9, step: 0.01 },
    help: "Share of the previous update that the next one keeps.",
  },
  alpha: {
    ...{ kind: "number", label: "alpha", low: 0, high: 1, default: 0.5, step: 0.01 },
    help: "Learning rate of the centers; at 0 they do not move.",
  },
  regions: {
    ...{ kind: "choice", label: "regions", default: "auto" },
    help:
      "The class that a feature at each place would be given: by the rule of the loss, or another one.",
    choices: [
      ["auto", "by the loss"],
      ["logit", "by logit"],
      ["center", "by center"],
      ["none", "none"],
    ],
  },
  hidden: {
    ...{ kind: "number", label: "hidden classes", low: 0, high: 4294967295, default: 0, step: 1 },
    help: "A bit for each class that is not drawn.",
  },
  lengths: {
    ...{ kind: "choice", label: "lengths", default: "auto" },
    help:
      "Whether features are drawn with their lengths, or as directions: on a circle, or on a sphere.",
    choices: [["auto", "by the loss"], ["kept", "as they are"], ["one", "directions alone"]],
  },
} as const satisfies Record<string, Field>;

/** The name of one. */
export type ControlName = keyof typeof CONTROLS;

/** Those that a running map takes; the others begin anew. */
export const LIVE: ReadonlySet<ControlName> = new Set([
  "rate",
  "momentum",
  "alpha",
  "regions",
  "hidden",
  "lengths",
]);

/** Their values. */
export type Shared = { -readonly [Name in ControlName]: number | string };

/** Everything. */
export interface Settings {
  shared: Shared;
  maps: MapSettings[];
}

/** The most maps side by side. */
export const MOST_MAPS = 4;

/** What a visitor sees first: cross-entropy against center loss. */
export function defaultSettings(): Settings {
  const shared = Object.fromEntries(
    Object.entries(CONTROLS).map(([name, field]) => [name, field.default]),
  ) as Shared;
  return { shared, maps: [mapOf("cross-entropy"), mapOf("center")] };
}

/** What a program in the place of a GPU learns in a fraction of the time, and what a page has without asking. */
const SIZES = {
  small: { side: 14, width: CONTROLS.width.default, batch: 8 },
  full: {
    ...{ side: CONTROLS.side.default, width: CONTROLS.width.default },
    batch: CONTROLS.batch.default,
  },
};

/** Settings with the images, the network and the batches of a size; small ones are no larger than they were. */
export function sized({ shared, maps }: Settings, size: keyof typeof SIZES): Settings {
  const values = Object.entries(SIZES[size]).map(([name, value]) => [
    name,
    size === "small" ? Math.min(value, Number(shared[name as ControlName])) : value,
  ]);
  return { shared: { ...shared, ...Object.fromEntries(values) }, maps };
}

/** What may be offered in the place of settings: small ones, or full ones where they are small. */
export function otherSize(settings: Settings): keyof typeof SIZES {
  const small = sized(settings, "small");
  return JSON.stringify(small) === JSON.stringify(settings) ? "full" : "small";
}

/** Whether a map shows directions alone: three features of a loss on angles stand on a sphere. */
export function showsDirections({ shared }: Settings, { kind }: MapSettings): boolean {
  if (shared.lengths !== "auto") return shared.lengths === "one";
  return Number(shared.features) === 3 && LOSSES[kind].angular;
}

/** The recipe of a map. */
export function recipeOf({ shared }: Settings, map: MapSettings): Recipe {
  return {
    network: shared.network as Recipe["network"],
    featureDim: Number(shared.features),
    widthFactor: Number(shared.width),
    loss: lossRecipeOf(map),
    optimizer: { lr: Number(shared.rate), momentum: Number(shared.momentum), weightDecay: 0 },
    centers: {
      ...{ init: "normal", lr: Number(shared.alpha), momentum: 0, weightDecay: 0 },
      ...{ scheduled: false, perWeight: false },
    },
    batchSize: Number(shared.batch),
    augmentation: { flip: 0, rotation: 0, padding: 0 },
    seed: Number(shared.seed),
  };
}
