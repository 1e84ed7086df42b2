/** `--measures`, and runs on changed images: from the flags to `measures.csv`, a resume and `eval`. */
import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { join } from "node:path";
import { main as evaluate } from "../../../experiments/eval.ts";
import { UsageError } from "../../../src/base/errors.ts";
import { printed } from "../../printed.ts";
import {
  assertSameNumbers,
  columnsOf,
  contents,
  noData,
  numbersIn,
  onceThere,
  refuse,
  RESUME,
  rowFolder,
  runTest,
  start,
  startRow,
  textOf,
} from "../run_folders.ts";
import { lend } from "../shared_device.ts";

const evalOf = (...args: string[]) => printed(() => evaluate(args, lend));
/** The flags of a run with so many images. */
const sized = (root: string, train: number) => [
  ...["--preset", "smoke", "--name", "t", "--no-tune", "--measures", "--data-dir", noData(root)],
  ...["--train-size", `${train}`, "--test-size", "60"],
];
const CHANGED = ["--leave-out", "8,9", "--imbalance", "4", "--label-noise", "0.2"];

runTest("run() --measures", async (root, t) => {
  const sizes = sized(root, 60);

  await t.step("measures the network of the last epoch as the run and eval do", async () => {
    for (const id of ["kz-center", "standalone-mnist-2", "mx-10-30"]) {
      const { result: code, out: said } = await startRow(id, root, sizes);
      assertEquals([code, said.includes("\nMeasured after the last epoch (measures.csv):\n")], [
        0,
        true,
      ]);
      const folder = rowFolder(root, id), of = await columnsOf(folder, "measures.csv");
      const metrics = await columnsOf(folder, "metrics.csv");
      const columns = (await textOf(folder, "measures.csv")).split("\n")[0].split(",");
      assertEquals(columns.includes("by_logit"), id !== "standalone-mnist-2");
      assert(!columns.includes("unknown_by_cosine"), "no class is unknown");
      for (
        const [name, column] of [
          ["by_logit", "test_accuracy_by_logit"],
          ["by_center", "test_accuracy_by_nearest_center"],
        ].filter(([name]) => columns.includes(name))
      ) {
        assertAlmostEquals(of(name)[0], metrics(column).at(-1)!, 1e-6, `${id}, ${name}`);
      }
      for (const name of ["by_mean", "by_knn", "map", "recall_at1", "nc1", "within_to_between"]) {
        assert(of(name)[0] > 0, `${id}, ${name}: ${of(name)[0]}`);
      }
      const data = ["--data-dir", noData(root)];
      const last = ["--measures", "--checkpoint", "last", ...data];
      const { result, out } = await evalOf(folder, ...last, "--csv");
      assertEquals([result, out], [0, await textOf(folder, "measures.csv")]);
      const lines = (await evalOf(folder, ...last)).out.trimEnd().split("\n").filter((line) =>
        !line.startsWith("Running on")
      );
      assert(said.includes(lines.join("\n")), said);
      const titles = lines.map((line) => line.split("  ")[0]);
      assertEquals(titles, [
        ...["accuracy by", "classes", "retrieval", "neural collapse"],
        ...(id === "standalone-mnist-2" ? [] : ["calibration"]),
      ]);
      const json = await evalOf(folder, "--measures", "--json", ...data);
      assert(JSON.parse(json.out).map > 0, json.out);
    }
  });
});

runTest("run() on changed images", async (root, t) => {
  const flags = [...sized(root, 120), ...CHANGED], whole = join(root, "whole");
  const { result, out } = await start(whole, flags);
  const folder = join(rowFolder(whole, "cent-digits-2")), wanted = numbersIn(folder);

  await t.step("says what was changed, and keeps it", async () => {
    assertEquals(result, 0);
    assert(
      /^digits without classes 8, 9; from \d+ training images of 0 down to \d+ of 7; \d+ of/m.test(
        out,
      ),
      out,
    );
    const { plan, classNames } = JSON.parse(await textOf(folder, "config.json"));
    assertEquals([plan.leaveOut, plan.imbalance, plan.labelNoise], [[8, 9], 4, 0.2]);
    assertEquals(plan.variant.split("+").slice(-3).sort(), [
      ...["imbalance=4", "label-noise=0.2", "leave-out=8,9"],
    ]);
    assertEquals(classNames, ["0", "1", "2", "3", "4", "5", "6", "7"]);
    const of = await columnsOf(folder, "measures.csv");
    for (const name of ["unknown_by_distance", "unknown_by_cosine"]) {
      assert(of(name)[0] > 0 && of(name)[0] <= 1, name);
    }
  });

  await t.step("ends in the same bytes after a resume", async () => {
    const stopped = join(root, "stopped"), own = rowFolder(stopped, "cent-digits-2");
    await start(stopped, flags, onceThere(join(own, "features", "epoch-001.npy")));
    assert(!contents(own).has("summary.json"));
    await start(stopped, [...RESUME, "--measures"]);
    assertSameNumbers(own, wanted);
  });

  await t.step("refuses a resume with other changes", async () => {
    for (
      const [flag, value, there] of [
        ["--leave-out", "7,9", "8,9"],
        ["--imbalance", "5", "4"],
        ["--label-noise", "0.3", "0.2"],
      ]
    ) {
      const message =
        `--resume continues a run with its own options, and ${flag} is ${there} there, not ${value}`;
      await refuse(whole, [...RESUME, flag, value], UsageError, message);
    }
  });
});
