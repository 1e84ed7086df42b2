import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { CATALOG } from "../../../experiments/rows/catalog.ts";
import { parseOptions, usage } from "../../../experiments/flags/exp.ts";
import { STUDIES } from "../../../experiments/studies/catalog.ts";
import { exitCode } from "../../../src/base/cli.ts";
import { UsageError } from "../../../src/base/errors.ts";
import { printed } from "../../printed.ts";

const parse = (line: string) => parseOptions(line.split(" ").filter((word) => word !== ""));

Deno.test("parseOptions() takes a row as published when only its id is given", () => {
  const options = parse("cent-mnist-2")!;
  const { plan, ...rest } = options;
  assertEquals(rest, {
    out: "runs",
    dataDir: undefined,
    adapter: undefined,
    submitMs: undefined,
    tiles: undefined,
    predict: undefined,
    tune: true,
    resume: false,
    overwrite: false,
    verbose: false,
    changed: [],
  });
  assertEquals([plan.id, plan.preset, plan.epochs, plan.recipe.batchSize, plan.seed], [
    "cent-mnist-2",
    "paper",
    100,
    128,
    1,
  ]);
});

Deno.test("parseOptions() puts every flag where it belongs", () => {
  const { plan, ...rest } = parse(
    "cent-mnist-2 --preset quick --epochs 3 --batch-size 32 --lr 0.5 --weight-center 0 --feat-dim 3 " +
      "--width 0.25 --train-size 64 --test-size 10 --seed 0 --out there --data-dir=here --tiles t.json --no-tune " +
      "--predict p.csv --adapter low-power --submit-ms 20 --overwrite --verbose",
  )!;
  assertEquals(rest, {
    out: "there",
    dataDir: "here",
    adapter: "low-power",
    submitMs: 20,
    tiles: "t.json",
    predict: "p.csv",
    tune: false,
    resume: false,
    overwrite: true,
    verbose: true,
    changed: [
      "epochs",
      "batch-size",
      "lr",
      "weight-center",
      "feat-dim",
      "width",
      "train-size",
      "test-size",
    ],
  });
  const { epochs, trainSize, testSize, seed, preset, recipe } = plan;
  assertEquals({ epochs, trainSize, testSize, seed, preset }, {
    epochs: 3,
    trainSize: 64,
    testSize: 10,
    seed: 0,
    preset: "quick",
  });
  assertEquals(recipe, {
    network: "resnet",
    featureDim: 3,
    widthFactor: 0.25,
    loss: { kind: "center", weight: 0, rule: "autograd" },
    optimizer: { lr: 0.5, momentum: 0.9, weightDecay: 0 },
    batchSize: 32,
    augmentation: { flip: 0, rotation: 5, padding: 0 },
  });
});

Deno.test("parseOptions() takes the edges of each range, and --resume with what names the folder", () => {
  const wide = parse("cent-mnist-2 --epochs 999 --seed 4294967295 --lr 1e-9 --width 0.03125")!;
  assertEquals([wide.plan.epochs, wide.plan.seed], [999, 4294967295]);
  assertEquals(
    parse(
      "xent-mnist-2 --resume --preset smoke --adapter software --seed 3 --out x --data-dir y --verbose",
    )!.changed,
    [],
  );
});

Deno.test("parseOptions() sets each weight of the standalone loss", () => {
  const { recipe } = parse("standalone-mnist-2 --weight-intra 0.5 --weight-inter 0.25")!.plan;
  assertEquals(recipe.loss, {
    kind: "standalone",
    weightIntra: 0.5,
    weightInter: 0.25,
    form: "log1p",
  });
});

Deno.test("parseOptions() sets the exponent of the losses that have one", () => {
  for (const id of ["center-repulsion-mnist-2", "center-softmax-cifar-10-2"]) {
    const { loss } = parse(`${id} --alpha 0.2 --weight-inter 2`)!.plan.recipe;
    assertEquals(
      "alpha" in loss && [loss.alpha, loss.weightIntra, loss.weightInter],
      [0.2, 1, 2],
    );
  }
});

Deno.test("parseOptions() takes an epoch more than a second stage has", () => {
  const { epochs, secondStage } = parse("mx-10-30 --epochs 31")!.plan;
  assertEquals([epochs, secondStage!.epochs], [31, 30]);
});

Deno.test("parseOptions() leaves the row itself alone", () => {
  parse("cent-mnist-2 --lr 7 --weight-center 7 --batch-size 7");
  const { recipe } = parse("cent-mnist-2")!.plan;
  assertEquals([recipe.optimizer.lr, recipe.loss, recipe.batchSize], [
    0.01,
    { kind: "center", weight: 1, rule: "autograd" },
    128,
  ]);
});

for (const line of ["", "--help", "cent-mnist-2 --help", "no-such-row --help"]) {
  Deno.test(`parseOptions() leaves the list to be shown for "${line}"`, () => {
    assertEquals(parse(line), undefined);
  });
}

Deno.test("usage() lists every row with its published value, and every flag", () => {
  const text = usage();
  assertStringIncludes(
    text,
    "  xent-mnist-2                      0.991  cross-entropy alone, MNIST, 2-D\n",
  );
  assertStringIncludes(text, "  0.990  cross-entropy + 1.0 x center loss, MNIST, 2-D\n");
  for (const id of CATALOG.keys()) assertStringIncludes(text, `\n  ${id} `);
  for (const { id, summary } of STUDIES) assertStringIncludes(text, `\n  ${id}`, summary);
  const flags =
    "preset epochs batch-size lr alpha weight-center weight-intra weight-inter feat-dim width train-size test-size " +
    "seed data test-data test-share image-size channels predict out data-dir adapter submit-ms tiles no-tune resume overwrite verbose only seeds";
  for (const flag of flags.split(" ")) assertStringIncludes(text, `  --${flag}`);
  assertEquals(text.split("\n").filter((line) => line.length > 100), []);
});

const refusals: [string, string][] = [
  [
    "cent-mnist-3",
    'There is no row "cent-mnist-3"; did you mean cent-mnist-2? `deno task exp` lists',
  ],
  ["xnt-mnist", "did you mean xent-mnist-2?"],
  ["7", 'There is no row "7"'],
  ["--epochs 3", "exp needs the id of a row first"],
  ["cent-mnist-2 xent-mnist-2", 'one row at a time: what is "xent-mnist-2" after cent-mnist-2?'],
  ["cent-mnist-2 --epoch 3", "exp does not know --epoch; the nearest flag is --epochs"],
  ["cent-mnist-2 --learning-rate=3", "exp does not know --learning-rate; the nearest flag is --"],
  ["cent-mnist-2 -v", "exp does not know -v"],
  ["cent-mnist-2 --no-resume", "exp does not know --no-resume; the nearest flag is --resume"],
  ["cent-mnist-2 --preset huge", '--preset is "huge"; it must be one of paper, fast, quick, smoke'],
  ["cent-mnist-2 --preset", '--preset is ""; it must be one of paper, fast, quick, smoke'],
  ["cent-mnist-2 --epochs", '--epochs is ""; it must be a whole number from 1 to 999'],
  ["cent-mnist-2 --epochs 0", '--epochs is "0"; it must be a whole number from 1 to 999'],
  ["cent-mnist-2 --epochs 1000", '--epochs is "1000"; it must be a whole number from 1 to 999'],
  ["cent-mnist-2 --epochs 2.5", '--epochs is "2.5"; it must be a whole number from 1 to 999'],
  ["cent-mnist-2 --epochs=-1", '--epochs is "-1"; it must be a whole number from 1 to 999'],
  ["cent-mnist-2 --epochs -1", '--epochs is "-1"; it must be a whole number from 1 to 999'],
  ["cent-mnist-2 --epochs ten", '--epochs is "ten"; it must be a whole number from 1 to 999'],
  ["cent-mnist-2 --batch-size 0", '--batch-size is "0"; it must be a whole number from 1 to 65536'],
  ["cent-mnist-2 --lr 0", '--lr is "0"; it must be a number above 0 to 100'],
  ["cent-mnist-2 --lr NaN", '--lr is "NaN"; it must be a number above 0 to 100'],
  ["cent-mnist-2 --lr Infinity", '--lr is "Infinity"; it must be a number above 0 to 100'],
  ["cent-mnist-2 --lr 0,1", '--lr is "0,1"; it must be a number above 0 to 100'],
  ["cent-mnist-2 --weight-center -1", '--weight-center is "-1"; it must be a number from 0'],
  [
    "xent-mnist-2 --weight-center 1",
    "--weight-center does not fit xent-mnist-2: its loss is cross-entropy",
  ],
  [
    "cent-mnist-2 --weight-intra 1",
    "--weight-intra does not fit cent-mnist-2: its loss is center",
  ],
  [
    "standalone-mnist-2 --weight-center 1",
    "--weight-center does not fit standalone-mnist-2: its loss is standalone",
  ],
  ["standalone-mnist-2 --weight-inter x", '--weight-inter is "x"; it must be a number from 0'],
  ["cent-mnist-2 --feat-dim 0", '--feat-dim is "0"; it must be a whole number from 1 to 4096'],
  ["cent-mnist-2 --width 0", '--width is "0"; it must be a number from 0.03125 to 16'],
  ["cent-mnist-2 --width 0.3", "--width is 0.3: 32 channels times it is no whole number; try 0.25"],
  ["cent-mnist-2 --train-size 0", '--train-size is "0"; it must be a whole number from 1'],
  ["cent-mnist-2 --train-size 5", "--batch-size is 128, more than the 5 training images: no batch"],
  ["cent-mnist-2 --test-size x", '--test-size is "x"; it must be a whole number from 1'],
  ["cent-mnist-2 --seed -1", '--seed is "-1"; it must be a whole number from 0 to 4294967295'],
  ["cent-mnist-2 --seed 4294967296", "it must be a whole number from 0 to 4294967295"],
  ["cent-mnist-2 --out", "--out needs a folder"],
  ["cent-mnist-2 --data-dir=", "--data-dir needs a folder"],
  [
    "cent-mnist-2 --adapter gpu",
    '--adapter is "gpu"; it must be one of high-performance, low-power, software',
  ],
  ["cent-mnist-2 --adapter", '--adapter is "";'],
  ["cent-mnist-2 --adapter software --adapter software", "--adapter is given more than once"],
  ["cent-mnist-2 --submit-ms 0", '--submit-ms is "0"; it must be a whole number from 1 to 1000'],
  ["cent-mnist-2 --tiles=", "--tiles needs a file"],
  ["cent-mnist-2 --tune", "exp does not know --tune; the nearest flag is --"],
  ["cent-mnist-2 --predict=", "--predict needs a file"],
  ["cent-mnist-2 --lr 1 --seed 2 --lr=2", "--lr is given more than once"],
  ["cent-mnist-2 --alpha 1", "--alpha does not fit cent-mnist-2: its loss is center"],
  ["center-softmax-mnist-2 --alpha 0", '--alpha is "0"; it must be a number from 0.000001 to 1000'],
  [
    "mx-10-30 --epochs 30",
    "--epochs is 30, but the second stage of mx-10-30 alone takes the last 30",
  ],
  [
    "mx-center-second --preset quick --epochs 3",
    "--epochs is 3, but the second stage of mx-center-second alone takes the last 3: give more",
  ],
  ["cent-mnist-2 --resume --overwrite", "--resume and --overwrite exclude each other"],
];
for (const [line, message] of refusals) {
  Deno.test(`parseOptions() refuses "${line}"`, async () => {
    assertThrows(() => parse(line), UsageError, message);
    const { result, err } = await printed(() => exitCode(() => Promise.resolve(+!parse(line)), []));
    assertEquals([result, err.split("\n").length], [2, 2]);
  });
}

Deno.test("parseOptions() takes an empty value for the flag's, not for another row", () => {
  for (const [name, what] of [["out", "folder"], ["data-dir", "folder"], ["tiles", "file"]]) {
    for (const given of [[`--${name}`, ""], [`--${name}=`]]) {
      const message = `--${name} needs a ${what}`;
      assertThrows(() => parseOptions(["cent-digits-2", ...given]), UsageError, message);
    }
  }
});
