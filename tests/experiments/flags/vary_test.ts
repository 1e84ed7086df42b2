/** `--vary FLAG=LIST`: which runs it means, and what it refuses. */
import { assertEquals, assertThrows } from "@std/assert";
import { join } from "node:path";
import { parse } from "../../../cli/flags.ts";
import { placeOf } from "../../../experiments/compare/run_grid.ts";
import { expCommand, oneRow } from "../../../experiments/flags/exp.ts";
import { gridOf, variedOf } from "../../../experiments/flags/vary.ts";
import { queueOf } from "../../../experiments/flags/queue.ts";
import { PUBLISHED } from "../../../experiments/flags/row.ts";
import { pathOf } from "../../../experiments/run_folder/path.ts";
import { UsageError } from "../../../src/base/errors.ts";

function grid(line: string) {
  const given = parse(expCommand(), line.split(" "))!;
  if (given.words[0] === "all") return { ...queueOf(given, PUBLISHED), place: "" };
  const varied = variedOf(given), queue = gridOf(given, oneRow(given), varied);
  return { ...queue, place: placeOf(queue, varied) };
}

Deno.test("gridOf() has a run for each pair of values and each seed, and continues by the same line", () => {
  const line = "cent-mnist-2 --vary lambda=0.01,1 --epochs 3 --vary lr=0.01,0.03 --seeds 2 --out o";
  const { runs, command, place } = grid(line);
  const [one, two, three, four] = runs.map(pathOf);
  assertEquals(runs.length, 8);
  assertEquals(
    [one, two, three, four],
    [
      "epochs=3+weight-center=0.01",
      "epochs=3+lr=0.03+weight-center=0.01",
      "epochs=3",
      "epochs=3+lr=0.03",
    ].map((variant) => join("o", `cent-mnist-2+${variant}`, "paper", "seed-1")),
  );
  assertEquals(runs.map(({ plan }) => plan.seed), [1, 1, 1, 1, 2, 2, 2, 2]);
  const alone = grid("cent-mnist-2 --vary lr=0.1,0.2 --seed 7").runs;
  assertEquals(
    alone.map(({ plan }) => plan.seed),
    [7, 7],
    "one seed, as on one of several machines",
  );
  assertEquals(command, `deno task exp ${line}`);
  const name = "cent-mnist-2+epochs=3+weight-center=0.01,1+lr=0.01,0.03";
  assertEquals(place, join("o", name, "paper", "compare"));
});

Deno.test("gridOf() varies words, and repeats a row with seeds alone", () => {
  const words = grid("kz-center --vary schedule=constant,one-cycle");
  assertEquals(words.runs.map(({ plan }) => plan.schedule.kind), ["constant", "one-cycle"]);
  const rules = grid("cent-mnist-2 --vary=rule=paper,paper/batch");
  assertEquals(
    rules.place,
    join("runs", "cent-mnist-2+rule=paper,paper-batch", "paper", "compare"),
  );
  const seeds = grid("cent-mnist-2 --seeds 3 --name mine");
  assertEquals(
    seeds.runs.map(({ plan }) => [plan.seed, plan.name]),
    [1, 2, 3].map((n) => [n, "mine"]),
  );
  assertEquals(seeds.place, join("runs", "cent-mnist-2+mine", "paper", "compare"));
});

const refusals: [line: string, message: string][] = [
  ["cent-mnist-2 --vary", "--vary needs a flag and its values, such as weight-center=0.01,0.1,1"],
  ["cent-mnist-2 --vary lr", '--vary is "lr"; it must be a flag and its values'],
  ["cent-mnist-2 --vary lr=", '--vary lr has ""; it must be a number above 0'],
  ["cent-mnist-2 --vary lr=0.1,x", '--vary lr has "x"; it must be a number above 0'],
  ["cent-mnist-2 --vary lr=0.1,1e-1", "--vary lr has 1e-1 twice"],
  ["cent-mnist-2 --vary lrr=1", "--vary does not know lrr: did you mean lr? It takes epochs, "],
  ["cent-mnist-2 --vary =1", '--vary does not know "": it takes epochs, '],
  [
    "cent-mnist-2 --vary seed=1,2",
    "--vary takes no seed: --seeds N runs the seeds 1 to N, --seed N that one",
  ],
  ["kz-center --vary milestones=1,2", "--vary takes no milestones, which are a list already"],
  ["cent-mnist-2 --vary lambda=1,2 --lambda 3", "--weight-center and --vary lambda exclude"],
  [
    "cent-mnist-2 --vary lambda=1 --vary weight-center=3",
    "--vary weight-center is given more than",
  ],
  [
    "cent-mnist-2 --vary lr=0.1 --seed 3 --seeds 2",
    "--seed N runs that seed alone, --seeds N the seeds 1 to N: give one of them",
  ],
  ["cent-mnist-2 --seeds 2 --resume", "--vary and --seeds continue by themselves where runs"],
  ["cent-mnist-2 --vary lr=0.1,0.2 --name x", "--name is for one run: those of --vary are named"],
  ["cent-mnist-2 --vary lr=0.1 --only a", "--only is for exp all, and cent-mnist-2 is one row"],
  ["xent-mnist-2 --vary lambda=1", "--weight-center does not fit xent-mnist-2: its loss is cross"],
  ["cent-mnist-2 --vary schedule=step", "--schedule step needs --step-size N"],
  ["all --vary lr=0.1", "--vary is for one row, and all runs several: exp ID --vary FLAG=LIST"],
];
for (const [line, message] of refusals) {
  Deno.test(`variedOf() and gridOf() refuse ${line}`, () => {
    assertThrows(() => grid(line), UsageError, message);
  });
}
