/** When a submit is full: commands of invented costs at invented times. */
import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { SubmitBudget } from "../../src/gpu/submit_budget.ts";

const GIGA = 1e9;
const flops = (flops: number) => ({ flops, bytes: 0 });

/** Takes commands of one cost until the submit is full; how many it holds. */
function fill(budget: SubmitBudget, cost: { flops: number; bytes: number }): number {
  let count = 0;
  for (; !budget.overflows(cost); count++) budget.add(cost);
  return count;
}

/** A submit at one time, and a read that shows at another that it is done. */
function run(budget: SubmitBudget, [at, until]: [number, number], operations: number): void {
  budget.add(flops(operations));
  budget.submitted(at);
  budget.done(budget.mark, until);
}

Deno.test("SubmitBudget fills a submit with 5 GFLOP until a rate was measured", () => {
  assertEquals(fill(new SubmitBudget(), flops(0.5 * GIGA)), 9); // a command counts a little itself
  assertEquals(fill(new SubmitBudget(20), flops(0.5 * GIGA)), 1);
});

Deno.test("SubmitBudget fills a submit with what the adapter did in 100 ms, or in what is wished", () => {
  for (const [aim, count] of [[100, 19], [20, 3]]) {
    const budget = new SubmitBudget(aim);
    run(budget, [1000, 2000], 100 * GIGA); // 100 GFLOP/s
    assertEquals(fill(budget, flops(0.5 * GIGA)), count);
  }
});

Deno.test("SubmitBudget takes no more than 2,048 commands, however little they do", () => {
  const budget = new SubmitBudget();
  run(budget, [0, 1000], 20_000 * GIGA);
  assertEquals(fill(budget, flops(0)), 2048);
  budget.submitted(1000);
  assertEquals(fill(budget, flops(0)), 2048);
});

Deno.test("SubmitBudget counts bytes where a command has more of them than operations", () => {
  const [elementwise, product] = [{ flops: 0, bytes: 1e8 }, { flops: 1e9, bytes: 1e7 }];
  assertEquals(fill(new SubmitBudget(), elementwise), 6);
  assertEquals(fill(new SubmitBudget(), product), 4);
});

Deno.test("SubmitBudget gives a command larger than a submit one of its own", () => {
  const budget = new SubmitBudget(), large = flops(50 * GIGA);
  budget.add(flops(1));
  assert(budget.overflows(large));
  budget.submitted(0);
  assert(!budget.overflows(large));
  budget.add(large);
  assert(budget.overflows(flops(1)));
});

Deno.test("SubmitBudget measures from the first submit after the GPU was idle, over all submits until a read", () => {
  const budget = new SubmitBudget();
  for (const at of [1000, 1100, 1200]) {
    budget.add(flops(10 * GIGA));
    budget.submitted(at);
  }
  const mark = budget.mark;
  budget.add(flops(10 * GIGA)); // after the read, of which it is no part
  budget.submitted(1300);
  budget.done(mark, 1600);
  assertAlmostEquals(budget.operations, 5 * GIGA, 0.01 * GIGA); // 30 GFLOP in 600 ms
  budget.done(budget.mark, 1700); // the last one kept it busy from there on
  assertAlmostEquals(budget.operations, 10 * GIGA, 0.01 * GIGA);
});

Deno.test("SubmitBudget rises to a faster rate at once, and falls by half at the most", () => {
  const budget = new SubmitBudget();
  run(budget, [0, 1000], 100 * GIGA);
  run(budget, [1000, 2000], 800 * GIGA);
  assertAlmostEquals(budget.operations, 80 * GIGA, GIGA);
  run(budget, [2000, 12_000], 100 * GIGA); // a CPU that was slow
  assertAlmostEquals(budget.operations, 40 * GIGA, GIGA);
  run(budget, [12_000, 13_000], 100 * GIGA);
  assertAlmostEquals(budget.operations, 20 * GIGA, GIGA);
});

Deno.test("SubmitBudget learns nothing from short stretches, small ones, and those in which kernels were compiled", () => {
  const budget = new SubmitBudget(), before = budget.operations;
  run(budget, [0, 20], 100 * GIGA); // twice the sleep of a read
  run(budget, [100, 1100], GIGA); // a fifth of a submit
  budget.delayed();
  run(budget, [2000, 3000], 100 * GIGA);
  budget.done(budget.mark, 4000); // nothing was submitted
  assertEquals(budget.operations, before);
  run(budget, [5000, 6000], 100 * GIGA); // compiling was before
  assertAlmostEquals(budget.operations, 10 * GIGA, 0.01 * GIGA);
});

Deno.test("SubmitBudget keeps a slow small GPU below a watchdog from the first submit on", () => {
  const budget = new SubmitBudget(), rate = 80 * GIGA / 1000; // a UHD 620, operations a millisecond
  let now = 0, begun = 0, gathered = 0, longest = 0;
  for (let step = 0; step < 200; step++) { // as of LeNet++: most of the work in few dispatches
    for (const cost of [...Array(30).fill(5 * GIGA), ...Array(100).fill(0.1 * GIGA)].map(flops)) {
      if (budget.overflows(cost)) {
        longest = Math.max(longest, gathered / rate);
        now += gathered / rate;
        gathered = 0;
        budget.submitted(begun);
      }
      if (gathered === 0) begun = now;
      budget.add(cost);
      gathered += cost.flops;
    }
    if (step % 8 === 0) budget.done(budget.mark, now + 10);
  }
  assert(longest < 150, `${longest} ms`);
});

Deno.test("SubmitBudget refuses times that are none", () => {
  for (const ms of [0, -20, NaN]) {
    assertThrows(() => new SubmitBudget(ms), RangeError, `A submit cannot take ${ms} ms`);
  }
});
