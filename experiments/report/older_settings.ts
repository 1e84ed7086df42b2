/** Results that were trained with other settings than their preset has today: the tables mark them. */
import { basename, dirname } from "node:path";
import { RunError } from "../../src/base/errors.ts";
import { wrapped } from "../compare/markdown.ts";
import { changes, fieldOf } from "../plan/differences.ts";
import { type Plan, planOf } from "../plan/plan.ts";
import { CATALOG } from "../rows/catalog.ts";
import type { Result } from "./results.ts";

const MARK = "†";

/** Rows whose seeds were trained with unlike settings, so that no mean and no claim may take them together: an error for each. */
export function mixedSettings(results: readonly Result[]): RunError[] {
  const rows = Map.groupBy(results, ({ folder }) => dirname(folder));
  return [...rows].flatMap(([row, [first, ...others]]) => {
    const { plan } = first.config;
    for (const { folder, config } of others) {
      const there = { ...config.plan, seed: plan.seed };
      const [one] = changes(plan, there);
      if (!one) continue;
      const { name, before = "unset", after = "unset" } = one;
      return [
        new RunError(
          `${row} mixes settings (${fieldOf(name)} is ${before} in ${basename(first.folder)} and ` +
            `${after} in ${
              basename(folder)
            }): train the older one again and copy it with --replace, or take it away`,
        ),
      ];
    }
    return [];
  });
}

/** What is not as the preset has it today, such as "weight inter 0.1, today 0.8"; empty where all is. */
export function olderSettings(plan: Plan): string {
  const row = CATALOG.get(plan.id);
  if (!row) return "";
  return changes({ ...planOf(row, plan.preset), seed: plan.seed }, plan)
    .map(({ name, before = "unset", after = "unset" }) =>
      `${fieldOf(name)} ${after}, today ${before}`
    )
    .join("; ").replaceAll('"', "");
}

/** A text about a run, with the mark where its settings are older. */
export function marked(text: string, plan: Plan): string {
  return olderSettings(plan) ? `${text} ${MARK}` : text;
}

/** What the mark means, under a table: a sentence for each way in which settings differ; nothing where no run has the mark. */
export function olderLines(plans: readonly Plan[]): string[] {
  const by = Map.groupBy(plans.filter((plan) => olderSettings(plan)), olderSettings);
  return [...by].flatMap(([settings, own]) => {
    const presets = new Set(own.map(({ preset }) => `\`${preset}\``));
    return [
      "",
      ...wrapped(
        `${MARK} Trained with other settings than ${
          [...presets].join(" and ")
        } has today: ${settings}.`,
      ),
    ];
  });
}

/** The same in short, with a link to the page that says which. */
export function olderNote(plans: readonly Plan[], link: string): string[] {
  if (!plans.some((plan) => olderSettings(plan))) return [];
  return [
    "",
    ...wrapped(`${MARK} Trained with [other settings](${link}) than the preset has today.`),
  ];
}
