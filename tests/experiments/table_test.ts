import { assertEquals, assertThrows } from "@std/assert";
import { join } from "node:path";
import { Table } from "../../experiments/table.ts";
import { diskTest } from "../data/temp_directory.ts";

Deno.test("Table gives columns as numbers, an empty field as NaN", () => {
  const table = new Table("a.csv", ["epoch", "loss"]);
  table.add(1, 0);
  table.add(2, NaN);
  table.add(3, 1e-7);
  assertEquals(table.column("loss"), [0, NaN, 1e-7]);
  assertEquals(table.column("epoch"), [1, 2, 3]);
});

Deno.test("Table refuses a line that does not fit its header", () => {
  const table = new Table("a.csv", ["epoch", "loss"]);
  assertThrows(() => table.add(1), TypeError, "a.csv: 1 fields under 2 names");
});

diskTest("Table writes whole lines, and takes them up again to an epoch", async (directory) => {
  const path = join(directory, "a.csv");
  const table = new Table(path, ["epoch", "split", "loss"]);
  table.add(1, "train", 0.1 + 0.2);
  table.add(1, "test", NaN);
  table.add(2, "train", -Infinity);
  await table.save();
  const text = "epoch,split,loss\n1,train,0.30000000000000004\n1,test,\n2,train,-Infinity\n";
  assertEquals(await Deno.readTextFile(path), text);
  const again = new Table(path, ["epoch", "split", "loss"]);
  await again.load(1);
  assertEquals(again.column("loss"), [0.1 + 0.2, NaN]);
  again.add(2, "train", -Infinity);
  await again.save();
  assertEquals(await Deno.readTextFile(path), text);
  await again.load(0);
  assertEquals(again.column("loss"), []);
});

diskTest("Table begins empty where there is no file", async (directory) => {
  const table = new Table(join(directory, "none.csv"), ["epoch"]);
  await table.load(5);
  assertEquals(table.column("epoch"), []);
});
