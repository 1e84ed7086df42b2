/** What a loss is called. */
import type { LossRecipe } from "../../src/losses/objective.ts";

/** What is trained, in words. */
export function lossName(loss: LossRecipe): string {
  const { kind } = loss;
  return kind === "center"
    ? `cross-entropy + center${loss.rule === "autograd" ? "" : ` (${loss.rule})`}`
    : kind.replaceAll("-", " ").replace("cross ", "cross-");
}
