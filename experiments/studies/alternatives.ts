/** Two losses that mo-vic/standalone-center-loss tried and one that it decided against, beside the two that it kept. */
import { titleOfSet } from "../../data/sets/facts.ts";
import { lossName } from "../plan/loss_name.ts";
import { TABLE_SETS } from "../rows/sources/mo_vic.ts";
import { comparison } from "./comparison.ts";

/** A study a data set, of two features; `--epochs` gives all rows as many. */
export const ALTERNATIVES_STUDIES = TABLE_SETS.map((set) =>
  comparison({
    id: `alternatives-${set}`,
    summary: `${titleOfSet(set)}: three losses that were left beside center and standalone loss`,
    rows: ["cent", "standalone", "center-repulsion", "center-softmax", "margin"].map((loss) =>
      `${loss}-${set}-2`
    ),
    title: "two losses that the source kept, and three that it left",
    nameOf: ({ recipe: { loss } }) =>
      loss.kind === "center"
        ? "center loss"
        : loss.kind === "standalone" && loss.form === "margin"
        ? "margin"
        : lossName(loss),
    split: "test",
    short: true,
  })
);
