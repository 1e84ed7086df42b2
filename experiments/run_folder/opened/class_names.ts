import { CATALOG } from "../../../data/sets/catalog.ts";
import type { Config } from "../config.ts";

/** The classes that a run's labels count, in their order. */
export function classNamesOf(
  { classNames, drawn, plan }: Pick<Config, "classNames" | "drawn" | "plan">,
): readonly string[] {
  return classNames ?? CATALOG[drawn ? "digits" : plan.dataset].classNames;
}
