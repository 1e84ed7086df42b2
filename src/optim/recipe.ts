/** Optimizers as recipes write them: one for all, or groups with rates of their own. */
import type { Tensor } from "../tensor/tensor.ts";
import { Adam } from "./adam.ts";
import { type Group, Grouped } from "./grouped.ts";
import type { Optimizer } from "./optimizer.ts";
import { Sgd } from "./sgd.ts";

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
  /** Of the network's biases: a factor on the rate and a decay of their own, as Caffe's `lr_mult` and `decay_mult` set them. */
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
   * gradient has the weight in it (`autograd`, `balanced`).
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
 * @param weight Factor on the center loss, for centers whose gradient is divided by it.
 * @throws {RangeError} For an unknown kind, or a setting out of range.
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
  const own = centersRecipe && hasOwnSgd(centersRecipe) ? centersRecipe : undefined;
  const groups = groupsOf(recipe, own ? network : new Map([...network, ...centers]));
  if (own && centers.size > 0) {
    const { momentum, weightDecay, scheduled, perWeight } = own;
    // A gradient over w at rate lr is the gradient at rate lr / w.
    const lr = own.lr / (perWeight && weight > 0 ? weight : 1);
    const factor = scheduled ? lr / recipe.lr : undefined;
    groups.push({ optimizer: new Sgd(centers, { lr, momentum, weightDecay }), factor });
  }
  return groups.length === 1 && groups[0].factor === 1
    ? groups[0].optimizer
    : new Grouped(groups, recipe.lr);
}

function groupsOf(recipe: OptimizerRecipe, parameters: ReadonlyMap<string, Tensor>): Group[] {
  if (recipe.kind === "adam") {
    return [{ optimizer: new Adam(parameters, { lr: recipe.lr }), factor: 1 }];
  }
  const { lr, momentum, weightDecay, biases } = recipe;
  if (!biases) {
    return [{ optimizer: new Sgd(parameters, { lr, momentum, weightDecay }), factor: 1 }];
  }
  const split = (own: boolean) =>
    new Map([...parameters].filter(([name]) => name.endsWith(".bias") === own));
  const factor = biases.lrFactor;
  return [
    { optimizer: new Sgd(split(false), { lr, momentum, weightDecay }), factor: 1 },
    {
      optimizer: new Sgd(split(true), {
        lr: factor * lr,
        momentum,
        weightDecay: biases.weightDecay,
      }),
      factor,
    },
  ];
}
