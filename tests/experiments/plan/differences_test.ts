import { assertEquals } from "@std/assert";
import { CATALOG } from "../../../experiments/rows/catalog.ts";
import type { Quick } from "../../../experiments/rows/experiment.ts";
import { parseOptions } from "../../../experiments/flags/exp.ts";
import { differences, madeSmall } from "../../../experiments/plan/differences.ts";
import { planOf } from "../../../experiments/plan/plan.ts";

const published = (id: string) => planOf(CATALOG.get(id)!, "paper");
const quick = (line: string) => parseOptions([...line.split(" "), "--preset", "quick"])!.plan;

/** Whatever the row's own quick recipe is. */
const QUICK = {
  widthFactor: 0.5,
  batchSize: 16,
  epochs: 4,
  trainSize: 10_000,
  testSize: 2_000,
  lastEpochFactor: 0.1,
};
const SMALL = "last epoch factor 0.1 (published 1), train size 10,000 (published all), " +
  "test size 2,000 (published all)";
const rows: [id: string, quick: Quick, words: string][] = [
  [
    "cent-mnist-2",
    QUICK,
    `width factor 0.5 (published 1), batch size 16 (published 128), epochs 4 (published 100), ${SMALL}`,
  ],
  [
    "kz-center",
    { ...QUICK, lr: 0.01, centersLr: 0.25, schedule: { kind: "constant" } },
    "width factor 0.5 (published 1), lr 0.01 (published 0.001), centers lr 0.25 (published 0.5), " +
    "batch size 16 (published 128), schedule constant (published step), epochs 4 (published 100), " +
    SMALL,
  ],
  [
    "mx-center-second",
    { ...QUICK, schedule: { kind: "constant" }, secondStageEpochs: 2 },
    "width factor 0.5 (published 1), batch size 16 (published 128), schedule constant (published step), " +
    `epochs 4 (published 60), second stage epochs 2 (published 30), ${SMALL}`,
  ],
  [
    "wen-mnist",
    { ...QUICK, schedule: { kind: "constant" }, stepsPerEpoch: 625 },
    "width factor 0.5 (published 1), batch size 16 (published 128), steps per epoch 625 (published 250), " +
    `schedule constant (published milestones), epochs 4 (published 40), ${SMALL}`,
  ],
];
for (const [id, quick, words] of rows) {
  Deno.test(`madeSmall() says what preset quick changes of ${id}`, () => {
    const plan = planOf({ ...CATALOG.get(id)!, quick }, "quick");
    assertEquals(madeSmall(published(id), { ...plan, seed: 7 }), words);
  });
}

Deno.test("madeSmall() names one's own images, and says nothing of where they are", () => {
  const words = madeSmall(published("kz-softmax"), quick("kz-softmax --data folder:a/b --seed 3"));
  assertEquals(words.includes("dataset b (published mnist)"), true, words);
  assertEquals(/source|folder|share|seed|preset/.test(words), false, words);
});

Deno.test("madeSmall() keeps the fields of a schedule of the same kind apart", () => {
  const plan = published("kz-center");
  const schedule = { kind: "step", stepSize: 2, gamma: 0.5 } as const;
  assertEquals(madeSmall(plan, { ...plan, schedule }), "schedule step size 2 (published 20)");
});

Deno.test("differences() names every number that decides a run, and no words about it", () => {
  const [a, b] = ["", " --data folder:x --test-share 0.5"].map((flags) =>
    quick(`kz-center${flags}`)
  );
  assertEquals(differences(a, { ...a, summary: "other", source: undefined }), []);
  assertEquals(differences(a, b), [
    'dataset is "mnist" there, "x" here',
    'ownData.source is not set there, "folder:x" here',
    "ownData.testShare is not set there, 0.5 here",
  ]);
});
