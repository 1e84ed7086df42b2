import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { join } from "node:path";
import { EpochCsv } from "../../../experiments/run_folder/epoch_csv.ts";
import { RunError } from "../../../src/base/errors.ts";
import { diskTest } from "../../on_disk.ts";

Deno.test("EpochCsv gives columns as numbers, an empty field as NaN", () => {
  const table = new EpochCsv("", "a.csv", ["epoch", "loss"]);
  for (const fields of [[1, 0], [2, NaN], [3, 1e-7]]) table.add(...fields);
  assertEquals(table.column("loss"), [0, NaN, 1e-7]);
  assertEquals(table.column("epoch"), [1, 2, 3]);
});

Deno.test("EpochCsv refuses a line that does not fit its header", () => {
  const table = new EpochCsv("", "a.csv", ["epoch", "loss"]);
  assertThrows(() => table.add(1), TypeError, "a.csv: 1 fields under 2 names");
});

diskTest("EpochCsv holds whole lines, and takes them up again to an epoch", async (directory) => {
  const make = () => new EpochCsv(directory, "a.csv", ["epoch", "split", "loss"]);
  const table = make();
  table.add(1, "train", 0.1 + 0.2);
  table.add(1, "test", NaN);
  table.add(2, "train", -Infinity);
  const text = "epoch,split,loss\n1,train,0.30000000000000004\n1,test,\n2,train,-Infinity\n";
  assertEquals(table.text(), text);
  await Deno.writeTextFile(join(directory, "a.csv"), text);
  const again = make();
  await again.load(1);
  assertEquals(again.column("loss"), [0.1 + 0.2, NaN]);
  again.add(2, "train", -Infinity);
  assertEquals(again.text(), text);
  await again.load(0);
  assertEquals(again.column("loss"), []);
});

diskTest(
  "EpochCsv begins empty before the first epoch where there is no file",
  async (directory) => {
    const table = new EpochCsv(directory, "none.csv", ["epoch"]);
    await table.load(0);
    assertEquals(table.column("epoch"), []);
  },
);

const broken: [what: string, text: string | undefined, message: string][] = [
  ["is not there", undefined, "is not there, but the checkpoint is that of epoch 2: put the file"],
  ["is empty", "", "does not have the columns of this run, but"],
  ["has other columns", "epoch,accuracy\n1,1\n2,2\n", "does not have the columns of this run"],
  ["ends too early", "epoch,loss\n1,1\n", "lacks lines of epoch 2, but"],
  ["lacks an epoch", "epoch,loss\n2,2\n", "lacks lines of epoch 1, but"],
  ["lacks a line of an epoch", "epoch,loss\n1,1\n1,2\n2,3\n", "lacks lines of epoch 2, but"],
  ["lacks a field", "epoch,loss\n1,1\n2\n", "lacks lines of epoch 2, but"],
  ["has a line of no epoch", "epoch,loss\n0,0\n1,1\n2,2\n", "has lines of no epoch, but"],
];
for (const [what, text, message] of broken) {
  diskTest(`EpochCsv refuses a file that ${what}`, async (directory) => {
    const path = join(directory, "a.csv");
    if (text !== undefined) await Deno.writeTextFile(path, text);
    const table = new EpochCsv(directory, "a.csv", ["epoch", "loss"]);
    await assertRejects(() => table.load(2), RunError, `${path} ${message}`);
  });
}
