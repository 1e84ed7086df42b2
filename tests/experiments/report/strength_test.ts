/** The table's losses in networks of several strengths. */
import { assert, assertEquals } from "@std/assert";
import { join } from "node:path";
import { strengthLines } from "../../../experiments/report/strength.ts";
import { diskTest } from "../../on_disk.ts";
import { cellsOf } from "./cells.ts";

const ROWS = ["xent-cifar-10-2", "cent-cifar-10-2", "standalone-cifar-10-2"];
const RULES = "row,test_accuracy_by_logit,test_accuracy_by_nearest_center\n";

diskTest("strengthLines() sets networks of one preset beside the rows' own", async (root) => {
  const write = async (
    preset: string,
    folder: string,
    seed: number,
    name: string,
    text: string,
  ) => {
    const path = join(root, preset, folder, `seed-${seed}`);
    await Deno.mkdir(path, { recursive: true });
    await Deno.writeTextFile(join(path, name), text);
  };
  const study = (
    flags: string,
    seed: number,
    [xent, cent, standalone]: number[],
    preset = "fast",
  ) =>
    write(
      preset,
      `losses-cifar-10${flags}`,
      seed,
      "comparison.csv",
      `${RULES}${ROWS[0]},${xent},0.1\n${ROWS[1]},${cent},0.1\n${ROWS[2]},,${standalone}\n`,
    );
  for (const [i, row] of ROWS.entries()) {
    const rule = i === 2 ? "nearest_center" : "logit";
    await write(
      "fast",
      row,
      1,
      "metrics.csv",
      `epoch,test_accuracy_by_${rule}\n1,0.3\n2,0.8${i}\n`,
    );
  }
  assertEquals(await strengthLines(root, ""), ["No results are in the repository yet."]);

  await study("+width=0.25", 1, [0.6, 0.5, 0.4]);
  await study("+width=0.25", 2, [0.7, 0.6, 0.5]);
  await study("+blocks=2", 1, [0.9, 0.9, 0.9]);
  // Other epochs, or another preset, are no other network.
  await study("+epochs=6+width=2", 1, [0.1, 0.1, 0.1]);
  await study("+width=2", 1, [0.1, 0.1, 0.1], "quick");
  await write("fast", "losses-cifar-10+width=0.25", 1, "panel.gif", "");
  const lines = await strengthLines(root, "../");
  assertEquals(lines.filter((line) => line.startsWith("|")).slice(2).map(cellsOf), [
    ["as published", "0.8000", "0.8100", "0.8200", "1"],
    ["2 blocks a group in place of 1", "0.9000", "0.9000", "0.9000", "1"],
    ["0.25 times as wide", "0.6500 ± 0.0707", "0.5500 ± 0.0707", "0.4500 ± 0.0707", "1, 2"],
  ]);
  const images = lines.filter((line) => line.startsWith("!"));
  assertEquals(images.length, 1, images.join("\n"));
  assert(images[0].endsWith("losses-cifar-10+width=0.25/seed-1/panel.gif)"), images[0]);
});
