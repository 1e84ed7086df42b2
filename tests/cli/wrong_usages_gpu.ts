/**
 * Wrong usages, as they come: each ends with one clear line on standard error, the right exit code, and a folder in which
 * nothing has changed. Some are refused after the device was opened, so they run in the process that has one.
 */
import { assert, assertEquals } from "@std/assert";
import { join } from "node:path";
import { exitCode } from "../../cli/run_cli.ts";
import { main as compare } from "../../experiments/compare.ts";
import { main as expOn } from "../../experiments/exp_on.ts";
import { main as report } from "../../experiments/report.ts";
import { main as data } from "../../data/cli.ts";
import { main as dataCsv } from "../../data/csv_cli.ts";
import { main as exp } from "../../experiments/cli.ts";
import { main as demo } from "../../experiments/demo.ts";
import { main as evaluate } from "../../experiments/eval.ts";
import { main as predict } from "../../experiments/predict.ts";
import { main as runs } from "../../experiments/runs.ts";
import { main as table } from "../../experiments/table.ts";
import { main as tune } from "../../experiments/tune.ts";
import { plainPng, put } from "../data/pictures.ts";
import { contents, runTest } from "../experiments/run_folders.ts";
import { main as parity } from "../parity/cli.ts";
import { printed } from "../printed.ts";

const COMMANDS: Record<string, (args: string[]) => Promise<number>> = {
  ...{ compare, "exp:on": expOn, report, runs },
  ...{ exp, demo, eval: evaluate, predict, table, tune, data, "data:csv": dataCsv, parity },
};
const RUN = "tests/fixtures/run", WAYS = "RUN IMAGE";

/** A command line, in which `@` stands for a folder with a few files; the exit code; words of the line. */
const WRONG: [line: string, code: 1 | 2, words: string][] = [
  // Words and flags that are misspelt, missing, too many, or given twice.
  ["exp cent-mnits-2", 2, 'There is no row "cent-mnits-2"; did you mean cent-mnist-2?'],
  ["exp center-rule", 2, "did you mean center-rules?"],
  ["exp cent-mnist-2 xent-mnist-2", 2, 'one row at a time: what is "xent-mnist-2" after'],
  ["exp --epochs 3", 2, "exp needs the id of a row first"],
  ["exp cent-mnist-2 --epoch 3", 2, "exp does not know --epoch; the nearest flag is --epochs"],
  ["exp cent-mnist-2 --lamda 0.1", 2, "exp does not know --lamda; the nearest flag is --lambda"],
  ["exp cent-mnist-2 --preset quik", 2, '--preset is "quik"; it must be one of paper, fast,'],
  ["exp cent-mnist-2 --adapter fast", 2, '--adapter is "fast"; it must be one of'],
  ["exp cent-mnist-2 --no-tune=yes", 2, "--no-tune takes no value: leave out =yes"],
  ["exp cent-mnist-2 --lr 1 --lr 2", 2, "--lr is given more than once"],
  ["exp cent-mnist-2 --lambda 1 --weight-center 1", 2, "--weight-center is given more than once"],
  ["exp cent-mnist-2 --resume --overwrite", 2, "--resume and --overwrite exclude each other"],
  ["exp xent-mnist-2 --lambda 1", 2, "does not fit xent-mnist-2: its loss is cross-entropy"],
  ["exp xent-mnist-2 --lambda 1", 2, "--lambda does not fit xent-mnist-2"],
  ["exp cent-mnist-2 --vary lambda=-1,1", 2, "--lambda is -1; for the loss center it must be"],
  ["exp arcface-mnist-2 --margin 9", 2, "--margin is 9; for the loss arcface it must be a number"],
  ["compare", 2, "compare needs folders of runs: deno task compare RUN..."],
  ["eval", 2, "eval needs one run, not 0: deno task eval RUN"],
  ["predict", 2, "predict needs a run and images"],
  ["report", 2, "report needs a run, or a folder of runs"],
  ["exp:on", 2, "exp:on needs --on slurm or --on snakemake"],
  [`compare ${RUN} --out @/note`, 2, "@/note is a file: name a folder with --out"],
  [
    "exp cent-digits-2 --preset smoke --vary lr=1,2 --out @/note",
    2,
    "@/note is a file: name a folder with --out",
  ],
  ["runs @/note", 1, "@/note is no folder: name one that holds runs"],
  ["runs --state broken", 2, '--state is "broken"; it must be one of running, finished,'],
  ["compare @/nowhere", 1, "@/nowhere is no folder: name one that holds runs"],
  ["report @/note", 1, "@/note is a file: name the folder of a run"],
  ["report results --site @/note", 1, "@/note is a file, not a folder: name another folder"],
  ["exp all --seed 3 --seeds 2", 2, "--seed N runs that seed alone, --seeds N the seeds 1 to N"],
  ["exp all --only cifar", 2, '--only "cifar" fits no row'],
  ["exp @/nowhere.ts", 2, "There is no file @/nowhere.ts"],
  ["demo mnist", 2, "demo does not know mnist: see deno task demo --help"],
  ["tune cent-mnits-2", 2, "did you mean cent-mnist-2?"],
  ["table all", 2, "table does not know all"],
  ["data mnits", 2, 'Unknown data set "mnits": did you mean "mnist"?'],
  ["data mnist cifar-10", 2, "One data set at a time, not 2: mnist cifar-10"],
  ["data:csv digitss", 2, 'Unknown data set "digitss"'],
  ['parity ""', 2, 'parity needs files, and one of them is ""'],
  // Numbers that cannot be.
  ["exp cent-mnist-2 --epochs -3", 2, '--epochs is "-3"; it must be a whole number from 1'],
  ["exp cent-mnist-2 --seed 1.5", 2, '--seed is "1.5"; it must be a whole number from 0'],
  ["exp cent-mnist-2 --lr 0", 2, '--lr is "0"; it must be a number above 0'],
  ["exp cent-mnist-2 --lr --resume", 2, "--lr needs a number above 0, 100 at the most: --lr N"],
  ["exp cent-mnist-2 --train-size 0", 2, '--train-size is "0"; it must be a whole number from 1'],
  ["tune --budget 0", 2, '--budget is "0"; it must be a number above 0'],
  // Runs that are not there, or are none.
  ["exp cent-mnist-2 --resume --out @/runs", 1, "There is no run to resume in @/runs/cent-mnist-2"],
  ["exp cent-mnist-2 --resume --epochs 3 --out @/runs", 1, "There is no run to resume in @/runs"],
  [
    "exp density-3d --resume --preset smoke --out @/old",
    1,
    "the run in @/old/density-3d/smoke/seed-1 is of an earlier",
  ],
  [
    "exp cent-mnist-2 --preset smoke --out @/note",
    2,
    "@/note is a file: name a folder with --out",
  ],
  ["eval @/nowhere --method softmax", 1, "@/nowhere has no config.json: name the folder of a run"],
  ["report @/torn", 1, "@/torn/config.json is not there, and a page needs it: put it back"],
  ["report @/result", 1, "@/result has no last.safetensors: it is one of the results, beside"],
  ["predict @/late @/black.png", 1, "and last.safetensors is: take it by --checkpoint last"],
  ["predict @/late/best.safetensors @/black.png", 1, "and last.safetensors is: name that file"],
  [
    "exp cent-digits-2 --preset smoke --from @/note --out @/runs",
    1,
    "@/note is a file: name the folder of a run, or a .safetensors file in it",
  ],
  ["eval @/note --method softmax", 1, "@/note is a file: name the folder of a run"],
  [
    "eval @/broken --method softmax",
    1,
    "@/broken/config.json is no config of a run: put the run's own back",
  ],
  ['eval "" --method softmax', 2, 'eval needs one run, not ""'],
  [`eval ${RUN} ${RUN} --method softmax`, 2, "eval needs one run, not 2"],
  [`eval ${RUN} --method softmax --k 3`, 2, "--k is for --method knn, not for softmax"],
  [`eval ${RUN} --method vote`, 2, '--method is "vote"; it must be one of softmax,'],
  ["table --runs @/nowhere", 1, "There are no runs in @/nowhere"],
  // Images that are not there, or are none.
  ["exp cent-mnist-2 --data-dir @/nowhere --out @/runs", 2, "--data-dir @/nowhere is no folder"],
  ["exp cent-mnist-2 --data-dir @/empty --out @/runs", 1, "Cannot find MNIST"],
  ["exp cent-mnist-2 --data @/empty", 2, 'Unknown images "@/empty": give folder:DIR'],
  ["exp cent-mnist-2 --data folder:@/nowhere --out @/runs", 1, "there is no such folder"],
  ["exp cent-mnist-2 --data folder:@/note --out @/runs", 1, "it is a file, but should be a folder"],
  ["exp cent-mnist-2 --data folder:@/empty --out @/runs", 1, "it holds no folders"],
  [
    "exp cent-mnist-2 --data csv:@/empty --out @/runs",
    1,
    "it is a directory, but should be a file",
  ],
  ["exp cent-mnist-2 --test-share 0.5", 2, "--test-share is for your own images"],
  [
    "exp cent-mnist-2 --preset smoke --data-dir @/empty --predict @/nowhere.csv --out @/runs",
    1,
    "Cannot read @/nowhere.csv: it is not there",
  ],
  [
    "exp cent-mnist-2 --preset smoke --data-dir @/empty --tiles @/nowhere --out @/runs",
    2,
    "--tiles @/nowhere cannot be read",
  ],
  ["exp kz-center --preset smoke --font @/nowhere --out @/runs", 1, "Cannot read @/nowhere"],
  [
    "exp kz-center --preset smoke --font @/note --out @/runs",
    2,
    "--font @/note cannot be used: it is no TrueType or",
  ],
  [`predict ${RUN}`, 2, `predict needs a run and images: deno task predict ${WAYS}`],
  [`predict ${RUN} @/nowhere.png`, 1, "Cannot read @/nowhere.png: it is not there"],
  [`predict ${RUN} @/note`, 1, "it is neither a PNG or JPEG picture nor a CSV file"],
  [`predict ${RUN} @/empty`, 1, "it holds no .png, .jpg or .jpeg files"],
  [`predict ${RUN} @/black.png @/lines.csv`, 1, "a CSV file is classified by itself"],
  [`predict ${RUN} @/black.png --csv --json`, 2, "--csv and --json exclude each other"],
  ["predict @/empty @/black.png", 1, "@/empty has no config.json: name the folder of a run"],
  ["data:csv mnist --data-dir @/empty --to @/empty", 1, "Cannot find MNIST"],
];

runTest("wrong usages end in one line, with the right code, and leave nothing", async (root, t) => {
  await Deno.mkdir(join(root, "empty"));
  await put(join(root, "note"), "a note\n");
  await put(join(root, "lines.csv"), "x0,x1\n1,2\n");
  await put(join(root, "black.png"), plainPng(2, 2, [0, 0, 0]));
  await put(join(root, "broken", "config.json"), "{");
  const old = await Deno.readTextFile(join(RUN, "config.json"));
  await put(join(root, "old", "density-3d", "smoke", "seed-1", "config.json"), old);
  await put(join(root, "torn", "metrics.csv"), "epoch\n");
  const config = await Deno.readTextFile(join(RUN, "config.json"));
  const accuracies = "test_accuracy_by_logit,test_accuracy_by_nearest_center";
  for (const name of ["result", "late"]) {
    await put(join(root, name, "config.json"), config);
    await put(join(root, name, "metrics.csv"), `epoch,${accuracies}\n1,0.5,0.5\n`);
  }
  await put(join(root, "late", "last.safetensors"), "");
  const before = contents(root), folders = foldersIn(root);
  for (const [line, code, words] of WRONG) {
    await t.step(line, async () => {
      const [name, ...args] = line.replaceAll("@", root).split(" ").map((it) =>
        it === '""' ? "" : it
      );
      const { result, err } = await printed(() => exitCode(COMMANDS[name], args));
      assertEquals([result, err.trimEnd().split("\n").length], [code, 1], err);
      assert(err.includes(words.replaceAll("@", root)), err);
      assertEquals([contents(root), foldersIn(root)], [before, folders]);
    });
  }
});

/** All folders, also empty ones. */
function foldersIn(root: string): string[] {
  const inner = [...Deno.readDirSync(root)].filter(({ isDirectory }) => isDirectory);
  return inner.flatMap((
    { name },
  ) => [name, ...foldersIn(join(root, name)).map((it) => `${name}/${it}`)])
    .sort();
}
