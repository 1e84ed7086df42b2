/** The three losses of mo-vic/standalone-center-loss on one data set, side by side. */
import { titleOfSet } from "../../data/sets/facts.ts";
import { lossName } from "../plan/loss_name.ts";
import { TABLE_LOSSES, TABLE_SETS } from "../rows/sources/mo_vic.ts";
import { comparison } from "./comparison.ts";

/** A study a data set, of two features; `--width` and `--blocks` train all three in a stronger or a weaker network. */
export const LOSSES_STUDIES = TABLE_SETS.map((set) =>
  comparison({
    id: `losses-${set}`,
    summary: `${titleOfSet(set)}, 2-D: the table's three losses side by side`,
    rows: TABLE_LOSSES.map((loss) => `${loss}-${set}-2`),
    title: "three losses, one network",
    // A caption has room for the epochs, too.
    nameOf: ({ recipe: { loss } }) => loss.kind === "center" ? "center loss" : lossName(loss),
    split: "test",
    short: true,
  })
);
