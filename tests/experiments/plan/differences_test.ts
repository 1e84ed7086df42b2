import { assertEquals } from "@std/assert";
import { parseOptions } from "../parse_options.ts";
import { madeSmall } from "../../../experiments/plan/differences.ts";
import { differences } from "../../../experiments/plan/flag_differences.ts";
import { type Plan, planOf } from "../../../experiments/plan/plan.ts";
import { CATALOG } from "../../../experiments/rows/catalog.ts";

const published = (id: string) => planOf(CATALOG.get(id)!, "paper");
const planned = (line: string) => parseOptions(line.split(" "))!.plan;

const TABLE = "width factor 0.5 (published 1), batch size 16 (published 128), ";
const small: [what: string, id: string, change: (plan: Plan) => Plan, words: string][] = [
  [
    "numbers, with those that were published",
    "cent-mnist-2",
    ({ recipe, ...plan }) => ({
      ...plan,
      recipe: { ...recipe, widthFactor: 0.5, batchSize: 16 },
      trainSize: 10_000,
      lastEpochFactor: 0.1,
    }),
    `${TABLE}last epoch factor 0.1 (published 1), train size 10,000 (published all)`,
  ],
  [
    "whose a number is, and that a row has none",
    "wen-mnist",
    ({ recipe, ...plan }) => ({
      ...plan,
      recipe: {
        ...recipe,
        centers: { ...recipe.centers!, lr: 0.25 },
        stepsPerEpoch: undefined,
      },
      secondStage: { epochs: 2, from: "last", loss: { kind: "cross-entropy" } },
    }),
    "centers lr 0.25 (published 0.01), steps per epoch unset (published 250), second stage epochs 2, " +
    "second stage from last, second stage kind cross-entropy",
  ],
  [
    "the kind of another schedule that has no fields",
    "kz-center",
    (plan) => ({ ...plan, schedule: { kind: "constant" } }),
    "schedule constant (published step)",
  ],
  [
    "the fields of another schedule behind its kind",
    "kz-center",
    (plan) => ({ ...plan, schedule: { kind: "milestones", milestones: [10, 20], gamma: 0.5 } }),
    "schedule milestones of milestones 10,20 and gamma 0.5 (published step)",
  ],
  [
    "the peak and the ramp of one cycle",
    "kz-center",
    (plan) => ({ ...plan, schedule: { kind: "one-cycle", peak: 0.2, centerRamp: 0.6 } }),
    "schedule one-cycle of peak 0.2 and center ramp 0.6 (published step)",
  ],
  [
    "the fields of a schedule of the same kind",
    "kz-center",
    (plan) => ({ ...plan, schedule: { kind: "step", stepSize: 2, gamma: 0.5 } }),
    "schedule step size 2 (published 20)",
  ],
  ["nothing of another seed", "kz-center", (plan) => ({ ...plan, seed: 7 }), ""],
];
for (const [what, id, change, words] of small) {
  Deno.test(`madeSmall() says ${what}`, () => {
    assertEquals(madeSmall(published(id), change(published(id))), words);
  });
}

Deno.test("madeSmall() names one's own images, and says nothing of where they are", () => {
  const plan = planned("kz-softmax --data folder:a/b --seed 3 --preset quick");
  const words = madeSmall(published("kz-softmax"), plan);
  assertEquals(words.includes("dataset b (published mnist)"), true, words);
  assertEquals(/source|folder|share|seed|preset/.test(words), false, words);
});

Deno.test("differences() names every number that decides a run, and no words about it", () => {
  const [a, b] = ["", " --data folder:x --test-share 0.5"].map((flags) =>
    planned(`kz-center --preset quick${flags}`)
  );
  assertEquals(differences(a, { ...a, summary: "other", source: undefined }), []);
  assertEquals(differences(a, b), [
    "dataset is mnist there, x here",
    "--data is not set there, folder:x here",
    "--test-share is not set there, 0.5 here",
  ]);
});
