/** `deno task exp ID`: what a command line makes of a row. */
import { assertEquals, assertThrows } from "@std/assert";
import { join } from "node:path";
import { plan as checkPlan } from "../../../experiments/plan/checks.ts";
import type { Plan } from "../../../experiments/plan/plan.ts";
import { CATALOG } from "../../../experiments/rows/catalog.ts";
import { expCommand } from "../../../experiments/flags/exp.ts";
import { parseOptions } from "../parse_options.ts";
import { STUDIES } from "../../../experiments/studies/catalog.ts";
import { helpOf } from "../../../cli/help.ts";
import { UsageError } from "../../../src/base/errors.ts";
import { CENTER_RULES } from "../../../src/losses/center_loss.ts";

const parse = (line: string) => parseOptions(line.split(" ").filter((word) => word !== ""))!;

Deno.test("parseOptions() takes a row as published when only its id is given", () => {
  const { plan, ...rest } = parse("cent-mnist-2");
  const missing = { dataDir: undefined, adapter: undefined, submitMs: undefined, tiles: undefined };
  assertEquals(rest, {
    ...{
      out: "runs",
      ...missing,
      predict: undefined,
      font: undefined,
      tune: true,
      regions: false,
      contours: undefined,
      angles: false,
      events: true,
      measures: false,
    },
    ...{ resume: false, overwrite: false, verbose: false, changed: [] },
  });
  const { id, preset, epochs, seed, recipe } = plan;
  assertEquals([id, preset, epochs, recipe.batchSize, seed], [
    ...["cent-mnist-2", "paper", 100, 128, 1],
  ]);
});

Deno.test("parseOptions() puts every flag where it belongs, and leaves the row itself alone", () => {
  const numbers =
    "epochs 3 batch-size 32 lr 0.5 weight-center 0 feat-dim 3 width 0.25 train-size 64 test-size 10";
  const flags = numbers.replace(/[a-z]+(-[a-z]+)?/g, "--$&");
  const { plan, ...rest } = parse(
    `cent-mnist-2 --preset quick ${flags} --seed 0 --out there --data-dir=here --tiles t.json --no-tune ` +
      "--predict p.csv --font f.ttf --adapter low-power --submit-ms 20 --overwrite --verbose",
  );
  assertEquals(rest, {
    ...{ out: "there", dataDir: "here", adapter: "low-power", submitMs: 20, tiles: "t.json" },
    ...{
      predict: "p.csv",
      font: "f.ttf",
      tune: false,
      regions: false,
      contours: undefined,
      angles: false,
      events: true,
      measures: false,
      resume: false,
      overwrite: true,
      verbose: true,
    },
    changed: numbers.split(" ").filter((_, i) => i % 2 === 0),
  });
  const { epochs, trainSize, testSize, seed, preset, recipe } = plan;
  assertEquals([epochs, trainSize, testSize, seed, preset], [3, 64, 10, 0, "quick"]);
  assertEquals(recipe, {
    network: "resnet",
    featureDim: 3,
    widthFactor: 0.25,
    loss: { kind: "center", weight: 0, rule: "autograd" },
    optimizer: { lr: 0.5, momentum: 0.9, weightDecay: 0 },
    batchSize: 32,
    augmentation: { flip: 0, rotation: 5, padding: 0 },
  });
  // config.json keeps the order of the fields.
  const fields = (it: object) => Object.keys(it).join();
  const quick = parse("cent-mnist-2 --preset quick").plan;
  assertEquals([fields(plan), fields(recipe)], [
    `${fields(quick)},variant`,
    fields(quick.recipe),
  ]);
  const { recipe: published } = parse("cent-mnist-2").plan;
  assertEquals([published.optimizer.lr, published.loss, published.batchSize], [
    ...[0.01, { kind: "center", weight: 1, rule: "autograd" }, 128],
  ]);
});

Deno.test("parseOptions() takes --resume with what names the folder", () => {
  const line =
    "xent-mnist-2 --resume --preset smoke --adapter software --seed 3 --out x --data-dir y";
  assertEquals(parse(line).changed, []);
});

Deno.test("parseOptions() sets the numbers of each loss", () => {
  const lossOf = (line: string) => parse(line).plan.recipe.loss;
  assertEquals(lossOf("standalone-mnist-2 --weight-intra 0.5 --weight-inter 0.25"), {
    ...{ kind: "standalone", weightIntra: 0.5, weightInter: 0.25, form: "log1p" },
  });
  for (const kind of ["center-repulsion", "center-softmax"] as const) {
    const loss: unknown = lossOf(`${kind}-mnist-2 --exponent 0.2 --weight-inter 2`);
    assertEquals(loss, { kind, alpha: 0.2, weightIntra: 1, weightInter: 2 });
  }
  const { epochs, secondStage } = parse("mx-10-30 --epochs 31").plan;
  assertEquals([epochs, secondStage!.epochs], [31, 30]);
});

Deno.test("parseOptions() --from names a checkpoint: the best for a second stage, else the last", () => {
  const { plan, changed } = parse("mx-10-30 --from runs/a/ --lr 0.5");
  assertEquals([plan.from, plan.epochs, plan.secondStage], [
    ...[join("runs", "a", "best.safetensors"), 30, undefined],
  ]);
  assertEquals([plan.recipe.loss.kind, changed], ["center-alone", ["lr", "from"]]);
  assertEquals(parse("kz-center --from runs/a").plan.from, join("runs", "a", "last.safetensors"));
  assertEquals(parse("kz-center --from a/b.safetensors").plan.from, "a/b.safetensors");
  assertEquals(checkPlan(JSON.parse(JSON.stringify(plan)), "plan"), plan);
});

const lossOf = ({ recipe }: Plan) => recipe.loss;
const OWN = { momentum: 0, weightDecay: 0 };
const scheduleIn = ({ schedule }: Plan) => schedule;
const settings: [line: string, read: (plan: Plan) => unknown, value: unknown][] = [
  ["cent-mnist-2 --lambda 0.5", lossOf, { kind: "center", weight: 0.5, rule: "autograd" }],
  ["cent-mnist-2 --lambda=0.5", lossOf, { kind: "center", weight: 0.5, rule: "autograd" }],
  ["standalone-mnist-2 --form log", lossOf, {
    ...{ kind: "standalone", weightIntra: 1, weightInter: 0.1, form: "log" },
  }],
  ["standalone-mnist-2 --margin 9 --form margin", lossOf, {
    ...{ kind: "standalone", weightIntra: 1, weightInter: 0.1, form: "margin", margin: 9 },
  }],
  ["margin-mnist-2 --form log1p", (plan) => "margin" in lossOf(plan), false],
  ...CENTER_RULES.map((rule): typeof settings[number] => [
    ...[`cent-mnist-2 --rule ${rule}`, lossOf, { kind: "center", weight: 1, rule }] as const,
  ]),
  [
    "mx-10-30 --rule paper",
    ({ recipe, secondStage }) =>
      [recipe.loss, secondStage!.loss].map((it) => "rule" in it && it.rule),
    ["paper", "paper"],
  ],
  [
    "cent-mnist-2 --momentum 0.5 --weight-decay 0.001",
    ({ recipe }) => recipe.optimizer,
    { lr: 0.01, momentum: 0.5, weightDecay: 0.001 },
  ],
  [
    "cent-mnist-2 --nesterov true",
    ({ recipe }) => recipe.optimizer,
    { lr: 0.01, momentum: 0.9, weightDecay: 0, nesterov: true },
  ],
  ["cent-mnist-2 --nesterov false", ({ recipe }) => "nesterov" in recipe.optimizer, false],
  [
    "cent-mnist-2 --lr-center 0.5",
    ({ recipe }) => recipe.centers,
    { ...OWN, init: "normal", lr: 0.5, scheduled: false, perWeight: false },
  ],
  [
    "kz-center --lr-center 0.1",
    ({ recipe }) => recipe.centers,
    { ...OWN, init: "normal", lr: 0.1, scheduled: false, perWeight: true },
  ],
  [
    "mx-center --lr-center 0.1",
    ({ recipe }) => recipe.centers,
    { ...OWN, init: "as-weights", lr: 0.1, scheduled: true, perWeight: false },
  ],
  [
    "keras-lambda-0.5 --lr-center 0.1",
    ({ recipe }) => recipe.centers,
    { ...OWN, init: { uniform: 0.05 }, lr: 0.1, scheduled: false, perWeight: false },
  ],
  ["cent-mnist-2 --eval-every 5", ({ evalEvery }) => evalEvery, 5],
  ["cent-mnist-2 --eval-every 1", (plan) => "evalEvery" in plan, false],
  ["cent-mnist-2 --blocks 2", ({ recipe }) => recipe.blocks, 2],
  ["cent-mnist-2 --blocks 1", ({ recipe }) => "blocks" in recipe, false],
  ["kz-center --schedule constant", scheduleIn, { kind: "constant" }],
  ["kz-center --gamma 0.1", scheduleIn, { kind: "step", stepSize: 20, gamma: 0.1 }],
  ["kz-center --schedule step", scheduleIn, { kind: "step", stepSize: 20, gamma: 0.5 }],
  ["cent-mnist-2 --step-size 3 --schedule step", scheduleIn, {
    ...{ kind: "step", stepSize: 3, gamma: 0.1 },
  }],
  ["kz-center --schedule milestones --milestones 10,20 --gamma 0.5", scheduleIn, {
    ...{ kind: "milestones", milestones: [10, 20], gamma: 0.5 },
  }],
  ["kz-center --schedule plateau --factor 0.5 --patience 3", scheduleIn, {
    ...{ kind: "plateau", mode: "max", factor: 0.5, patience: 3, threshold: 1e-4 },
  }],
  ["cent-mnist-2 --threshold 1e-4", scheduleIn, {
    ...{ kind: "plateau", mode: "max", factor: 0.2, patience: 10, threshold: 1e-4 },
  }],
  ["kz-center --schedule one-cycle", scheduleIn, { kind: "one-cycle", peak: 0.2 }],
  ["kz-center --schedule one-cycle --peak 0.3", scheduleIn, { kind: "one-cycle", peak: 0.3 }],
  ["cent-mnist-2 --preset fast --center-ramp 1", scheduleIn, {
    ...{ kind: "one-cycle", peak: 0.2, centerRamp: 1 },
  }],
];
for (const [line, read, value] of settings) {
  Deno.test(`parseOptions() sets the settings of "${line}", as config.json keeps them`, () => {
    const kept = checkPlan(JSON.parse(JSON.stringify(parse(line).plan)), "plan");
    assertEquals(read(kept), value);
  });
}

Deno.test("parseOptions() names every setting among those that a run to resume must have", () => {
  const line =
    "cent-mnist-2 --lambda 2 --momentum 0 --weight-decay 0 --rule paper --schedule plateau --factor 1 --patience 0";
  assertEquals(parse(line).changed, [
    ...["momentum", "weight-decay", "weight-center", "rule", "schedule", "factor", "patience"],
  ]);
  const resumed = parse("cent-mnist-2 --resume --schedule one-cycle --peak 0.3");
  assertEquals(resumed.changed, ["schedule", "peak"]);
});

Deno.test("expCommand() lists every row with its published value, and every study", () => {
  const text = helpOf(expCommand(STUDIES)), row = "xent-mnist-2                      0.991  cross";
  assertEquals(text.includes(`\n  ${row}`), true, text);
  for (const { id } of [...CATALOG.values(), ...STUDIES]) {
    assertEquals(text.includes(`\n  ${id} `), true, id);
  }
});

Deno.test("expCommand() has help of at most 100 columns, with the other names of flags", () => {
  const text = helpOf(expCommand(STUDIES));
  assertEquals(text.split("\n").filter((line) => line.length > 100), []);
  assertEquals(text.includes("--lambda"), true, text);
});

const refusals: [line: string, message: string][] = [
  [
    "cent-mnist-3",
    'There is no row "cent-mnist-3"; did you mean cent-mnist-2? `deno task exp` lists',
  ],
  ["7", 'There is no row "7": `deno task exp` lists all'],
  ["--epochs 3", "exp needs the id of a row first"],
  ["cent-mnist-2 xent-mnist-2", 'one row at a time: what is "xent-mnist-2" after cent-mnist-2?'],
  ["cent-mnist-2 --only c*", "--only is for exp all, and cent-mnist-2 is one row"],
  ["kz-center --preset fast", "--preset fast does not fit kz-center"],
  ["cent-mnist-2 --lr 0", '--lr is "0"; it must be a number above 0, 100 at the most'],
  ["cent-mnist-2 --submit-ms 0", '--submit-ms is "0"; it must be a whole number from 1 to 1000'],
  ["cent-mnist-2 --resume --overwrite", "--resume and --overwrite exclude each other"],
  ["xent-mnist-2 --lr-center 1", "--lr-center does not fit xent-mnist-2: its loss cross-entropy"],
  ["cent-mnist-2 --alpha 1", "--alpha"],
  ["cent-mnist-2 --exponent 1", "--exponent does not fit cent-mnist-2: its loss is center"],
  ["xent-mnist-2 --weight-center 1", "does not fit xent-mnist-2: its loss is cross-entropy"],
  ["cent-mnist-2 --weight-intra 1", "--weight-intra does not fit cent-mnist-2: its loss is center"],
  [
    "standalone-mnist-2 --weight-center 1",
    "does not fit standalone-mnist-2: its loss is standalone",
  ],
  ["xent-mnist-2 --lambda 1", "does not fit xent-mnist-2: its loss is cross-entropy"],
  ["cent-mnist-2 --lambda 1 --weight-center 1", "--weight-center is given more than once"],
  [
    "cent-mnist-2 --lambda -1",
    "--weight-center is -1; for the loss center it must be a number from",
  ],
  [
    "arcface-mnist-2 --margin -1",
    "--margin is -1; for the loss arcface it must be a number from 0",
  ],
  ["arcface-mnist-2 --margin 9", "--margin is 9; for the loss arcface it must be a number from 0"],
  ["arcface-mnist-2 --margin x", '--margin is "x"; it must be a number'],
  [
    "soft-triple-mnist-2 --proxies 1.5",
    "--proxies is 1.5; for the loss soft-triple it must be a w",
  ],
  ["standalone-mnist-2 --form margin", "--form margin needs --margin N"],
  ["standalone-mnist-2 --margin 9", "--margin does not fit standalone-mnist-2: its loss has none"],
  ["cent-mnist-2 --form log", "--form does not fit cent-mnist-2: its loss is center"],
  ["xent-mnist-2 --rule paper", "--rule does not fit xent-mnist-2: its loss is cross-entropy"],
  [
    "kz-center --rule paper/batch",
    "--rule paper/batch does not fit kz-center: the row divides the gradient of its centers by the",
  ],
  ["cent-mnist-2 --rule papers", '--rule is "papers"; it must be one of autograd, paper,'],
  ["keras-lambda-0 --momentum 0", "--momentum does not fit keras-lambda-0: its optimizer is adam"],
  ["keras-lambda-0 --weight-decay 0", "--weight-decay does not fit keras-lambda-0: its optimizer"],
  ["cent-mnist-2 --momentum 1", '--momentum is "1"; it must be a number from 0 to below 1'],
  ["cent-mnist-2 --gamma 0.5", "--gamma does not fit cent-mnist-2: its schedule is plateau"],
  [
    "kz-center --schedule plateau --peak 0.5",
    "--peak does not fit kz-center: its schedule is plateau",
  ],
  ["cent-mnist-2 --schedule step", "--schedule step needs --step-size N"],
  ["kz-center --schedule milestones", "--schedule milestones needs --milestones LIST"],
  ["kz-center --milestones 20,10", '--milestones is "20,10"; it must be rising epochs with commas'],
  ["kz-center --milestones 0,10", '--milestones is "0,10"; it must be rising epochs with commas'],
  [
    "xent-mnist-2 --preset fast --center-ramp 0.5",
    "--center-ramp does not fit xent-mnist-2: its loss is cross-entropy and its schedule one-cycle",
  ],
  [
    "cent-mnist-2 --center-ramp 0",
    '--center-ramp is "0"; it must be a number above 0, 1 at the most',
  ],
  [
    "keras-lambda-0 --nesterov true",
    "--nesterov does not fit keras-lambda-0: its optimizer is adam",
  ],
  ["mx-center --nesterov true", "--nesterov true does not fit mx-center: its momentum is 0; give"],
  ["cent-mnist-2 --nesterov yes", '--nesterov is "yes"; it must be true or false'],
  ["cent-mnist-2 --peak 1", '--peak is "1"; it must be a number above 0 and below 1'],
  ["kz-center --blocks 2", "--blocks does not fit kz-center: its network is not the ResNet"],
  ["cent-mnist-2 --imbalance 0.5", '--imbalance is "0.5"; it must be a number from 1 to 10000'],
  ["cent-mnist-2 --label-noise 1", '--label-noise is "1"; it must be a number from 0 to below 1'],
  ["cent-mnist-2 --leave-out 9,8", '--leave-out is "9,8"; it must be numbers of classes, rising'],
  ["cent-mnist-2 --leave-out 8,", '--leave-out is "8,"; it must be numbers of classes, rising'],
  ["density-tied --leave-out 8", "--leave-out does not fit density-tied: it ties the centers of"],
  ["cent-mnist-2 --eval-every 0", '--eval-every is "0"; it must be a whole number from 1 to 999'],
  ["cent-mnist-2 --blocks 0", '--blocks is "0"; it must be a whole number from 1 to 32'],
  ["cent-mnist-2 --from", "--from"],
  ["cent-mnist-2 --width 0.3", "--width is 0.3: 32 channels times it is no whole number; try 0.25"],
  ["cent-mnist-2 --train-size 5", "--batch-size is 128, more than the 5 training images: no batch"],
  [
    "mx-10-30 --epochs 30",
    "--epochs is 30, but the second stage of mx-10-30 alone takes the last 30: give",
  ],
];
for (const [line, message] of refusals) {
  Deno.test(`parseOptions() refuses "${line}"`, () => {
    assertThrows(() => parse(line), UsageError, message);
  });
}
