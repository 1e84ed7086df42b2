import { assert, assertEquals, assertThrows } from "@std/assert";
import { ReduceLROnPlateau, StepLR } from "../../src/optim/schedule.ts";
import { cases } from "../reference/pytorch.ts";
import { relativeError } from "../reference/relative_error.ts";

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
});
