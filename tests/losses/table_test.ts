/** The table of losses: what every entry has to say, and that rows and flags follow from it. */
import { assert, assertEquals, assertThrows } from "@std/assert";
import { UsageError } from "../../src/base/errors.ts";
import { within } from "../../src/base/range.ts";
import { parseOptions } from "../experiments/parse_options.ts";
import { checkFit } from "../../experiments/plan/fit.ts";
import { CATALOG } from "../../experiments/rows/catalog.ts";
import { RELATIVES } from "../../experiments/rows/relatives.ts";
import type { ImageSet } from "../../src/dataset/image_set.ts";
import { objectiveOf } from "../../src/losses/objective.ts";
import {
  LOSSES,
  type LossKind,
  lossOf,
  type LossRecipe,
  settingsOf,
} from "../../src/losses/table.ts";

const KINDS = Object.keys(LOSSES) as LossKind[];

Deno.test("LOSSES: each begins with a recipe of its kind, whose numbers and words are what they may be", () => {
  for (const kind of KINDS) {
    const { start, name, idea, formula, source } = lossOf(kind);
    assertEquals(start.kind, kind);
    for (const text of [name, idea, formula, source]) assert(text.length > 2, kind);
    for (const [field, setting] of Object.entries(settingsOf(kind))) {
      const value = (start as unknown as Record<string, unknown>)[field];
      if (value === undefined) continue;
      if ("range" in setting) assert(within(value as number, setting.range), `${kind} ${field}`);
      if ("words" in setting) assert(setting.words.includes(value as string), `${kind} ${field}`);
    }
    const { terms, weights } = objectiveOf(start as LossRecipe, 10);
    assertEquals(terms.length, weights.length, kind);
  }
});

Deno.test("RELATIVES: a row for each loss and set, which every preset takes and every flag of its loss changes", () => {
  assertEquals(RELATIVES.length, 2 * KINDS.filter((kind) => lossOf(kind).row).length);
  for (const { id, recipe: { loss } } of RELATIVES) {
    assertEquals(CATALOG.get(id)?.id, id);
    for (const preset of ["paper", "fast", "quick", "small", "smoke"]) {
      const { plan } = parseOptions([id, "--preset", preset])!;
      assertEquals(plan.recipe.loss, loss, `${id} ${preset}`);
    }
    for (const [field, setting] of Object.entries(settingsOf(loss.kind))) {
      if (!("flag" in setting)) continue;
      const { whole, low = 0, high = 1 } = setting.range;
      const value = whole ? Math.min(low + 1, high) : low + (Math.min(high, 2) - low) / 3;
      const { plan } = parseOptions([id, `--${setting.flag}`, `${value}`, "--preset", "small"])!;
      assertEquals(plan.recipe.loss, { ...loss, [field]: value }, `${id} --${setting.flag}`);
    }
  }
});

Deno.test("a flag of another loss, and a number that the loss may not have, are refused by name", () => {
  const refused: [args: string[], message: string][] = [
    [["adacos-mnist-2", "--scale", "3"], "--scale does not fit adacos-mnist-2: its loss is adacos"],
    [["xent-mnist-2", "--margin", "3"], "--margin does not fit xent-mnist-2: its loss has none"],
    [
      ["arcface-mnist-2", "--margin", "4"],
      "--margin is 4; for the loss arcface it must be a number from 0 to 3.14",
    ],
    [
      ["sphereface-mnist-2", "--margin", "1.5"],
      "--margin is 1.5; for the loss sphereface it must be a whole number from 1 to 8",
    ],
  ];
  for (const [args, message] of refused) {
    assertThrows(() => parseOptions(args), UsageError, message);
  }
});

Deno.test("objectiveOf() refuses a number that a loss may not have", () => {
  const wrong = { kind: "arcface", scale: 10, margin: 4, ramp: 0 } as const;
  const message =
    'Cannot train the loss "arcface": margin is 4; it must be a number from 0 to 3.14';
  assertThrows(() => objectiveOf(wrong), RangeError, message);
  assertThrows(() => objectiveOf({ ...wrong, margin: NaN }), RangeError, "margin is NaN");
});

Deno.test("objectiveOf() refuses a field of another type before it makes anything of it", () => {
  const own = { kind: "own", weights: { own: 1 }, centers: "none", readsLogits: true };
  const refused: [recipe: unknown, message: string][] = [
    [{ kind: "own" }, 'Cannot train the loss "own": weights is missing; it must be an object'],
    [{ ...own, weights: { own: NaN } }, 'weights["own"] is NaN; it must be a number from -3.4e+38'],
    [{ ...own, weights: () => 1 }, "weights is function; it must be an object"],
    [{ ...own, readsLogits: 1 }, "readsLogits is 1; it must be true or false"],
    [{ ...own, centers: "some" }, 'centers is "some"; it must be one of learned, none'],
    [
      { kind: "center", weight: 1, rule: "autograd", tied: "both" },
      'Cannot train the loss "center": tied is "both"; it must be a list',
    ],
  ];
  for (const [recipe, message] of refused) {
    assertThrows(() => objectiveOf(recipe as LossRecipe), TypeError, message);
  }
});

Deno.test("checkFit() refuses a loss on too few features or classes, with what to do", () => {
  const images = (classes: number) =>
    ({ classNames: Array.from({ length: classes }, String) }) as unknown as ImageSet;
  const fit = (args: string[], classes: number) => () =>
    checkFit(parseOptions(args)!.plan, images(classes));
  fit(["simplex-mnist-128"], 10)();
  const few = "it needs 9 at least; give another --feat-dim, or choose another row";
  assertThrows(fit(["simplex-mnist-128", "--feat-dim", "2"], 10), UsageError, few);
  const two = 'Cannot train the loss "adacos" on 2 classes';
  assertThrows(fit(["adacos-mnist-2"], 2), UsageError, two);
});

Deno.test("LOSSES: the formula of a loss with a rule names the rule that it is of", () => {
  const ruled = Object.values(LOSSES).filter(({ start }) => "rule" in start);
  assertEquals(ruled.length, 2);
  for (const { formula, start } of ruled) {
    assert(formula.endsWith(`by rule ${(start as { rule: string }).rule}`), formula);
  }
});
