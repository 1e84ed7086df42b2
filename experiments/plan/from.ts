/** Runs that start from the weights of another run. */
import { join } from "node:path";
import type { Plan } from "./plan.ts";

/**
 * A plan that starts from the weights of a run. A row of two stages is its second stage alone then: the run stands for the
 * first one.
 *
 * @param run A run's folder, of which the second stage of a row takes what the row says, and other rows the last checkpoint;
 * or a `.safetensors` file in one.
 */
export function withFrom({ secondStage, ...plan }: Plan, run: string): Plan {
  const { from = "last", epochs = plan.epochs, loss = plan.recipe.loss } = secondStage ?? {};
  return {
    ...plan,
    recipe: { ...plan.recipe, loss },
    epochs,
    from: run.endsWith(".safetensors") ? run : join(run, `${from}.safetensors`),
  };
}
