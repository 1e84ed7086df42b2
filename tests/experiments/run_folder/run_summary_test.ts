/** Which epoch of a run counts as its best. */
import { assertEquals } from "@std/assert";
import { bestSoFar, columnOf, summaryAfter } from "../../../experiments/run_folder/run_summary.ts";

const scoring = "logit" as const;
const lines = (...all: readonly (number | "")[]) =>
  all.map((it) => ({ [columnOf(scoring)]: `${it}` }));

Deno.test("bestSoFar() takes the first of equals, and passes over epochs that were not tested", () => {
  const plan = { scoring, epochs: 5 };
  assertEquals(bestSoFar(lines("", 0.5, "", 0.7, 0.7), plan), { epoch: 4, accuracy: 0.7 });
  assertEquals(bestSoFar(lines("", ""), plan), undefined);
  assertEquals(bestSoFar([], plan), undefined);
});

Deno.test("bestSoFar() of two stages is one of the second, as soon as that has begun", () => {
  const plan = { scoring, epochs: 4, secondStage: { epochs: 2 } as never };
  assertEquals(bestSoFar(lines(0.9, 0.8), plan), { epoch: 1, accuracy: 0.9 });
  assertEquals(bestSoFar(lines(0.9, 0.8, ""), plan), undefined);
  assertEquals(bestSoFar(lines(0.6, 0.8, 0.5, 0.6), plan), { epoch: 4, accuracy: 0.6 });
  const { last, best } = summaryAfter(lines(0.9, 0.8, 0.5, 0.6, 0.99), plan);
  assertEquals([last, best], [0.6, { epoch: 4, accuracy: 0.6 }]);
});
