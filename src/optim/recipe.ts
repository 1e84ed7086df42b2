/** Optimizers as recipes write them: one for all, or groups with rates of their own. */
import type { Tensor } from "../tensor/tensor.ts";
import { Adam } from "./adam.ts";
import { type Group, Grouped } from "./grouped.ts";
import type { Optimizer } from "./optimizer.ts";
import { checkSgd, Sgd, type SgdOptions } from "./sgd.ts";

/** SGD over network and centers. */
export interface SgdRecipe {
  /** What a recipe without a kind is. */
  kind?: "sgd";
  /** The rate to start from. */
  lr: number;
  /** 0 to below 1. */
  momentum: number;
  /** L2 penalty, added to the gradient. */
  weightDecay: number;
  /** Nesterov's momentum for what this SGD moves; centers with an SGD of their own have none. Default: false. */
  nesterov?: boolean;
  /**
   * Of the network's biases: a factor on the rate and a decay of their own, as Caffe's `lr_mult` and `decay_mult` set them.
   * Default: those of the weights.
   */
  biases?: { lrFactor: number; weightDecay: number };
}

/** Adam (Kingma and Ba 2015) over network and centers, with its published betas and epsilon. */
export interface AdamRecipe {
  /** Tells it from SGD. */
  kind: "adam";
  /** The rate to start from. */
  lr: number;
}

/** The optimizer of a recipe. */
export type OptimizerRecipe = SgdRecipe | AdamRecipe;

/** How centers start where they move by the network's optimizer. */
export interface CentersStart {
  /** N(0, 1); drawn by the initializer of the network's weights; or uniform between minus this number and it. */
  init: "normal" | "as-weights" | { uniform: number };
}

/** How centers start and move where they have an SGD of their own. */
export interface CentersRecipe extends CentersStart {
  /** The rate to start from. */
  lr: number;
  /** 0 to below 1. */
  momentum: number;
  /** L2 penalty, added to the gradient. */
  weightDecay: number;
  /** Whether their rate falls when the network's does. */
  scheduled: boolean;
  /**
   * Whether their gradient is divided by the loss weight, so that the weight does not change their pace; for rules whose
   * gradient has the weight in it (all but `paper` and `paper/batch`).
   */
  perWeight: boolean;
}

/** Whether centers have an SGD of their own: anything is said beside their start. */
export function hasOwnSgd(centers: CentersRecipe | CentersStart): centers is CentersRecipe {
  return Object.keys(centers).some((field) => field !== "init");
}

/** What is trained, by name. */
export interface Trained {
  /** Parameters of the network, and of the loss's own layer. */
  network: ReadonlyMap<string, Tensor>;
  /** Empty where no centers are learned. */
  centers: ReadonlyMap<string, Tensor>;
}

/**
 * Builds the optimizer of a recipe.
 *
 * @param centersRecipe How the centers move. Without a rate of their own, and where it is undefined, they move by the network's
 * optimizer.
 * @param weight Factor on the center loss, for centers whose gradient is divided by it.
 * @throws {TypeError} When the network has no parameters, or one of them or of the centers requires no gradient.
 * @throws {RangeError} For an unknown kind, or a setting out of range.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { backward, kaimingNormal, Linear, mul, openGpu, optimizerOf, parametersOf, Random, tensor } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * const network = parametersOf(new Linear({ in: 2, out: 2 }, kaimingNormal(new Random(1, "weights"))));
 * const center = tensor(1, { requiresGrad: true }), sgd = { momentum: 0, weightDecay: 0 };
 * const own = { ...sgd, lr: 0.5, init: "normal", scheduled: false, perWeight: true } as const;
 * const optimizer = optimizerOf({ ...sgd, lr: 0.1 }, own, { network, centers: new Map([["centers", center]]) }, 0.01);
 * backward(mul(center, 0.01)); // a center loss of weight 0.01
 * optimizer.step();
 * assertAlmostEquals(await center.item(), 1 - 0.5, 1e-6); // the weight does not change its pace
 * ```
 */
export function optimizerOf(
  recipe: OptimizerRecipe,
  centersRecipe: CentersRecipe | CentersStart | undefined,
  { network, centers }: Trained,
  weight: number,
): Optimizer {
  if (recipe.kind !== undefined && recipe.kind !== "sgd" && recipe.kind !== "adam") {
    throw new RangeError(
      `Cannot make the optimizer "${
        (recipe as { kind: string }).kind
      }": the kinds are sgd and adam`,
    );
  }
  const own = ownSgd(centersRecipe, centers);
  const common = own ? network : new Map([...network, ...centers]);
  const split = (biases: boolean) =>
    new Map([...common].filter(([name]) => name.endsWith(".bias") === biases));
  const parts = recipe.kind !== "adam" && recipe.biases ? [split(false), split(true)] : [common];
  const all = settingsOf(recipe, own, weight);
  for (const it of all) checkSgd({ momentum: 0, weightDecay: 0, nesterov: false, ...it });
  const groups = all.map(({ kind, factor, ...settings }, i): Group => {
    const parameters = parts[i] ?? centers;
    const optimizer = kind === "adam"
      ? new Adam(parameters, settings)
      : new Sgd(parameters, settings);
    return { optimizer, factor };
  });
  return groups.length === 1 && groups[0].factor === 1
    ? groups[0].optimizer
    : new Grouped(groups, recipe.lr);
}

/**
 * Sets the numbers of a recipe's optimizer to those of another recipe, from the next step on; replayed ones take them, too.
 * The common rate is to be set afterwards.
 *
 * @throws {RangeError} When the other recipe groups parameters otherwise, or a setting is out of range; none is set then.
 */
export function changeOptimizer(
  optimizer: Optimizer,
  recipe: OptimizerRecipe,
  centersRecipe: CentersRecipe | CentersStart | undefined,
  { centers }: Pick<Trained, "centers">,
  weight: number,
): void {
  const groups = optimizer instanceof Grouped ? optimizer.groups : [{ optimizer, factor: 1 }];
  const settings = settingsOf(recipe, ownSgd(centersRecipe, centers), weight);
  const fits = settings.length === groups.length &&
    settings.every(({ kind }, i) => (kind === "adam") === (groups[i].optimizer instanceof Adam));
  if (!fits) {
    throw new RangeError(
      "Cannot change the optimizer: another kind, biases or centers with an SGD of their own, or without, need a new Trainer",
    );
  }
  for (const it of settings) checkSgd({ momentum: 0, weightDecay: 0, nesterov: false, ...it });
  settings.forEach(({ kind: _, factor, ...numbers }, i) => {
    const { optimizer } = groups[i];
    groups[i].factor = factor;
    if (optimizer instanceof Sgd) optimizer.change(numbers);
    else optimizer.lr = numbers.lr;
  });
}

/** The recipe of the centers' own SGD, where they are learned by one. */
function ownSgd(
  recipe: CentersRecipe | CentersStart | undefined,
  centers: ReadonlyMap<string, Tensor>,
): CentersRecipe | undefined {
  return recipe && hasOwnSgd(recipe) && centers.size > 0 ? recipe : undefined;
}

/** The numbers of a group, and its rate as a factor on the common one; undefined for a rate that stays. */
type GroupSettings =
  & { factor: number | undefined }
  & ({ kind: "adam"; lr: number } | { kind: "sgd" } & Required<SgdOptions>);

/** Those of all groups: the network's, of its biases where they have their own, of the centers where they do. */
function settingsOf(
  recipe: OptimizerRecipe,
  centers: CentersRecipe | undefined,
  weight: number,
): GroupSettings[] {
  const groups: GroupSettings[] = [];
  if (recipe.kind === "adam") groups.push({ kind: "adam", lr: recipe.lr, factor: 1 });
  else {
    const { lr, momentum, weightDecay, nesterov = false, biases } = recipe;
    groups.push({ kind: "sgd", lr, momentum, weightDecay, nesterov, factor: 1 });
    if (biases) {
      const { lrFactor: factor, weightDecay } = biases;
      groups.push({ kind: "sgd", lr: factor * lr, momentum, weightDecay, nesterov, factor });
    }
  }
  if (centers) {
    const { momentum, weightDecay, scheduled, perWeight } = centers;
    // A gradient over w at rate lr is the gradient at rate lr / w.
    const lr = centers.lr / (perWeight && weight > 0 ? weight : 1);
    // No factor on a rate of 0 gives theirs.
    const factor = scheduled && recipe.lr !== 0 ? lr / recipe.lr : undefined;
    groups.push({ kind: "sgd", lr, momentum, weightDecay, nesterov: false, factor });
  }
  return groups;
}
