/** Words of a plan that a command line changes, and the numbers of its schedule, by the names of their flags. */
import type { Flag } from "../../cli/flags.ts";
import { number, oneOf } from "../../cli/values.ts";
import { UsageError } from "../../src/base/errors.ts";
import { type Range, whole } from "../../src/base/range.ts";
import { CENTER_RULES } from "../../src/losses/center_loss.ts";
import { SEPARATION_FORMS } from "../../src/losses/inter_class_separation.ts";
import { hasOwnSgd } from "../../src/optim/recipe.ts";
import type { ScheduleRecipe } from "../../src/optim/schedule.ts";
import { lossNumber, withLossNumber } from "./loss_numbers.ts";
import type { Plan } from "./plan.ts";

/** A choice: its flag, and the plan with another one. */
export interface PlanChoice<T> {
  readonly flag: Flag<T | undefined>;
  /** Where it stands in a plan. */
  readonly path: string;
  with(plan: Plan, value: T): Plan;
}

/** What each kind of schedule starts from, by PyTorch's defaults; what is missing has to be given. */
const SCHEDULES: Record<ScheduleRecipe["kind"], Partial<ScheduleRecipe>> = {
  constant: {},
  plateau: { mode: "max", factor: 0.1, patience: 10, threshold: 1e-4 },
  step: { stepSize: undefined, gamma: 0.1 },
  milestones: { milestones: undefined, gamma: 0.1 },
  "one-cycle": { peak: 0.2 },
};
const KINDS = Object.keys(SCHEDULES) as ScheduleRecipe["kind"][];

/** Rising numbers with commas between, all above another; undefined where a text is something else. */
function rising(text: string, above: number): number[] | undefined {
  const all = text.split(",").map((it) => /^\d+$/.test(it.trim()) ? Number(it) : NaN);
  return all.every((it, i) => it > (all[i - 1] ?? above)) ? all : undefined;
}

const MILESTONES: Flag<readonly number[] | undefined> = {
  takes: "LIST",
  help: "milestones: epochs after which the rate falls, such as 10,20",
  expected: "rising epochs with commas between, such as 10,20",
  default: undefined,
  read: (text) => rising(text, 0),
};

const LEAVE_OUT: Flag<readonly number[] | undefined> = {
  takes: "LIST",
  help: "classes to leave out, such as 8,9: eval --measures says whether the run notices them",
  expected: "numbers of classes, rising, with commas between, such as 8,9",
  default: undefined,
  read: (text) => rising(text, -1),
};

/** A field of the schedule, for the kinds that have it. */
function ofSchedule<T>(name: string, field: string, flag: Flag<T | undefined>): PlanChoice<T> {
  return {
    flag,
    path: `schedule.${field}`,
    with(plan, value) {
      const { id, schedule } = plan;
      if (field in schedule) return { ...plan, schedule: { ...schedule, [field]: value } };
      throw new UsageError(`--${name} does not fit ${id}: its schedule is ${schedule.kind}`);
    },
  };
}

const FACTOR: Range = { low: 0, high: 1 };
const BETWEEN: Range = { low: 0, above: true, high: 1, below: true };

const MARGIN = lossNumber("margin");
const formFits = (loss: object) => "form" in loss ? "; try --form margin" : "";

/** All of them; the schedule comes before its numbers. */
export const CHOICES = {
  "form": {
    flag: oneOf(
      "FORM",
      SEPARATION_FORMS,
      "push of standalone rows: log1p as in the source's code, log, or margin with --margin",
    ),
    path: "recipe.loss.form",
    with(plan, form) {
      const { id, recipe } = plan, { loss } = recipe;
      if (!("form" in loss)) {
        throw new UsageError(`--form does not fit ${id}: its loss is ${loss.kind}`);
      }
      const { margin, ...rest } = loss;
      const ofForm = form === "margin" ? { form, margin } : { form };
      return { ...plan, recipe: { ...recipe, loss: { ...rest, ...ofForm } } };
    },
  } satisfies PlanChoice<typeof SEPARATION_FORMS[number]>,
  "margin": {
    flag: number(
      MARGIN.range,
      "margin of the loss, which is an angle, a cosine or a distance: docs/losses.md says it of each loss; with --form margin " +
        "the squared distance from which on nothing pushes",
    ),
    path: MARGIN.path,
    with(plan, margin) {
      const { id, recipe } = plan, { loss } = recipe;
      if ("margin" in loss) return withLossNumber(plan, "margin", margin);
      throw new UsageError(`--margin does not fit ${id}: its loss has none${formFits(loss)}`);
    },
  } satisfies PlanChoice<number>,
  "rule": {
    flag: oneOf(
      "RULE",
      CENTER_RULES,
      `how centers move, and what divides their pull: ${CENTER_RULES.join(", ")}`,
    ),
    path: "recipe.loss.rule",
    with(plan, rule) {
      const { id, recipe, secondStage } = plan, { loss, centers } = recipe;
      if (!("rule" in loss)) {
        throw new UsageError(`--rule does not fit ${id}: its loss is ${loss.kind}`);
      }
      if (centers && hasOwnSgd(centers) && centers.perWeight && rule.startsWith("paper")) {
        throw new UsageError(
          `--rule ${rule} does not fit ${id}: the row divides the gradient of its centers by the loss weight, which this rule leaves out`,
        );
      }
      return {
        ...plan,
        recipe: { ...recipe, loss: { ...loss, rule } },
        ...(secondStage && "rule" in secondStage.loss &&
          { secondStage: { ...secondStage, loss: { ...secondStage.loss, rule } } }),
      };
    },
  } satisfies PlanChoice<typeof CENTER_RULES[number]>,
  "nesterov": {
    flag: oneOf("WORD", ["true", "false"], "whether SGD's momentum is Nesterov's"),
    path: "recipe.optimizer.nesterov",
    with(plan, word) {
      const { id, recipe } = plan;
      if (recipe.optimizer.kind === "adam") {
        throw new UsageError(`--nesterov does not fit ${id}: its optimizer is adam`);
      }
      const { nesterov: _, ...optimizer } = recipe.optimizer;
      const nesterov = `${word}` === "true" && { nesterov: true }; // a flag has a word, a plan a boolean
      return { ...plan, recipe: { ...recipe, optimizer: { ...optimizer, ...nesterov } } };
    },
  } satisfies PlanChoice<"true" | "false">,
  "schedule": {
    flag: oneOf("KIND", KINDS, `of the learning rate: ${KINDS.join(", ")}`),
    path: "schedule.kind",
    with(plan, kind) {
      if (kind === plan.schedule.kind) return plan;
      return { ...plan, schedule: { kind, ...SCHEDULES[kind] } as ScheduleRecipe };
    },
  } satisfies PlanChoice<ScheduleRecipe["kind"]>,
  "step-size": ofSchedule(
    "step-size",
    "stepSize",
    number(whole(1, 999), "step: epochs from one fall of the rate to the next"),
  ),
  "milestones": ofSchedule("milestones", "milestones", MILESTONES),
  "gamma": ofSchedule(
    "gamma",
    "gamma",
    number(FACTOR, "step, milestones: factor on the rate; 0.1 where the row has none"),
  ),
  "factor": ofSchedule(
    "factor",
    "factor",
    number(FACTOR, "plateau: factor on the rate; 0.1 where the row has none"),
  ),
  "patience": ofSchedule(
    "patience",
    "patience",
    number(whole(0, 999), "plateau: epochs let pass; 10 where the row has none"),
  ),
  "threshold": ofSchedule(
    "threshold",
    "threshold",
    number(
      { low: 0, high: 1 },
      "plateau: share by which an epoch must beat the best one to count as better; 1e-4 where the row has none",
    ),
  ),
  "peak": ofSchedule(
    "peak",
    "peak",
    number(BETWEEN, "one-cycle: share of the steps before the peak; 0.2 where the row has none"),
  ),
  "center-ramp": {
    flag: number(
      { low: 0, above: true, high: 1 },
      "one-cycle: share of the steps in which the weight of a center loss rises",
    ),
    path: "schedule.centerRamp",
    with(plan, centerRamp) {
      const { id, schedule, recipe: { loss } } = plan;
      if (schedule.kind === "one-cycle" && loss.kind === "center") {
        return { ...plan, schedule: { ...schedule, centerRamp } };
      }
      throw new UsageError(
        `--center-ramp does not fit ${id}: its loss is ${loss.kind} and its schedule ${schedule.kind}; ` +
          "it is for center and one-cycle",
      );
    },
  } satisfies PlanChoice<number>,
  "leave-out": {
    flag: LEAVE_OUT,
    path: "leaveOut",
    with(plan, leaveOut) {
      if (!("tied" in plan.recipe.loss)) return { ...plan, leaveOut };
      throw new UsageError(
        `--leave-out does not fit ${plan.id}: it ties the centers of classes by their numbers`,
      );
    },
  } satisfies PlanChoice<readonly number[]>,
} as const;

/** The name of one. */
export type ChoiceName = keyof typeof CHOICES;

/** All names. */
export const CHOICE_NAMES = Object.keys(CHOICES) as ChoiceName[];

/** The flags, by name. */
export const CHOICE_FLAGS = Object.fromEntries(
  CHOICE_NAMES.map((name) => [name, CHOICES[name].flag]),
) as { readonly [Name in ChoiceName]: typeof CHOICES[Name]["flag"] };

/**
 * A plan with these choices in place of its own.
 *
 * @throws {UsageError} For a choice that the row does not have, and for a schedule that lacks a number.
 */
export function withChoices(
  plan: Plan,
  values: Readonly<Partial<Record<ChoiceName, unknown>>>,
): Plan {
  for (const name of CHOICE_NAMES) {
    const choice: PlanChoice<unknown> = CHOICES[name];
    if (values[name] !== undefined) plan = choice.with(plan, values[name]);
  }
  const { loss, optimizer } = plan.recipe;
  if (optimizer.kind !== "adam" && optimizer.nesterov && optimizer.momentum === 0) {
    throw new UsageError(
      `--nesterov true does not fit ${plan.id}: its momentum is 0; give --momentum N`,
    );
  }
  if ("margin" in loss && loss.margin === undefined) {
    throw new UsageError("--form margin needs --margin N");
  }
  const missing = Object.entries(plan.schedule).find(([, value]) => value === undefined)?.[0];
  if (missing === undefined) return plan;
  const flag = missing === "stepSize" ? "--step-size N" : "--milestones LIST";
  throw new UsageError(`--schedule ${plan.schedule.kind} needs ${flag}`);
}
