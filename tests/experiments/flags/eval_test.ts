/** The command line of `deno task eval`. */
import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { join } from "node:path";
import { parse } from "../../../cli/flags.ts";
import { main } from "../../../experiments/eval.ts";
import { EVAL, evalTask } from "../../../experiments/flags/eval.ts";
import { RunError, UsageError } from "../../../src/base/errors.ts";
import { diskTest } from "../../on_disk.ts";

const task = (line: string) => evalTask(parse(EVAL, line.split(" "))!);

Deno.test("evalTask() takes a run and a method, and has the rest by itself", () => {
  const missing = {
    "data-dir": undefined,
    ...{ data: undefined, "test-data": undefined },
    adapter: undefined,
    json: false,
    csv: false,
    verbose: false,
    measures: false,
  };
  assertEquals(task("r --method softmax"), {
    ...{ run: "r", method: "softmax", k: 5, checkpoint: "best", ...missing },
  });
  const line = "--method=knn --k 64 --checkpoint last --data-dir d --adapter software --json 7";
  assertEquals(task(line), {
    ...{ run: "7", method: "knn", k: 64, checkpoint: "last", "data-dir": "d" },
    ...{ data: undefined, "test-data": undefined },
    ...{ adapter: "software", json: true, csv: false, verbose: false, measures: false },
  });
});

const refusals: [line: string, message: string][] = [
  ["--method softmax", "eval needs one run, not 0: deno task eval RUN"],
  ["a b --method softmax", "eval needs one run, not 2: deno task eval RUN"],
  ["r --measures --k 5", "--k is for --method knn: give that, too"],
  ["r --k 5", "--k is for --method knn: give that, too"],
  ["r --method softmax --k 5", "--k is for --method knn, not for softmax"],
  ["r --method knn --k=65", '--k is "65"; it must be a whole number from 1 to 64'],
  ["r --csv", "--csv is for --measures: give that, too, or --json"],
  ["r --measures --csv --json", "--csv and --json exclude each other: one form at a time"],
  ["r --method softmax --checkpoint first", '--checkpoint is "first"; it must be best or last'],
  [
    "r/a.safetensors --method softmax --checkpoint last",
    "--checkpoint chooses a file of a folder, and r/a.safetensors is a file already",
  ],
];
for (const [line, message] of refusals) {
  Deno.test(`evalTask() refuses ${line}`, () => {
    assertEquals(assertThrows(() => task(line), UsageError).message, message);
  });
}

diskTest("main() of eval refuses what is no run", async (root) => {
  const refuse = (run: string, message: string) =>
    assertRejects(() => main([run, "--method", "softmax"]), RunError, message);
  await refuse(
    root,
    `${root} has no config.json: name the folder of a run, runs/ROW/PRESET/seed-N`,
  );
  await refuse(`${root}/x.safetensors`, `${root} has no config.json: name the folder of a run`);
  await Deno.writeTextFile(`${root}/config.json`, "{}");
  await refuse(root, `${join(root, "config.json")} is no config of a run`);
});
