import { assertEquals, assertThrows } from "@std/assert";
import { CATALOG } from "../../../experiments/rows/catalog.ts";
import { plainName, plan } from "../../../experiments/plan/checks.ts";
import { type Plan, planOf, PRESETS } from "../../../experiments/plan/plan.ts";

Deno.test("plan() takes the plan of every row under every preset as it is", () => {
  for (const row of CATALOG.values()) {
    for (const preset of PRESETS) {
      if (preset === "fast" && row.source?.row === undefined) continue; // it is for the table's rows
      const json = JSON.parse(JSON.stringify(planOf(row, preset)));
      assertEquals(plan(json, "plan"), json);
    }
  }
});

/** Sets one value, or deletes it, by its path. */
function changed(path: string, value: unknown): unknown {
  const json = JSON.parse(JSON.stringify(planOf(CATALOG.get("cent-mnist-2")!, "quick")));
  const names = path.split("."), last = names.pop()!;
  names.reduce((of, name) => of[name] ??= {}, json)[last] = value;
  return json;
}

const refused: [path: string, value: unknown, message: string][] = [
  ["id", "../../etc", 'plan.id is "../../etc"; it must be a plain name'],
  ["id", "..", 'plan.id is ".."; it must be a plain name'],
  ["preset", "../paper", 'plan.preset is "../paper"; it must be one of paper, fast, quick, small'],
  ["dataset", "../x", 'plan.dataset is "../x"; it must be a plain name'],
  ["dataset", "toString", 'plan.dataset is "toString", which is no data set here'],
  ["seed", -1, "plan.seed is -1; it must be a whole number from 0"],
  ["epochs", "4", 'plan.epochs is "4"; it must be a whole number'],
  ["scoring", "vote", 'plan.scoring is "vote"; it must be one of logit, nearest-center'],
  ...[0, 1].map((share): [string, unknown, string] => [
    "ownData",
    { source: "folder:a", testShare: share },
    `plan.ownData.testShare is ${share}; it must be a number above 0 and below 1`,
  ]),
  ["ownData", { source: "folder:a", height: 28 }, "plan.ownData must have both height and width"],
  ["recipe", null, "plan.recipe is null; it must be an object"],
  [
    "recipe.network",
    "vgg",
    'plan.recipe.network is "vgg"; it must be one of resnet, four-convs, lenetpp',
  ],
  ["recipe.network", { kind: "lenetpp" }, "plan.recipe.network.activation is undefined"],
  ["recipe.featureDim", 1e9, "plan.recipe.featureDim is 1000000000; it must be a whole number"],
  ["recipe.widthFactor", 0.3, "plan.recipe.widthFactor is 0.3; 32 channels times it"],
  ["recipe.batchSize", 0, "plan.recipe.batchSize is 0; it must be a whole number from 1"],
  ["recipe.loss", {}, "plan.recipe.loss.kind is missing"],
  ["recipe.loss.kind", "hinge", 'plan.recipe.loss.kind is "hinge"; it must be one of'],
  ["recipe.loss.weight", undefined, "plan.recipe.loss.weight is missing; it must be a number"],
  ["recipe.loss.rule", "mean", 'plan.recipe.loss.rule is "mean"; it must be one of autograd'],
  ["recipe.loss.tied", [4], "plan.recipe.loss.tied must be two classes"],
  [
    "recipe.optimizer.lr",
    0,
    "plan.recipe.optimizer.lr is 0; it must be a number from 5e-324 to 3.4e+38",
  ],
  [
    "recipe.optimizer.momentum",
    1,
    "plan.recipe.optimizer.momentum is 1; it must be a number from 0",
  ],
  ["recipe.centers", { init: { uniform: 0 } }, "plan.recipe.centers.init.uniform is 0; it must be"],
  ["recipe.centers", { init: "zero" }, 'plan.recipe.centers.init is "zero"; it must be one of'],
  ["recipe.centers", { init: "normal", momentum: 0 }, "plan.recipe.centers.lr is missing; it must"],
  ["recipe.optimizer.kind", "rms", 'plan.recipe.optimizer.kind is "rms"; it must be sgd'],
  ["recipe.augmentation", undefined, "plan.recipe.augmentation is missing; it must be"],
  [
    "schedule",
    { kind: "one-cycle", peak: 0.2, centerRamp: 2 },
    "plan.schedule.centerRamp is 2; it must be",
  ],
  ["schedule", { kind: "one-cycle", peak: 1 }, "plan.schedule.peak is 1; it must be a number from"],
  ["schedule.kind", "cosine", 'plan.schedule.kind is "cosine"; it must be one of plateau'],
  ["ownData", { source: "ftp:x" }, 'plan.ownData.source: Unknown images "ftp:x"'],
  ["figures", { range: -1 }, "plan.figures.range is -1; it must be a number from"],
];
for (const [path, value, message] of refused) {
  Deno.test(`plan() refuses ${path} ${JSON.stringify(value)}`, () => {
    assertThrows(
      () => plan(changed(path, value), "plan"),
      TypeError,
      message.replace("is undefined", "is missing"),
    );
  });
}

Deno.test("plan() keeps what a later version added", () => {
  const later = changed("recipe.sharpness", 3) as Plan;
  assertEquals(plan(later, "plan"), later);
});

Deno.test("plainName() takes names of rows on one's own images", () => {
  assertEquals(plainName("keras-lambda-0.5@my_shapes", "id"), "keras-lambda-0.5@my_shapes");
  for (const name of ["", ".", "a.", "a/b", "a\\b", "a\nb", "/a"]) {
    assertThrows(() => plainName(name, "id"), TypeError, "it must be a plain name");
  }
});
