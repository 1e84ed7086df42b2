/** What a loss is called. */
import { lossOf, type LossRecipe } from "../../src/losses/table.ts";

/** What is trained, in words. */
export function lossName(loss: LossRecipe): string {
  const { kind } = loss;
  return kind === "center"
    ? `cross-entropy + center${loss.rule === "autograd" ? "" : ` (${loss.rule})`}`
    : lossOf(kind).row
    ? lossOf(kind).name
    : kind.replaceAll("-", " ").replace("cross ", "cross-");
}
