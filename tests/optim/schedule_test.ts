import { assert, assertEquals, assertThrows } from "@std/assert";
import { centerRampShares, oneCycleRates } from "../../src/optim/one_cycle.ts";
import { MultiStepLR, ReduceLROnPlateau, scheduleOf, StepLR } from "../../src/optim/schedule.ts";
import { cases } from "../reference/pytorch.ts";
import { relativeError } from "../../src/reference/relative_error.ts";

Deno.test("StepLR gives PyTorch's rate at every epoch", () => {
  for (const { attrs, lrAtEpoch } of cases.filter(({ op }) => op === "stepLR")) {
    const schedule = new StepLR(attrs);
    const rates = [attrs.lr, ...lrAtEpoch.slice(1).map(() => schedule.next())];
    assert(relativeError(rates, lrAtEpoch) < 1e-12);
  }
});

Deno.test("ReduceLROnPlateau gives PyTorch's rate after every epoch", () => {
  for (const { attrs, metrics, lrAfter } of cases.filter(({ op }) => op === "reduceLROnPlateau")) {
    const schedule = new ReduceLROnPlateau(attrs);
    const rates = metrics.map((metric: number) => schedule.next(metric));
    assert(relativeError(rates, lrAfter) < 1e-12, `${JSON.stringify(attrs)}: ${rates}`);
  }
});

Deno.test("ReduceLROnPlateau continues from its state after a resume", () => {
  for (const { attrs, metrics, lrAfter } of cases.filter(({ op }) => op === "reduceLROnPlateau")) {
    let schedule = new ReduceLROnPlateau(attrs);
    const rates = metrics.map((metric: number) => {
      const resumed = new ReduceLROnPlateau(attrs);
      resumed.load(JSON.parse(JSON.stringify(schedule.state())));
      schedule = resumed;
      return schedule.next(metric);
    });
    assert(relativeError(rates, lrAfter) < 1e-12, `${JSON.stringify(attrs)}: ${rates}`);
  }
});

Deno.test("StepLR continues from its state after a resume", () => {
  const options = { lr: 1, stepSize: 3, gamma: 0.1 };
  const [whole, first, second] = [new StepLR(options), new StepLR(options), new StepLR(options)];
  const expected = Array.from({ length: 8 }, () => whole.next());
  const rates = Array.from({ length: 4 }, () => first.next());
  second.load(JSON.parse(JSON.stringify(first.state())));
  rates.push(...Array.from({ length: 4 }, () => second.next()));
  assertEquals(rates, expected);
});

Deno.test("schedules refuse settings out of range", () => {
  assertThrows(() => new StepLR({ lr: 1, stepSize: 0, gamma: 0.1 }), RangeError, "stepSize is 0");
  assertThrows(() => new ReduceLROnPlateau({ lr: 1, factor: 1 }), RangeError, "factor is 1");
  const halves = [
    [() => new StepLR({ lr: 1, stepSize: 1.5, gamma: 0.1 }), "stepSize is 1.5"],
    [() => new ReduceLROnPlateau({ lr: 1, patience: 1.5 }), "patience is 1.5"],
    [() => new MultiStepLR({ lr: 1, milestones: [2, 3.5], gamma: 0.1 }), "milestone is 3.5"],
  ] as const;
  for (const [make, found] of halves) {
    assertThrows(make, RangeError, `${found}; it must be a whole number from `);
  }
});

Deno.test("schedules refuse the state of something else", () => {
  const step = new StepLR({ lr: 1, stepSize: 1, gamma: 0.1 });
  const milestones = new MultiStepLR({ lr: 1, milestones: [], gamma: 0.1 });
  const plateau = new ReduceLROnPlateau({ lr: 1 });
  const wrong = [
    [step, {}, "StepLR: the epoch of its state is undefined"],
    [step, undefined, "StepLR: the epoch of its state is undefined"],
    [milestones, { epoch: NaN }, "MultiStepLR: the epoch of its state is NaN"],
    [plateau, { epoch: 3 }, "ReduceLROnPlateau: the lr of its state is undefined"],
    [plateau, { lr: 1, best: NaN, bad: 0 }, "ReduceLROnPlateau: the best of its state is NaN"],
    [plateau, { lr: 1, best: 1, bad: -1 }, "ReduceLROnPlateau: the bad of its state is -1"],
  ] as const;
  for (const [schedule, state, found] of wrong) {
    const message = `Cannot continue ${found}; give what its state() gave`;
    assertThrows(() => schedule.load(state as never), TypeError, message);
  }
  assertEquals([step.next(), milestones.next(), plateau.next(1)], [0.1, 1, 1]);
});

Deno.test("oneCycleRates() and centerRampShares() refuse a number of steps that is none", () => {
  for (const rates of [oneCycleRates, centerRampShares]) {
    for (const steps of [0, -1, 2.5, NaN]) {
      assertThrows(
        () => rates({ epochs: 2, peak: 0.5, centerRamp: 0.5 }, 1, steps),
        RangeError,
        `Cannot take ${steps} steps of an epoch of one cycle: it must be a whole number from 1`,
      );
    }
  }
});

Deno.test("oneCycleRates() and centerRampShares() refuse an epoch before the cycle's first", () => {
  const cycle = { epochs: 2, peak: 0.5, first: 3, centerRamp: 0.5 };
  for (const rates of [oneCycleRates, centerRampShares]) {
    assertEquals(rates(cycle, 3, 4), [0.25, 0.5, 0.75, 1]);
    for (const epoch of [2, 0, 2.5, NaN]) {
      assertThrows(
        () => rates(cycle, epoch, 4),
        RangeError,
        `Cannot take the steps of epoch ${epoch} of one cycle: it must be a whole number from 3, the cycle's first`,
      );
    }
  }
});

Deno.test("MultiStepLR falls after each milestone, and continues after a resume", () => {
  const options = { lr: 1, milestones: [2, 3, 5], gamma: 0.5 };
  const [whole, first, second] = [0, 1, 2].map(() => new MultiStepLR(options));
  options.milestones.fill(1); // they have their own
  const expected = Array.from({ length: 6 }, () => whole.next());
  assertEquals(expected, [1, 0.5, 0.25, 0.25, 0.125, 0.125]);
  const rates = Array.from({ length: 3 }, () => first.next());
  second.load(JSON.parse(JSON.stringify(first.state())));
  assertEquals([...rates, ...Array.from({ length: 3 }, () => second.next())], expected);
});

Deno.test("scheduleOf() builds each kind", () => {
  const rates = (recipe: Parameters<typeof scheduleOf>[0]) => {
    const schedule = scheduleOf(recipe, 1);
    return Array.from({ length: 3 }, () => schedule.next(0.5));
  };
  assertEquals(rates({ kind: "constant" }), [1, 1, 1]);
  assertEquals(rates({ kind: "step", stepSize: 2, gamma: 0.5 }), [1, 0.5, 0.5]);
  assertEquals(rates({ kind: "milestones", milestones: [1], gamma: 0.5 }), [0.5, 0.5, 0.5]);
  const plateau = { kind: "plateau", mode: "max", factor: 0.5, patience: 0, threshold: 0 } as const;
  assertEquals(rates(plateau), [1, 0.5, 0.25]);
});

Deno.test("scheduleOf() refuses an unknown kind and settings out of range", () => {
  const wrong = [
    [{ kind: "foo" }, 'Cannot make the schedule: kind is "foo"; it must be one of plateau, step, '],
    [{ kind: "toString" }, 'kind is "toString"'],
    [{ kind: "plateau", mode: "foo" }, 'mode is "foo"; it must be one of min, max'],
    [{ kind: "plateau", mode: "max", patience: NaN }, "patience is NaN"],
    [{ kind: "step", stepSize: 1, gamma: -1 }, "gamma is -1"],
    [{ kind: "milestones", milestones: [NaN], gamma: 0.1 }, "milestone is NaN"],
  ] as const;
  for (const [recipe, message] of wrong) {
    assertThrows(() => scheduleOf(recipe as never, 1), RangeError, message);
  }
  assertThrows(
    () => scheduleOf({ kind: "milestones", gamma: 1 } as never, 1),
    TypeError,
    "Cannot make MultiStepLR: milestones is undefined; give a list of numbers",
  );
  assertThrows(() => scheduleOf({ kind: "constant" }, NaN), RangeError, "lr is NaN");
});
