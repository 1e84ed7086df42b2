/** `deno task compare`: what differs, what came out, and what it writes. */
import { assert, assertEquals, assertRejects } from "@std/assert";
import { dirname, join } from "node:path";
import { main } from "../../../experiments/compare.ts";
import { compared } from "../../../experiments/compare/comparison.ts";
import { textTable } from "../../../experiments/compare/comparison_table.ts";
import { readRun } from "../../../experiments/compare/found_run.ts";
import type { OpenedRun } from "../../../experiments/compare/opened_run.ts";
import { RunError, UsageError } from "../../../src/base/errors.ts";
import { granted } from "../../permissions.ts";
import { printed } from "../../printed.ts";
import { contents } from "../run_folders.ts";
import { type Saved, saveRun } from "./saved_run.ts";
import { diskTest } from "../../on_disk.ts";

const ROW = "cent-mnist-2 --preset quick";

/** The table over runs of these command lines, with the labels of its lines. */
async function tableOver(...runs: (readonly [line: string, saved?: Saved])[]) {
  const root = await Deno.makeTempDir(), opened: OpenedRun[] = [];
  for (const [line, saved] of runs) {
    opened.push(await readRun(await saveRun(root, line, saved)) as OpenedRun);
  }
  const comparison = await compared(opened), { titles, lines } = textTable(comparison);
  await Deno.remove(root, { recursive: true });
  const labels = comparison.groups.map(({ label }) => label);
  return { ...comparison, titles, lines, labels };
}

Deno.test("compared() has a line for runs that differ in their seed alone, sorted by what differs", async () => {
  if (!await granted("read", "write")) return;
  const { title, seeds, titles, lines, labels } = await tableOver(
    [`${ROW} --lambda 1 --epochs 2 --seed 1`, { accuracies: [0.5, 0.8] }],
    [`${ROW} --lambda 0.1 --epochs 2 --seed 2`, { accuracies: [0.5, 0.9] }],
    [`${ROW} --lambda 0.01 --epochs 2`, { accuracies: [0.8, 0.7] }],
    [`${ROW} --lambda 0.1 --epochs 2`, { accuracies: [0.5, 0.8] }],
  );
  assertEquals([title, seeds], ["cent-mnist-2 · epochs=2 · quick", "seeds 1, 2"]);
  assertEquals(labels, ["weight-center=0.01", "weight-center=0.1", "weight-center=1"]);
  assertEquals([titles, ...lines], [
    [
      "weight-center",
      "seeds",
      "epochs",
      "accuracy",
      "best",
      "other rule",
      "training loss",
      "separation",
      "time",
    ],
    ["0.01", "1", "2", "60.00 %", "70.00 %", "70.00 %", "1", "4", "20 s"],
    [
      "0.1",
      "2",
      "2",
      "75.00 ± 7.07 %",
      "75.00 ± 7.07 %",
      "85.00 ± 7.07 %",
      "1 ± 0",
      "4 ± 0",
      "20 s",
    ],
    ["1", "1", "2", "70.00 %", "70.00 %", "80.00 %", "1", "4", "20 s"],
  ]);
});

const DIFFERENT: [what: string, lines: string[], titles: string[], labels: string[]][] = [
  [
    "two flags",
    [`${ROW} --lr 0.02`, `${ROW} --lambda 0.1`, `${ROW} --lr 0.02 --lambda 0.1`],
    ["lr", "weight-center"],
    ["lr=0.01, weight-center=0.1", "lr=0.02, weight-center=0.1", "lr=0.02, weight-center=1"],
  ],
  [
    "rows, of which a flag changed one",
    ["xent-mnist-2 --preset quick", "cent-mnist-2 --preset quick --lr 0.02"],
    ["row", "loss", "lr", "weight-center"],
    ["xent-mnist-2", "cent-mnist-2, lr=0.02"],
  ],
  [
    "presets",
    ["cent-mnist-2 --preset smoke", "cent-mnist-2 --preset quick"],
    ["preset"],
    ["smoke", "quick"],
  ],
  [
    "names",
    [`${ROW} --name slow --lr 0.001`, ROW],
    ["name", "lr"],
    ["slow", "lr=0.01"],
  ],
  [
    "one's own images",
    [`${ROW} --data folder:a/cats`, `${ROW} --data folder:a/dogs --channels 1`],
    ["data", "channels"],
    ["cats", "dogs, channels=1"],
  ],
];
for (const [what, lines, titles, labels] of DIFFERENT) {
  Deno.test(`compared() tells ${what} apart in the fewest words`, async () => {
    if (!await granted("read", "write")) return;
    const found = await tableOver(...lines.map((line) => [line] as const));
    assertEquals(found.titles.slice(0, found.titles.indexOf("seeds")), titles);
    assertEquals(found.labels, labels);
  });
}

Deno.test("compared() takes the epochs that all runs of a line have finished", async () => {
  if (!await granted("read", "write")) return;
  const { titles, lines } = await tableOver(
    [`${ROW} --epochs 3`, { accuracies: [0.5, 0.8, 0.9] }],
    [`${ROW} --epochs 3 --seed 2`, { accuracies: [0.4], finished: false }],
  );
  const at = (title: string) => lines[0][titles.indexOf(title)];
  assertEquals([lines.length, at("epochs")], [1, "1 of 3"]);
  assertEquals([at("accuracy"), at("best")], ["35.00 ± 7.07 %", "35.00 ± 7.07 %"]);
});

Deno.test("compared() takes accuracies after the last epoch that all runs of a line have tested", async () => {
  if (!await granted("read", "write")) return;
  const { titles, lines } = await tableOver(
    [`${ROW} --epochs 4 --eval-every 2`, { accuracies: [NaN, 0.5, NaN, 0.8] }],
    [`${ROW} --epochs 4 --eval-every 2 --seed 2`, {
      accuracies: [NaN, 0.4, NaN],
      finished: false,
    }],
  );
  const at = (title: string) => lines[0][titles.indexOf(title)];
  assertEquals([at("epochs"), at("accuracy")], ["3 of 4", "35.00 ± 7.07 %"]);
});

Deno.test("compared() tells epochs once, unless nothing else differs", async () => {
  if (!await granted("read", "write")) return;
  const two = await tableOver([`${ROW} --epochs 3 --lr 0.02`, { accuracies: [0.5] }], [ROW]);
  assertEquals(two.titles.slice(0, 3), ["lr", "seeds", "epochs"]);
  assertEquals(two.lines.map((line) => line.slice(0, 3)), [
    ["0.02", "1", "1 of 3"],
    ["0.01", "1", "2 of 4"],
  ]);
  const alone = await tableOver([`${ROW} --epochs 3`], [ROW]);
  assertEquals(alone.titles.slice(0, 3), ["epochs", "seeds", "epochs"]);
});

Deno.test("compared() calls a line by a name that all of its runs have", async () => {
  if (!await granted("read", "write")) return;
  const { titles, labels, lines } = await tableOver(
    [`${ROW} --name grow`],
    [`${ROW} --seed 2`],
    [`${ROW} --lr 0.02 --name wide`],
    [`${ROW} --lr 0.02 --seed 2 --name wide`],
  );
  assertEquals(titles.slice(0, 3), ["name", "lr", "seeds"]);
  assertEquals([labels, lines.map((line) => line[2])], [["lr=0.01", "wide"], ["2", "2"]]);
  const same = await tableOver([`${ROW} --name grow`], [`${ROW} --seed 2`]);
  assertEquals([same.titles[0], same.labels], ["row", ["cent-mnist-2"]]);
});

Deno.test("compared() says which run failed, and how many of one's own images there are", async () => {
  if (!await granted("read", "write")) return;
  const reason = "The loss became NaN in step 4 of epoch 2";
  const found = await tableOver(
    [`${ROW} --data folder:a/cats --lr 9`, { accuracies: [0.5], reason, counts: [240, 60] }],
    [`${ROW} --data folder:a/cats --train-size 200`, { counts: [200, 60] }],
  );
  assertEquals(found.titles.slice(0, 4), ["lr", "train-size", "seeds", "epochs"]);
  assertEquals(found.lines.map((line) => line.slice(0, 4)), [
    ["0.01", "200", "1", "2 of 4"],
    ["9", "240", "1", "1 of 4, failed"],
  ]);
});

Deno.test("compared() keeps adapters apart, and leaves the names of equal runs out", async () => {
  if (!await granted("read", "write")) return;
  const { titles, labels } = await tableOver([ROW], [`${ROW} --name b --seed 2`, {
    adapter: "another",
  }]);
  assertEquals(titles.slice(0, 2), ["name", "adapter"]);
  assertEquals(labels, ["an adapter", "b"]);
});

diskTest("deno task compare", async (root, t) => {
  const runs = join(root, "runs"), out = join(root, "out");
  const compare = (...args: string[]) => printed(() => main(args));
  const one = await saveRun(runs, ROW);
  const smoke = (flags: string) => saveRun(runs, `cent-digits-2 --preset smoke ${flags}`.trim());

  await t.step("refuses what is no comparison, and leaves nothing", async () => {
    const none = join(root, "none");
    await assertRejects(() => main([none, "--out", out]), RunError, `${none} is no folder: name`);
    const only =
      `compare needs two runs with a finished epoch, and only ${one} is one in ${runs}, ${one}`;
    await assertRejects(() => main([runs, one, "--out", out]), RunError, only);
    await assertRejects(() => main(["--out", out]), UsageError, "compare needs folders of runs");
    await assertRejects(() => main([]), UsageError, "compare needs folders of runs");
    await assertRejects(() => main([""]), UsageError, "compare needs folders of runs");
    assertEquals([...Deno.readDirSync(root)].map(({ name }) => name), ["runs"]);
  });

  const two = await smoke("--lambda 0.1"), three = await smoke("");
  await t.step("prints a table, and writes nothing without --out", async () => {
    const before = contents(root), { result, out: said } = await compare(two, three, two);
    assertEquals(result, 0);
    assert(
      said.startsWith("cent-digits-2 · smoke, seed 1\n\nweight-center  seeds  epochs  "),
      said,
    );
    assertEquals(said.match(/^(0\.1|1) .*$/gm)?.length, 2);
    assertEquals(contents(root), before);
  });

  await t.step("counts a training once, whatever it is called", async () => {
    const copy = await smoke("--lambda 0.1 --name again");
    const { result, out: said, err } = await compare(two, copy, three);
    assertEquals([result, said.match(/^(0\.1|1) .*$/gm)?.length], [0, 2]);
    const why = `${copy} is left out: it is the training of ${two} with the same seed, 1`;
    assert(err.includes(why), err);
    // Of other images it is another one.
    const config = join(copy, "config.json"), text = await Deno.readTextFile(config);
    await Deno.writeTextFile(config, text.replace("{", '{ "images": "00",'));
    assertEquals((await compare(two, copy)).result, 0);
    await Deno.remove(dirname(dirname(copy)), { recursive: true });
  });

  await t.step("--out writes tables and curves, and says why there are no maps", async () => {
    const { result, out: said } = await compare(two, three, "--out", out);
    assertEquals(result, 0);
    assert(
      said.includes("Maps are left out: no run keeps features of two dimensions or more\n"),
      said,
    );
    assert(said.endsWith(`Table and curves are in ${out}\n`), said);
    const files = contents(out);
    assertEquals([...files.keys()], [
      "compare.json",
      "comparison.csv",
      "comparison.md",
      "curves.png",
      "runs.csv",
    ]);
    const text = (name: string) => new TextDecoder().decode(files.get(name));
    const [header, ...lines] = text("comparison.csv").trimEnd().split("\n");
    assertEquals(header.split(",").slice(0, 5), ["run", "row", "preset", "weight_center", "seeds"]);
    assertEquals(lines.map((line) => line.split(",")[0]), ["weight-center=0.1", "weight-center=1"]);
    assert(text("comparison.md").includes("| weight-center | seeds |"));
    assertEquals(JSON.parse(text("compare.json")).runs, [two, three]);
    // The same again takes the place of the same.
    await compare(two, three, "--out", out);
    assertEquals(contents(out), files);
  });

  await t.step("says why a run is left out that failed in its first epoch", async () => {
    const reason = "The loss became NaN in step 4 of epoch 1";
    const line = "cent-digits-2 --preset smoke --lr 8";
    const five = await saveRun(runs, line, { accuracies: [], reason });
    const { result, err } = await compare(two, three, five);
    assertEquals(result, 0);
    assertEquals(err, `${five} is left out: no epoch of it is finished. ${reason}\n`);
    await Deno.remove(dirname(dirname(five)), { recursive: true });
  });

  await t.step("names a damaged run, compares the others, and ends with 1", async () => {
    const four = await smoke("--lambda 0.5");
    await Deno.writeTextFile(join(four, "summary.json"), "{");
    const { result, err, out: said } = await compare(two, three, four);
    assertEquals([result, err.trimEnd().split("\n").length], [1, 1]);
    assert(err.startsWith(`${four} is left out: summary.json is no summary`), err);
    assertEquals(said.match(/^(0\.1|1) .*$/gm)?.length, 2);
    const best = { epoch: 1, accuracy: 0.125 };
    await Deno.writeTextFile(
      join(four, "summary.json"),
      JSON.stringify({ epochs: 1, last: 0.125, best }),
    );
    const both =
      `${four} is left out: summary.json says other numbers than metrics.csv beside it: ` +
      "put the run's own back, or, where summary.json was changed, let --resume write it\n";
    assertEquals((await compare(two, three, four)).err, both);
  });

  await t.step("writes into no folder that holds something else", async () => {
    const file = join(two, "config.json"), place = `${file} is a file: name a folder with --out`;
    await assertRejects(() => main([two, three, "--out", file]), UsageError, place);
    await assertRejects(() => main([two, three, "--out", join(file, "a")]), UsageError, place);
    for (const folder of [two, runs]) {
      const before = contents(root),
        message = `${folder} holds files of something else, which stay`;
      await assertRejects(() => main([two, three, "--out", folder]), RunError, message);
      assertEquals(contents(root), before);
    }
  });
});
