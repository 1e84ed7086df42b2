import { assert, assertEquals } from "@std/assert";
import { join } from "node:path";
import type { Claim } from "../../../../experiments/report/claims/claim.ts";
import { CLAIMS } from "../../../../experiments/report/claims/catalog.ts";
import { tallyLines } from "../../../../experiments/report/claims/tally.ts";
import {
  judgeAll,
  outcomeLines,
  verdictLines,
} from "../../../../experiments/report/claims/verdicts.ts";
import { CATALOG } from "../../../../experiments/rows/catalog.ts";
import { STUDIES } from "../../../../experiments/studies/catalog.ts";
import { diskTest } from "../../../on_disk.ts";
import { cellsOf } from "../cells.ts";

/** Writes results with the accuracy of a row by seed, under a preset and a suffix. */
async function write(root: string, all: Record<string, number[]>): Promise<void> {
  for (const [folder, values] of Object.entries(all)) {
    for (const [i, value] of values.entries()) {
      const path = join(root, folder, `seed-${i + 1}`);
      await Deno.mkdir(path, { recursive: true });
      await Deno.writeTextFile(join(path, "metrics.csv"), `epoch,accuracy\n1,0\n2,${value}\n`);
    }
  }
}

const claim: Claim = {
  statement: "a beats b",
  of: "a",
  measured: "accuracy of a",
  value: (seed) => seed.metric("a", "accuracy"),
  control: { name: "of b", value: (seed) => seed.metric("b", "accuracy") },
  above: 0,
};

diskTest("judgeAll() compares seed by seed, within one setting", async (root) => {
  await write(root, {
    "quick/a": [0.9, 0.8, 0.7],
    "quick/b": [0.89, 0.79, 0.69],
    "fast/a": [0.5, 0.5, 0.5], // without its control
    "quick/b+width-factor-0.25": [0.99, 0.99, 0.99],
  });
  const [{ judged, value, control, runs }] = await judgeAll([claim], root);
  assertEquals(judged.verdict, "holds");
  assertEquals([value.mean, control?.mean].map((x) => x!.toFixed(3)), ["0.800", "0.790"]);
  assertEquals(runs, "quick; seeds 1, 2, 3");
});

diskTest(
  "judgeAll() takes the setting with the most seeds, of equals the nearest to what was published",
  async (directory) => {
    const lone: Claim = { ...claim, control: undefined };
    let count = 0;
    const runsIn = async (all: Record<string, number[]>) => {
      const root = join(directory, `${++count}`);
      await write(root, all);
      return (await judgeAll([lone], root))[0].runs;
    };
    assertEquals(await runsIn({ "quick/a": [1, 1], "fast/a": [1] }), "quick; seeds 1, 2");
    assertEquals(await runsIn({ "quick/a": [1], "fast/a": [1] }), "fast; seed 1");
    const changed = { "quick/a": [1], "quick/a+lr=0.1+width=0.25": [1, 1] };
    assertEquals(await runsIn(changed), "quick, lr 0.1, width 0.25; seeds 1, 2");
  },
);

diskTest(
  "judgeAll() tells nothing from two seeds, a lost control, or nothing at all",
  async (directory) => {
    const pair = { "quick/a": [1, 1], "quick/b": [0, 0] };
    const cases: Record<string, number[]>[] = [pair, { "quick/a": [1, 1, 1] }, {}];
    for (const [i, all] of cases.entries()) {
      const root = join(directory, `${i}`);
      await write(root, all);
      const [{ judged, runs }] = await judgeAll([claim], root);
      assertEquals(judged.verdict, "cannot be told");
      assertEquals(runs, "quick/b" in all ? "quick; seeds 1, 2" : "");
    }
  },
);

diskTest("verdictLines() writes a table that says what decides", async (root) => {
  await write(root, { "quick/a": [0.9, 0.8, 0.7], "quick/b": [0.89, 0.79, 0.69] });
  const line = (await verdictLines([claim], root)).at(-1)!;
  const cells = cellsOf(line);
  assertEquals(cells, [
    "**holds**",
    "a beats b<br><sub>Accuracy of a, less the control: of b<br>Preset quick; seeds 1, 2, 3</sub>",
    "0.8<br>±&nbsp;0.1",
    "0.79<br>±&nbsp;0.1",
    "above 0",
    "0.01<br>to&nbsp;0.01",
  ]);
});

diskTest(
  "verdictLines() says how a claim of every run is judged, where there is one",
  async (root) => {
    await write(root, { "quick/a": [0.9, 0.1, 0.7] });
    const always: Claim = { ...claim, control: undefined, above: 0.5, always: true };
    const text = async (of: Claim) => (await verdictLines([of], root)).join(" ");
    const said = 'A claim whose bound is marked "each" is of every seed';
    assert((await text(always)).includes(said));
    assert((await text(always)).includes("| above 0.5, each |"));
    assert(!(await text({ ...always, always: undefined })).includes(said));
  },
);

diskTest(
  "verdictLines() marks what is asked and what is ours, and says what that means",
  async (root) => {
    await write(root, { "quick/a": [0.9, 0.8, 0.7], "quick/b": [0.89, 0.79, 0.69] });
    const text = async (...claims: Claim[]) => (await verdictLines(claims, root)).join(" ");
    const ours: Claim = { ...claim, ours: true }, asked: Claim = { ...claim, asked: true };
    assert((await text(claim, ours, asked)).includes(
      "Claims marked (asked) answer a question of the source, those marked (ours) are our own; all others are made by the source.",
    ));
    assert((await text(asked)).includes(
      "Claims marked (asked) answer a question of the source; all others are",
    ));
    assert((await text(asked)).includes("a beats b (asked)<br>"));
    assert(!(await text(claim)).includes("marked ("));
  },
);

diskTest("outcomeLines() says what holds; a note stands beside its claim", async (root) => {
  await write(root, { "quick/a": [0.9, 0.8, 0.7], "quick/b": [0.89, 0.79, 0.69] });
  const lost = { ...claim, statement: "c beats a", value: () => NaN };
  const claims = [{ ...claim, note: "a was tuned" }, lost, { ...lost, note: "said of no run" }];
  const text = (await outcomeLines(claims, root)).join(" ");
  const told = '**What came out** (preset quick, seeds 1, 2, 3). Holds: "a beats b". 0 of';
  assert(text.startsWith(told), text);
  assert(
    text.endsWith(
      "0 of the 3 claims cannot be told by these runs, and 2 have no run that tells them.",
    ),
    text,
  );
  const one = (await outcomeLines([claim, lost], root)).join(" ");
  assert(one.endsWith("and 1 has no run that tells it."), one);
  assertEquals(await outcomeLines([lost], root), [
    "**What came out**: no runs are in the repository yet.",
  ]);
  const table = (await verdictLines(claims, root)).join("\n");
  assert(table.includes("less the control: of b<br>A was tuned<br>Preset quick;"), table);
  assert(!table.includes("said of no run"));
  const shared = [{ ...claim, note: "Both." }, { ...claim, statement: "a > b", note: "Both." }];
  for (const lines of [await verdictLines(shared, root), await outcomeLines(shared, root)]) {
    assertEquals(lines.join("\n").split("Both.").length - 1, 1);
  }
});

diskTest(
  "tallyLines() counts verdicts page by page, and claims without a run by themselves",
  async (root) => {
    await write(root, { "quick/a": [0.9, 0.8, 0.7], "quick/b": [0.89, 0.79, 0.69] });
    const lost: Claim = { ...claim, value: () => NaN }, worse: Claim = { ...claim, above: 0.5 };
    const wide: Claim = { ...claim, control: undefined, above: 0.8 };
    const lines = await tallyLines({ one: [claim, lost, worse], two: [wide] }, root);
    assertEquals(lines.slice(2).map(cellsOf), [
      ["[one](experiments/one.md)", "3", "1", "1", "0", "1"],
      ["[two](experiments/two.md)", "1", "0", "0", "1", "0"],
      ["all", "4", "1", "1", "1", "1"],
    ]);
  },
);

Deno.test("CLAIMS name rows and studies that are there, and a bound each", () => {
  const known = new Set([...CATALOG.keys(), ...STUDIES.map(({ id }) => id)]);
  for (const all of Object.values(CLAIMS)) {
    for (const { of, above, below, statement } of all) {
      assert(known.has(of), of);
      assert(above !== undefined || below !== undefined, statement);
    }
    assertEquals(new Set(all.map(({ statement }) => statement)).size, all.length);
  }
});
