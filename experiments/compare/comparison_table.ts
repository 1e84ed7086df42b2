/** The table of a comparison: what differs, and what came out. */
import { type CsvField, csvOf } from "../../src/base/csv.ts";
import { duration, percent } from "../../src/base/format.ts";
import { type Comparison, type Group, type OutcomeName, OUTCOMES } from "./comparison.ts";
import { type MeanAndDeviation, shown } from "./over_seeds.ts";

/** A table in text: its titles, what stands on the right, and its lines. */
export interface TextTable {
  readonly titles: readonly string[];
  /** Titles of the columns of numbers. */
  readonly right: readonly string[];
  readonly lines: readonly (readonly string[])[];
}

const shares = (of: MeanAndDeviation) => shown(of, (value) => percent(value)).replace(" % ±", " ±");
const numbers = (of: MeanAndDeviation) =>
  shown(of, (value) => String(Number(value.toPrecision(3))));

const OUTCOME_COLUMNS: readonly [title: string, of: OutcomeName, shown: typeof shares][] = [
  ["accuracy", "accuracy", shares],
  ["best", "best", shares],
  ["other rule", "otherRule", shares],
  ["training loss", "trainLoss", numbers],
  ["separation", "apart", numbers],
  ["time", "seconds", ({ mean }) => duration(mean)],
];

/** What the titles do not say by themselves. */
export const WORDS =
  `accuracy: ${OUTCOMES.accuracy}; separation: ${OUTCOMES.apart}; ±: the deviation over seeds`;

/** As a terminal and Markdown show it; columns of outcomes that no run has are left out. */
export function textTable({ differences: all, groups }: Comparison): TextTable {
  // How many epochs were planned stands beside those that are finished.
  const differences = all.filter(({ name }) => name !== "epochs" || all.length === 1);
  const outcomes = OUTCOME_COLUMNS.filter(([, of]) =>
    groups.some(({ outcomes }) => !Number.isNaN(outcomes[of].mean))
  );
  const names = differences.length > 0 ? differences.map(({ name }) => name) : ["row"];
  return {
    titles: [...names, "seeds", "epochs", ...outcomes.map(([title]) => title)],
    right: ["seeds", "epochs", ...outcomes.map(([title]) => title)],
    lines: groups.map((group) => [
      ...(differences.length > 0
        ? differences.map(({ of }) => of(group.runs[0]) || "-")
        : [group.label]),
      String(group.runs.length),
      epochsOf(group),
      ...outcomes.map(([, of, shown]) => shown(group.outcomes[of])),
    ]),
  };
}

function epochsOf({ epochs, runs }: Group): string {
  const { epochs: planned } = runs[0].config.plan;
  const failed = runs.some(({ state }) => state === "failed") ? ", failed" : "";
  return epochs < planned ? `${epochs} of ${planned}${failed}` : String(epochs);
}

const OUTCOMES_IN_CSV: readonly [name: string, of: OutcomeName][] = [
  ["accuracy", "accuracy"],
  ["best", "best"],
  ["other_rule", "otherRule"],
  ["train_loss", "trainLoss"],
  ["separation", "apart"],
  ["seconds", "seconds"],
];

/** Without the last bits, which sums leave. */
const exact = (value: number) => Number(value.toPrecision(9));

/** As CSV, with all digits; what is not known is empty. */
export function csvTable({ differences, groups }: Comparison): string {
  const columns: [string, (group: Group) => CsvField][] = [
    ["run", ({ label }) => label],
    ["row", ({ runs }) => runs[0].config.plan.id],
    ["preset", ({ runs }) => runs[0].config.plan.preset],
    ...differences.filter(({ name }) => !["row", "preset", "name"].includes(name)).map((
      { name, of },
    ): [string, (group: Group) => CsvField] => [
      name.replaceAll("-", "_"),
      ({ runs }) => of(runs[0]),
    ]),
    ["seeds", ({ runs }) => runs.map(({ config }) => config.plan.seed).join(" ")],
    ["epochs_finished", ({ epochs }) => epochs],
    ["epochs_planned", ({ runs }) => runs[0].config.plan.epochs],
    ["scoring", ({ runs }) => runs[0].config.plan.scoring],
    ...OUTCOMES_IN_CSV.flatMap(([name, of]): [string, (group: Group) => CsvField][] => [
      [name, ({ outcomes }) => exact(outcomes[of].mean)],
      [`${name}_deviation`, ({ outcomes }) => exact(outcomes[of].deviation)],
    ]),
  ];
  return csvOf(
    columns.map(([name]) => name),
    groups.map((group) => columns.map(([, of]) => of(group))),
  );
}
