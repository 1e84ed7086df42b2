/** Networks by their names in a recipe. */
import { FourConvs } from "./four_convs.ts";
import type { Initializer } from "./init.ts";
import { LeNetPlusPlus, type LeNetPlusPlusVariant } from "./lenetpp.ts";
import type { Network, NetworkSizes } from "./network.ts";
import { ResNet } from "./resnet.ts";

/** A network in a recipe; `lenetpp` without a variant is KaiyangZhou's. */
export type NetworkRecipe =
  | "resnet"
  | "four-convs"
  | "lenetpp"
  | ({ kind: "lenetpp" } & LeNetPlusPlusVariant);

/**
 * Builds the network of a recipe.
 *
 * @throws {RangeError} For an unknown one, or sizes that it cannot have.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { kaimingNormal, LENETPP, networkOf, openGpu, parametersOf, Random } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * const sizes = { height: 28, width: 28, channels: 1, featureDim: 2, classes: 10, widthFactor: 1 / 32 };
 * const init = kaimingNormal(new Random(1, "weights"));
 * const published = networkOf("lenetpp", sizes, init);
 * const variant = networkOf({ kind: "lenetpp", ...LENETPP, outputBias: false }, sizes, init);
 * assertEquals([published, variant].map((net) => parametersOf(net).has("fc2.bias")), [true, false]);
 * ```
 */
export function networkOf(recipe: NetworkRecipe, sizes: NetworkSizes, init: Initializer): Network {
  if (recipe === "resnet") return new ResNet(sizes, init);
  if (sizes.blocks !== undefined) {
    throw new RangeError(
      `Cannot build a network of ${sizes.blocks} blocks a group: resnet has them`,
    );
  }
  if (recipe === "four-convs") return new FourConvs(sizes, init);
  if (recipe !== "lenetpp" && recipe?.kind !== "lenetpp") {
    throw new RangeError(
      `Cannot build the network ${
        JSON.stringify(recipe)
      }: the networks are resnet, four-convs and lenetpp`,
    );
  }
  return new LeNetPlusPlus(sizes, init, recipe === "lenetpp" ? undefined : recipe);
}
