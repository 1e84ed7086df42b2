/** Rows that the table of losses makes: every loss on the network, images and schedule of the published table's rows. */
import { titleOfSet } from "../../data/sets/facts.ts";
import { LOSSES, type LossKind, lossOf, type LossRecipe } from "../../src/losses/table.ts";
import type { Experiment } from "./experiment.ts";
import { FASHION_MNIST, MNIST } from "./sources/mo_vic.ts";

const SETS = { "mnist": MNIST, "fashion-mnist": FASHION_MNIST };

/** The other rows' network, images and schedule, without their source: that is of other losses. */
function relative(kind: LossKind, set: keyof typeof SETS): Experiment | undefined {
  const { row, name, evaluation, start } = lossOf(kind);
  if (!row) return undefined;
  const { source: _, ...shared } = SETS[set], { featureDim } = row;
  return {
    ...shared,
    id: `${kind}-${set}-${featureDim}`,
    summary: `${name}, ${titleOfSet(set)}, ${featureDim}-D`,
    recipe: { ...shared.recipe, featureDim, loss: start as LossRecipe },
    scoring: evaluation === "nearest-center" ? "nearest-center" : "logit",
    quick: {},
  };
}

/** In the order of the losses, on MNIST and then on Fashion-MNIST. */
export const RELATIVES: readonly Experiment[] = (["mnist", "fashion-mnist"] as const).flatMap((
  set,
) => (Object.keys(LOSSES) as LossKind[]).flatMap((kind) => relative(kind, set) ?? []));
