/** Numbers of the losses, by the names of their flags: the table of losses says which there are. */
import { UsageError } from "../../src/base/errors.ts";
import { rangeWords, within } from "../../src/base/range.ts";
import type { NumberSetting } from "../../src/losses/loss.ts";
import {
  LOSSES,
  type LossFlag,
  type LossKind,
  numberOf,
  settingsOf,
} from "../../src/losses/table.ts";
import type { Plan } from "./plan.ts";
import type { PlanNumber } from "./plan_number.ts";

/** Another name of a flag. */
const ALIASES: Partial<Record<LossFlag, string>> = { "weight-center": "lambda" };

/** `--margin` is a choice: it goes with `--form`, and comes after it. */
type Flag = Exclude<LossFlag, "margin">;

const KINDS = Object.keys(LOSSES) as LossKind[];

/** What each flag sets, in the order of the losses. */
function settingsByFlag(): Map<LossFlag, { field: string; settings: NumberSetting[] }> {
  const found = new Map<LossFlag, { field: string; settings: NumberSetting[] }>();
  for (const kind of KINDS) {
    for (const [field, setting] of Object.entries(settingsOf(kind))) {
      if (!("flag" in setting)) continue;
      const flag = setting.flag as LossFlag, known = found.get(flag);
      if (known && known.field !== field) {
        throw new TypeError(`--${flag} sets ${known.field} of one loss and ${field} of ${kind}`);
      }
      if (known) known.settings.push(setting);
      else found.set(flag, { field, settings: [setting] });
    }
  }
  return found;
}

/** What a flag sets in a loss; what it may be says the loss of the row. */
export function lossNumber(flag: LossFlag): PlanNumber {
  const { field, settings } = settingsByFlag().get(flag)!;
  return {
    what: [...new Set(settings.map(({ what }) => what))].join("; "),
    path: `recipe.loss.${field}`,
    range: {},
    alias: ALIASES[flag],
    with: (plan, value) => withLossNumber(plan, flag, value),
  };
}

/**
 * A plan with another number in its loss.
 *
 * @throws {UsageError} Where the loss has no such number, or it may not be that.
 */
export function withLossNumber(plan: Plan, flag: LossFlag, value: number): Plan {
  const { id, recipe } = plan, { loss } = recipe, found = numberOf(loss.kind, flag);
  if (!found) throw new UsageError(`--${flag} does not fit ${id}: its loss is ${loss.kind}`);
  const { field, setting: { range } } = found;
  if (!within(value, range)) {
    throw new UsageError(
      `--${flag} is ${value}; for the loss ${loss.kind} it must be ${rangeWords(range)}`,
    );
  }
  return { ...plan, recipe: { ...recipe, loss: { ...loss, [field]: value } } };
}

/** All of them but `margin`, by flag. */
export const LOSS_NUMBERS = Object.fromEntries(
  [...settingsByFlag().keys()].filter((flag) => flag !== "margin").map((
    flag,
  ) => [flag, lossNumber(flag)]),
) as Record<Flag, PlanNumber>;
