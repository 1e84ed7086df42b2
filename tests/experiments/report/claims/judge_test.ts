import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { type Bounds, judge } from "../../../../experiments/report/claims/judge.ts";
import { Random } from "../../../../src/model/random.ts";

const cases: [values: number[], bounds: Bounds, verdict: string][] = [
  [[0.1, 0.11, 0.12], { above: 0 }, "holds"],
  [[0.1, 0.11, 0.12], { below: 0 }, "does not hold"],
  [[0.1, -0.05, 0.12], { above: 0 }, "cannot be told"],
  // Two of three may be chance, however clear they look.
  [[1, 1], { above: 0 }, "cannot be told"],
  [[1], { above: 0 }, "cannot be told"],
  [[], { above: 0 }, "cannot be told"],
  [[0.001, -0.001, 0], { above: -0.01, below: 0.01 }, "holds"],
  [[0.03, 0.031, 0.029], { above: -0.01, below: 0.01 }, "does not hold"],
  [[0.009, 0.011, 0.01], { above: -0.01, below: 0.01 }, "cannot be told"],
  // At the threshold itself nothing is above it.
  [[2, 2, 2], { above: 2 }, "does not hold"],
  [[2, 2, 2], { above: 1 }, "holds"],
  // What is claimed of every run, one run refutes.
  [[2, 1, 2], { above: 1.5, always: true }, "does not hold"],
  [[2, 2, 2], { above: 1.5, always: true }, "holds"],
  [[0, 1], { above: 1.5, always: true }, "cannot be told"],
];
for (const [values, bounds, verdict] of cases) {
  Deno.test(`judge() ${values} for ${JSON.stringify(bounds)}: ${verdict}`, () => {
    assertEquals(judge(values, bounds).verdict, verdict);
  });
}

Deno.test("judge() takes Student's interval", () => {
  // The deviation is 1.527525, its part of the mean's 0.881917, and t 4.302653.
  const { mean, interval } = judge([1, 2, 4], {});
  assertAlmostEquals(mean, 7 / 3);
  assertAlmostEquals(interval[0], 7 / 3 - 4.302653 * 0.881917, 1e-3);
  assertAlmostEquals(interval[1], 7 / 3 + 4.302653 * 0.881917, 1e-3);
});

Deno.test("judge() lets a claim on its bound hold one time in forty, as the pages say", () => {
  const random = new Random(1, "shuffle"), times = 8000;
  for (const seeds of [3, 5]) {
    let holds = 0;
    for (let i = 0; i < times; i++) {
      const values = Array.from({ length: seeds }, () => random.normal());
      if (judge(values, { above: 0 }).verdict === "holds") holds++;
    }
    // 0.025, and a deviation of 0.0017.
    assert(Math.abs(holds / times - 0.025) < 0.006, `${holds / times} with ${seeds} seeds`);
  }
});
