/** Tables of studies on the pages: over the seeds that there are. */
import { assert, assertEquals } from "@std/assert";
import { join } from "node:path";
import { CLAIMS } from "../../../experiments/report/claims/catalog.ts";
import { GROUPS, pageLines } from "../../../experiments/report/pages.ts";
import { diskTest } from "../../on_disk.ts";
import { granted } from "../../permissions.ts";
import { cellsOf } from "./cells.ts";

Deno.test("GROUPS and CLAIMS name pages that are there: deno task table leaves out others", async () => {
  if (!await granted("read")) return;
  const pages = [...Deno.readDirSync("docs/experiments")].map(({ name }) => name);
  const named = new Set([...Object.keys(GROUPS), ...Object.keys(CLAIMS)].map((it) => `${it}.md`));
  const absent = [...named].filter((page) => !pages.includes(page));
  assertEquals(absent, [], "docs/experiments/ lacks these pages");
});

diskTest(
  "pageLines() shows a study's table over seeds, of the setting with the most",
  async (root) => {
    const write = async (folder: string, seed: number, value: number, other = "") => {
      const path = join(root, "quick", folder, `seed-${seed}`);
      await Deno.mkdir(path, { recursive: true });
      const runs = [{ id: "density", drawn: false }];
      await Deno.writeTextFile(
        join(path, "study.json"),
        JSON.stringify({ study: "density-claims", preset: "quick", seed, runs }),
      );
      const lines = [`density,7,${value}`, `density-softmax,7,${other}`];
      await Deno.writeTextFile(join(path, "claims.csv"), `row,count,value\n${lines.join("\n")}\n`);
    };
    const shown = async () => {
      const lines = await pageLines(GROUPS.density, [], root);
      const cells = lines.filter((line) => line.startsWith("|")).map(cellsOf);
      return [lines.join(" "), cells.slice(-2)] as const;
    };
    await write("density-claims", 1, 0.123456);
    let [text, cells] = await shown();
    assert(text.includes("preset quick, seed 1:"), text);
    assertEquals(cells, [["density", "7", "0.1235"], ["density-softmax", "7", "-"]]);
    await write("density-claims+width=0.5", 2, 0.5, "0.25");
    await write("density-claims+width=0.5", 3, 0.7, "0.25");
    [text, cells] = await shown();
    assert(text.includes("width 0.5, seeds 2, 3: mean ± standard deviation:"), text);
    assertEquals(cells, [["density", "7", "0.6 ± 0.14"], ["density-softmax", "7", "0.25 ± 0"]]);
  },
);

diskTest(
  "pageLines() takes a row for itself where seeds have it in another line, and says how many have it",
  async (root) => {
    const all = [["autograd,0.1", "paper,0.5"], ["paper,0.7", "autograd,0.3", "plain,0.9"], [
      "autograd,",
      "paper,0.6",
    ]];
    for (const [i, lines] of all.entries()) {
      const path = join(root, "quick", "center-rules", `seed-${i + 1}`);
      await Deno.mkdir(path, { recursive: true });
      await Deno.writeTextFile(
        join(path, "comparison.csv"),
        `setting,accuracy\n${lines.join("\n")}\n`,
      );
    }
    const lines = await pageLines(GROUPS.jx, [], root);
    const cells = lines.filter((line) => line.startsWith("|")).map(cellsOf);
    assertEquals(cells.slice(-3), [
      ["autograd", "0.2 ± 0.14 (2 of 3 seeds)"],
      ["paper", "0.6 ± 0.1"],
      ["plain", "0.9 (1 of 3 seeds)"],
    ]);
  },
);
