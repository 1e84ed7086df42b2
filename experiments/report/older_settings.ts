/** Results that were trained with other settings than their preset has today: the tables mark them. */
import { wrapped } from "../compare/markdown.ts";
import { changes, fieldOf } from "../plan/differences.ts";
import { type Plan, planOf } from "../plan/plan.ts";
import { CATALOG } from "../rows/catalog.ts";

const MARK = "†";

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
