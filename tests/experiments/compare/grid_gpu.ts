/** `deno task exp ID --vary`: a grid of runs through the queue, and their comparison with maps. */
import { assert, assertEquals } from "@std/assert";
import { join } from "node:path";
import { parse } from "../../../cli/flags.ts";
import { runGrid, runPart } from "../../../experiments/compare/run_grid.ts";
import { expCommand, oneRow } from "../../../experiments/flags/exp.ts";
import { gridOf, variedOf } from "../../../experiments/flags/vary.ts";
import { printed } from "../../printed.ts";
import { framesOf } from "../gif_frames.ts";
import { assertSameNumbers, contents, numbersIn, onceThere, runTest } from "../run_folders.ts";
import { onShared } from "../shared_device.ts";

runTest("runGrid()", async (root, t) => {
  const start = (out: string, line: string, stop = { requested: false }) => {
    const sizes = "--preset smoke --train-size 18 --test-size 10 --no-tune --out";
    const given = parse(expCommand(), [...`cent-digits-2 ${line} ${sizes}`.split(" "), out])!;
    const varied = variedOf(given), queue = gridOf(given, oneRow(given), varied);
    const { part } = given.flags, runs = onShared(stop);
    return printed(() =>
      part === undefined ? runGrid(queue, varied, runs) : runPart(part, queue, varied, runs)
    );
  };
  const out = join(root, "runs"), own = "train-size=18+test-size=10";
  const folder = (lambda: string, seed: number) =>
    join(out, `cent-digits-2+${lambda}${own}`, "smoke", `seed-${seed}`);
  const grid = "--vary lambda=0.1,1 --seeds 2";

  await t.step("compares nothing when it is stopped, and says what continues it", async () => {
    const stop = onceThere(join(folder("weight-center=0.1+", 2), "metrics.csv"));
    const { result, out: said } = await start(out, grid, stop);
    assertEquals(result, 130);
    assert(said.includes(`continue with\n  deno task exp cent-digits-2 ${grid} --preset`), said);
    assertEquals([...Deno.readDirSync(out)].map(({ name }) => name).sort(), [
      `cent-digits-2+${own}`,
      `cent-digits-2+weight-center=0.1+${own}`,
    ]);
  });

  const place = join(out, `cent-digits-2+${own}+weight-center=0.1,1`, "smoke", "compare");
  await t.step("skips what is finished, goes on with what stopped, and compares all", async () => {
    const before = contents(folder("", 1)), { result, out: said } = await start(out, grid);
    assertEquals(result, 0);
    const states = said.match(/^\[\d\/4\] .*: (skipped|goes on|starts)/gm)!.map((it) =>
      it.replace(/.*: /, "")
    );
    assertEquals(states, ["skipped", "skipped", "goes on", "starts"]);
    assertEquals(contents(folder("", 1)), before);
    assert(said.includes(`\nTable, curves and maps are in ${place}\n`), said);
    assertEquals(said.match(/^(0\.1|1) +2 +2 +[\d.]+ ± [\d.]+ % /gm)?.length, 2, said);
    const files = contents(place);
    assertEquals([...files.keys()], [
      ...["compare.json", "comparison.csv", "comparison.md", "curves.png", "maps-own-axes.png"],
      ...["maps.gif", "maps.png", "runs.csv"],
    ]);
    assertEquals(framesOf(files.get("maps.gif")!), 2);
    // Each run is the one that is trained by itself.
    const alone = join(root, "alone");
    await start(alone, "--lambda 0.1 --seeds 2");
    const same = join(alone, `cent-digits-2+weight-center=0.1+${own}`, "smoke");
    assertSameNumbers(join(same, "seed-2"), numbersIn(folder("weight-center=0.1+", 2)));
    assert(contents(join(same, "compare")).has("comparison.csv"));
  });

  await t.step(
    "does the same in parts, in any order, and says what a comparison lacks",
    async () => {
      const parts = join(root, "parts"), wanted = contents(place);
      const own = (folder: string) => folder.replace(out, parts);
      const part = async (asked: number | "compare", wanted = 0) => {
        const { result, out: said, err } = await start(parts, `${grid} --part ${asked}`);
        assertEquals(result, wanted, said + err);
        return said + err;
      };
      for (const asked of [4, 1, 3]) assert((await part(asked)).includes("[1/1] "));
      assert((await part("compare", 1)).includes("1 of 4 runs are not finished, and are left out"));
      await part(2);
      assert((await part(2)).includes("seed 1: skipped, it is finished"));
      await part("compare");
      for (const name of ["maps.png", "maps.gif", "curves.png"]) {
        assertEquals(contents(own(place)).get(name), wanted.get(name), name);
      }
      for (const [lambda, seed] of [["weight-center=0.1+", 1], ["", 2]] as const) {
        const path = folder(lambda, seed);
        assertSameNumbers(own(path), numbersIn(path));
      }
    },
  );

  await t.step("goes on after a run that fails, compares the others, and ends with 1", async () => {
    await Deno.writeTextFile(join(folder("", 2), "config.json"), "{");
    const { result, err, out: said } = await start(out, grid);
    assertEquals(result, 1);
    assert(err.includes("cent-digits-2 · train-size=18, test-size=10, seed 2: "), err);
    assertEquals(said.match(/^1 +1 +2 +[\d.]+ % /gm)?.length, 1, said);
  });

  await t.step("draws three dimensions along principal components", async () => {
    const deep = join(root, "deep"),
      { result, out: said } = await start(deep, "--vary feat-dim=2,3");
    assertEquals(result, 0, said);
    const name = `cent-digits-2+${own}+feat-dim=2,3`;
    assertEquals(framesOf(contents(join(deep, name, "smoke", "compare")).get("maps.gif")!), 2);
  });
});
