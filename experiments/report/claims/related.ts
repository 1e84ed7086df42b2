/** "Relationship across the data set": whether classes with close centers are confused more. */
import { relationshipOf } from "../relationship.ts";
import type { Claim, Measure } from "./claim.ts";

const related = (row: string, of: "value" | "mean"): Measure => async (seed) =>
  relationshipOf(
    await seed.lines(row, "center_distances.csv"),
    await seed.lines(row, "confusion.csv"),
  )?.correlation[of] ?? NaN;

/** What a claim on a row measures for it, beside classes whose names are shuffled. */
export function confusedMore(
  row: string,
): Pick<Claim, "of" | "measured" | "value" | "control" | "below"> {
  return {
    of: row,
    measured: "Spearman's correlation of distance and confusions, all pairs of classes",
    value: related(row, "value"),
    control: { name: "under shuffled names", value: related(row, "mean") },
    below: 0,
  };
}
