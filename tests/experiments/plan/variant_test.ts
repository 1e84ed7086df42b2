/** What a run is called: what flags changed of its row, in the shortest form. */
import { assert, assertEquals, assertThrows } from "@std/assert";
import { join } from "node:path";
import { parseOptions } from "../parse_options.ts";
import { plan as checkPlan } from "../../../experiments/plan/checks.ts";
import { changes } from "../../../experiments/plan/differences.ts";
import type { Plan } from "../../../experiments/plan/plan.ts";
import { disagreeing, nameOfRun, ownFlags, rowPlan } from "../../../experiments/plan/variant.ts";
import { pathOf } from "../../../experiments/run_folder/path.ts";
import { CENTER_RULES } from "../../../src/losses/center_loss.ts";
import { UsageError } from "../../../src/base/errors.ts";

const parse = (line: string) => parseOptions(line.split(" "))!;
const kept = (line: string) => checkPlan(JSON.parse(JSON.stringify(parse(line).plan)), "plan");

const VARIANTS: [line: string, variant: string | undefined][] = [
  ["cent-mnist-2", undefined],
  ["cent-mnist-2 --lambda 0.1", "weight-center=0.1"],
  ["cent-mnist-2 --weight-center=1e-1", "weight-center=0.1"],
  ["cent-mnist-2 --lambda 1 --lr 0.01 --rule autograd --schedule plateau", undefined],
  ["cent-mnist-2 --preset quick --epochs 4 --width 0.5 --train-size 10000", undefined],
  ["cent-mnist-2 --lr 0.02 --lambda 0.1", "lr=0.02+weight-center=0.1"],
  ["cent-mnist-2 --lambda 0.1 --lr 0.02", "lr=0.02+weight-center=0.1"],
  ["cent-mnist-2 --lr 1e-7 --seed 4", "lr=1e-7"],
  ["cent-mnist-2 --schedule one-cycle --peak 0.2", "schedule=one-cycle"],
  ["cent-mnist-2 --schedule one-cycle --peak 0.3", "schedule=one-cycle+peak=0.3"],
  ["cent-mnist-2 --schedule step --step-size 3", "schedule=step+step-size=3"],
  ["kz-center --schedule milestones --milestones 10,20", "schedule=milestones+milestones=10,20"],
  ["cent-mnist-2 --rule paper/batch", "rule=paper/batch"],
  ["cent-mnist-2 --train-size 500 --test-size 10", "train-size=500+test-size=10"],
  ["cent-mnist-2 --leave-out 8,9 --imbalance 1 --label-noise 0", "leave-out=8,9"],
  [
    "cent-mnist-2 --label-noise .2 --imbalance 1e2 --preset quick",
    "imbalance=100+label-noise=0.2",
  ],
  ["cent-mnist-2 --data folder:a", undefined],
  ["cent-mnist-2 --data folder:a --test-share 0.2", undefined],
  ["cent-mnist-2 --data folder:a --test-share 0.5 --channels 1", "test-share=0.5+channels=1"],
  [
    "cent-mnist-2 --data csv:a --test-data csv:b/c?.csv --image-size 9x8",
    "test-data=c-+image-size=9x8",
  ],
];

for (const [line, variant] of VARIANTS) {
  Deno.test(`optionsOf() says what "${line}" changes of the row`, () => {
    const { plan } = parse(line);
    assertEquals(plan.variant, variant);
    assertEquals(kept(line).variant, variant);
    // The flags that it stands for find the same folder again, and mean the same.
    const again = ownFlags(plan).map(([name, value]) => `--${name} ${value}`);
    const data = plan.ownData ? ["--data", plan.ownData.source] : [];
    const flags = [plan.id, ...data, "--preset", plan.preset, "--seed", plan.seed, ...again];
    assertEquals(changes(plan, parse(flags.join(" ")).plan), []);
  });
}

const folderOf = (line: string) => {
  const path = pathOf(parse(line));
  return path.slice(path.indexOf("runs") + 5);
};

Deno.test("pathOf() has what differs beside the row", () => {
  const tail = join("paper", "seed-1");
  assertEquals(folderOf("cent-mnist-2"), join("cent-mnist-2", tail));
  const lambda = "cent-mnist-2 --preset quick --lambda 0.1";
  assertEquals(folderOf(lambda), join("cent-mnist-2+weight-center=0.1", "quick", "seed-1"));
  assertEquals(
    folderOf(`${lambda} --name Größe_2.b`),
    join("cent-mnist-2+Größe_2.b", "quick", "seed-1"),
  );
  assertEquals(
    folderOf("cent-mnist-2 --data folder:x/cats --channels 1 --seed 3"),
    join("cent-mnist-2@cats+channels=1", "paper", "seed-3"),
  );
});

Deno.test("pathOf() makes names that Windows has, too", () => {
  const all = CENTER_RULES.map((rule) => `cent-mnist-2 --rule ${rule}`);
  for (const line of [...all, ...VARIANTS.map(([line]) => line)]) {
    const [row] = folderOf(line).split(/[\\/]/);
    assertEquals(/^[^<>:"/\\|?*]+[^. <>:"/\\|?*]$/.test(row), true, row);
    assertEquals(folderOf(line).split(/[\\/]/).length, 3);
  }
  const long =
    "cent-mnist-2 --epochs 7 --batch-size 12 --lr 0.123456789 --momentum 0.123456789 --weight-decay " +
    "0.000123456789 --lambda 0.123456789 --width 0.5 --feat-dim";
  const [a, b] = [3, 4].map((dim) => folderOf(`${long} ${dim}`).split(/[\\/]/)[0]);
  assert(a.length <= "cent-mnist-2+".length + 100, a);
  assert(a !== b && a.startsWith("cent-mnist-2+epochs=7+batch-size=12+lr=0.123456789+"), a);
});

Deno.test("--name takes what any system can have as a folder, and nothing else", () => {
  for (const name of ["a", "my-run", "λ_0.1", "猫", "x".repeat(64)]) {
    assertEquals(parse(`cent-mnist-2 --name ${name}`).plan.name, name);
    assertEquals(kept(`cent-mnist-2 --name ${name}`).name, name);
  }
  for (
    const name of [
      "a/b",
      "..",
      ".a",
      "a.",
      "a=b",
      "a+b",
      "a@b",
      "-a",
      "a:b",
      "x".repeat(65),
      "a\\b",
    ]
  ) {
    assertThrows(() => parseOptions(["cent-mnist-2", `--name=${name}`]), UsageError, "--name is");
  }
});

Deno.test("nameOfRun() says what a run has of its own", () => {
  const name = (line: string) => nameOfRun(parse(line).plan);
  assertEquals(name("cent-mnist-2"), "cent-mnist-2");
  assertEquals(
    name("cent-mnist-2 --lr 0.02 --lambda 0.1"),
    "cent-mnist-2 · lr=0.02, weight-center=0.1",
  );
  assertEquals(name("cent-mnist-2 --lr 0.02 --name slow"), "cent-mnist-2 · slow");
  assertEquals(
    name("cent-mnist-2 --epochs 3 --lr 0.02 --weight-decay 0.001 --lambda 0.1 --feat-dim 3"),
    "cent-mnist-2 · epochs=3, lr=0.02, weight-decay=0.001 and 2 more",
  );
  // A run of an earlier version does not say it itself.
  const { variant: _, ...before }: Plan = parse("cent-mnist-2 --preset quick --lambda 0.1").plan;
  assertEquals(nameOfRun(before), "cent-mnist-2 · weight-center=0.1");
  assertEquals(nameOfRun({ ...before, id: "a row of tomorrow" }), "a row of tomorrow");
  assertEquals(rowPlan({ id: "kz-center", preset: "fast" }), undefined);
});

Deno.test("disagreeing() names flags that say something else in two plans", () => {
  const [there, here] = ["--lr 0.02", "--lr 0.03 --lambda 0.1"].map((flags) =>
    parse(`cent-mnist-2 ${flags}`).plan
  );
  assertEquals(disagreeing(["lr"], there, here), [{ name: "lr", there: 0.02, here: 0.03 }]);
  assertEquals(disagreeing(["epochs"], there, here), []);
});
