/** Rows and presets, as command lines name them. */
import { nearest } from "../../cli/nearest.ts";
import { oneOf, withDefault } from "../../cli/values.ts";
import { UsageError } from "../../src/base/errors.ts";
import { PRESETS } from "../plan/plan.ts";
import { CATALOG, rowOf } from "../rows/catalog.ts";
import type { Experiment } from "../rows/experiment.ts";

/** How much of the row is run. */
export const PRESET = withDefault(
  oneOf(
    "NAME",
    PRESETS,
    "paper, the row as published; fast, in few epochs; quick, made small; small, in a minute; smoke, a few steps",
  ),
  "paper",
);

/** The published rows, in the order of the catalog. */
export const PUBLISHED: readonly Experiment[] = [...CATALOG.values()].filter((row) => row.source);

/**
 * The row of that id.
 *
 * @param others What else a user may have meant.
 * @throws {UsageError} Where there is none.
 */
export function rowNamed(id: string, others: readonly string[] = []): Experiment {
  const row = rowOf(id);
  if (row) return row;
  const near = nearest(id, [...CATALOG.keys(), ...others]);
  throw new UsageError(
    `There is no row "${id}"${near ? `; did you mean ${near}?` : ":"} \`deno task exp\` lists all`,
  );
}
