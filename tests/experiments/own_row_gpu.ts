/** Rows in files of one's own. */
import { assert, assertEquals, assertRejects } from "@std/assert";
import { join } from "node:path";
import { parse } from "../../cli/flags.ts";
import { expCommand, oneRow } from "../../experiments/flags/exp.ts";
import { optionsOf } from "../../experiments/flags/run.ts";
import { isRowFile, loadRowFile } from "../../experiments/plan/own_row/row_file.ts";
import { run } from "../../experiments/runner/runner.ts";
import { RunError, UsageError } from "../../src/base/errors.ts";
import { gpu } from "../../src/gpu/device.ts";
import { put } from "../data/pictures.ts";
import { printed } from "../printed.ts";
import {
  assertSameNumbers,
  drawnSizes,
  isThere,
  numbersIn,
  onceThere,
  RESUME,
  rowFolder,
  runTest,
  startRow,
  textOf,
} from "./run_folders.ts";

/** cent-mnist-2, as somebody else would write it. */
const CENTER = `import { centerLoss, softmaxCrossEntropy } from "centerlab";
import { rule } from "./rule.ts";
export default {
  like: "cent-mnist-2",
  weights: { cross_entropy: 1, center: 1 },
  loss: ({ features, logits, labels, centers }) => ({
    cross_entropy: softmaxCrossEntropy(logits, labels),
    center: centerLoss(features, centers, labels, { rule }),
  }),
};
`;

async function start(file: string, out: string, flags: string[], stop = { requested: false }) {
  const given = parse(expCommand(), [file, "--out", out, ...flags])!;
  const options = optionsOf(oneRow(given, [], await loadRowFile(file)), given.flags);
  return await printed(() => run(options, gpu(), stop));
}

runTest("exp FILE.ts", async (root, t) => {
  assertEquals(["a.ts", "./a/b.mjs", "cent-mnist-2", undefined].map(isRowFile), [
    ...[true, true, false, false],
  ]);
  const mine = join(root, "rows", "mine.ts"), rule = join(root, "rows", "rule.ts");
  await put(mine, CENTER);
  await put(rule, 'export const rule = "autograd";\n');
  const flags = drawnSizes(root), folder = rowFolder(root, "mine");

  await t.step(
    "trains the loss of the file, and gives what the same row of ours gives",
    async () => {
      const { out } = await start(mine, root, flags);
      assert(!out.includes("published"), out);
      await startRow("cent-mnist-2", root, flags);
      const ours = rowFolder(root, "cent-mnist-2");
      for (const table of ["metrics.csv", "steps.csv", "centers.csv", "confusion.csv"]) {
        assertEquals(await textOf(folder, table), await textOf(ours, table), table);
      }
      const { plan } = JSON.parse(await textOf(folder, "config.json"));
      assert(
        (await textOf(folder, "report.html")).includes(`deno task exp ${mine} --preset smoke`),
      );
      assertEquals([plan.id, plan.file.path, plan.file.sha256.length], ["mine", mine, 64]);
      assert((await textOf(folder, "last.safetensors")).includes(plan.file.sha256));
    },
  );

  await t.step("goes on after a stop to the same bytes, and says how", async () => {
    const stopped = join(root, "stopped"), there = rowFolder(stopped, "mine");
    const one = onceThere(join(there, "last.safetensors"));
    const after = {
      get requested() {
        return isThere(join(there, "features", "epoch-001.npy")) && one.requested;
      },
    };
    const { result, out } = await start(mine, stopped, drawnSizes(stopped), after);
    assertEquals(result, 130);
    assert(out.includes(`deno task exp ${mine} --preset smoke`), out);
    await start(mine, stopped, [...RESUME, "--data-dir", join(stopped, "no-data")]);
    assertSameNumbers(there, numbersIn(folder));
  });

  await t.step(
    "refuses to go on when the file, or what it imports beside it, has changed",
    async () => {
      await put(rule, 'export const rule = "paper";\n');
      const resume = [...RESUME, "--data-dir", join(root, "no-data")];
      const message =
        `${mine} has changed since the run in ${folder} began: put it back, or start again`;
      await assertRejects(() => start(mine, root, resume), RunError, message);
      await put(rule, 'export const rule = "autograd";\n');
      assertEquals((await start(mine, root, resume)).result, 0);
    },
  );

  await t.step("runs the example of the documentation", async () => {
    const { result } = await start("docs/my_row.ts", root, flags);
    assertEquals(result, 0);
    const [header] = (await textOf(rowFolder(root, "my_row"), "metrics.csv")).split("\n");
    assert(header.startsWith("epoch,lr,train_loss,train_cross_entropy,train_contrastive,"), header);
  });

  const body = (loss: string, more = "") =>
    `import * as lab from "centerlab"; export default { like: "cent-mnist-2", ${more} loss: (it) => ${loss} };`;
  const bad: [name: string, text: string, message: string][] = [
    ["nothing", "", "it exports no row: export default { like"],
    ["syntax", "export default {{", "syntax.ts:1:17 cannot be loaded: SyntaxError: Unexpected"],
    ["thrown", "\nnobody();", "thrown.ts:2:1 cannot be loaded: nobody is not defined"],
    [
      "gone",
      'import { x } from "./gone_too.ts"; export default { x };',
      "gone.ts:1:19 cannot be loaded: Module not found",
    ],
    [
      "lodash",
      'import x from "lodash"; export default { x };',
      'lodash.ts:1:15 cannot be loaded: it imports "lodash", which is no name here',
    ],
    [
      "https",
      'import x from "https://example.com/a.ts"; export default { x };',
      "https.ts:1:15 cannot be loaded: it imports https://example.com",
    ],
    [
      "mein verlust ä",
      "export default { like: 'cent-mnist-2' }",
      'its id would be "mein verlust ä": rename the file, or give the row an id: of letters a-z, digits, _ . and -',
    ],
    [
      "field",
      "export default { like: 'cent-mnist-2', epoch: 3 }",
      'Unknown field of a row "epoch": did you mean "epochs"',
    ],
    [
      "inner",
      "export default { like: 'cent-mnist-2', recipe: { lr: 3 } }",
      'Unknown field of a recipe "lr"',
    ],
    [
      "like",
      "export default { like: 'cent-mnits-2' }",
      'like is "cent-mnits-2", which is no row: did you mean "cent-mnist-2"? deno task exp lists all',
    ],
    [
      "bare",
      "export default { epochs: 3 }",
      'dataset is missing; it must be text; like: "cent-mnist-2" takes',
    ],
    ["range", "export default { like: 'cent-mnist-2', epochs: -3 }", "epochs is -3; it must be"],
    [
      "cent-mnist-2",
      "export default { like: 'cent-mnist-2' }",
      "its id is cent-mnist-2, which is a row here",
    ],
    [
      "weights",
      "export default { like: 'cent-mnist-2', weights: {} }",
      "are of a loss of its own: give loss",
    ],
    [
      "word",
      "export default { like: 'cent-mnist-2', loss: 'mse' }",
      "loss must be a function of {",
    ],
    [
      "logits",
      body("lab.mean(it.features)", "trainsLogits: false,"),
      'say scoring: "nearest-center"',
    ],
    // What only the function shows is refused before anything is trained.
    ["shape", body("it.logits"), "own is [4, 10]; it must be a scalar, such as a mean"],
    [
      "names",
      body("({ a: lab.mean(it.logits) })", "weights: { b: 1 },"),
      "it gives a, and its weights are of b",
    ],
    [
      "reach",
      body("lab.mean(it.features)"),
      "no gradient reaches the logits: say trainsLogits: false",
    ],
    [
      "centers",
      body("lab.softmaxCrossEntropy(it.logits, it.labels)"),
      'no gradient reaches the centers: say centers: "none"',
    ],
    [
      "misfit",
      body("lab.mean(lab.add(it.features, it.logits))"),
      "misfit.ts:1:102: Cannot add [4, 2]",
    ],
    ["throws", body("it.nothing.at(0)"), "throws.ts:1:100: Cannot read properties of undefined"],
  ];
  for (const [name, text, message] of bad) {
    await t.step(`refuses a file of ${name} in one line, and leaves nothing`, async () => {
      const file = join(root, "bad", `${name}.ts`), out = join(root, "bad-runs");
      await put(file, text);
      const error = await assertRejects(() => start(file, out, drawnSizes(root)), Error, message);
      assert(error instanceof RunError || error instanceof UsageError, String(error));
      assertEquals([error.message.includes("\n"), isThere(out)], [false, false], error.message);
    });
  }
});
