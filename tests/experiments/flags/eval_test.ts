/** The command line of `deno task eval`. */
import { assertEquals, assertRejects, assertStringIncludes, assertThrows } from "@std/assert";
import { main } from "../../../experiments/eval.ts";
import { parseEval } from "../../../experiments/flags/eval.ts";
import { exitCode } from "../../../src/base/cli.ts";
import { RunError, UsageError } from "../../../src/base/errors.ts";
import { granted } from "../../permissions.ts";
import { printed } from "../../printed.ts";

const parse = (line: string) => parseEval(line.split(" ").filter((word) => word !== ""));

Deno.test("parseEval() takes a run and a method, and has the rest by itself", () => {
  assertEquals(parse("r --method softmax"), {
    run: "r",
    method: "softmax",
    k: 5,
    checkpoint: "best",
    dataDir: undefined,
    adapter: undefined,
    json: false,
  });
});

Deno.test("parseEval() puts every flag where it belongs", () => {
  assertEquals(
    parse(
      "--method=knn --k 64 --checkpoint last --data-dir d --adapter software --json --verbose 7",
    ),
    {
      run: "7",
      method: "knn",
      k: 64,
      checkpoint: "last",
      dataDir: "d",
      adapter: "software",
      json: true,
    },
  );
});

Deno.test("main() of eval prints its help, with every flag", async () => {
  for (const args of [[], ["--help"], ["r", "--help"]]) {
    const { result, out } = await printed(() => main(args));
    assertEquals(result, 0);
    for (
      const flag of ["method", "k", "checkpoint", "data-dir", "adapter", "json", "verbose", "help"]
    ) {
      assertStringIncludes(out, `--${flag}`);
    }
  }
});

const refusals: [line: string, message: string][] = [
  ["--method softmax", "eval needs one run, not 0: deno task eval RUN --method softmax"],
  ["a b --method softmax", "eval needs one run, not 2: deno task eval RUN --method softmax"],
  ["r", "--method is missing; it must be one of softmax, nearest-center, knn"],
  ["r --method logit", '--method is "logit"; it must be one of softmax, nearest-center, knn'],
  ["r --method", '--method is ""; it must be one of softmax, nearest-center, knn'],
  ["r --metod softmax", "eval does not know --metod; the nearest flag is --method"],
  [
    "r --method softmax --adapter cpu",
    '--adapter is "cpu"; it must be one of high-performance, low-power, software',
  ],
  ["r --method softmax --k 5", "--k is for --method knn, not for softmax"],
  ...["0", "65", "-1", "1.5", "five", ""].map((k): [string, string] => [
    `r --method knn --k=${k}`,
    `--k is "${k}"; it must be a whole number from 1 to 64`,
  ]),
  ["r --method softmax --checkpoint first", '--checkpoint is "first"; it must be best or last'],
  [
    "r/a.safetensors --method softmax --checkpoint last",
    "--checkpoint chooses a file of a folder, and r/a.safetensors is a file already",
  ],
  ["r --method softmax --data-dir=", "--data-dir needs a folder"],
];
for (const [line, message] of refusals) {
  Deno.test(`parseEval() refuses ${line}`, async () => {
    assertEquals(assertThrows(() => parse(line), UsageError).message, message);
    const { result, err } = await printed(() => exitCode(main, line.split(" ")));
    assertEquals([result, err], [2, `${message}\n`]);
  });
}

Deno.test("main() of eval refuses what is no run", async () => {
  if (!await granted("read", "write")) return;
  const root = await Deno.makeTempDir();
  const refuse = (run: string, message: string) =>
    assertRejects(() => main([run, "--method", "softmax"]), RunError, message);
  await refuse(root, `${root} has no config.json: name the folder of a run, such as runs/`);
  await refuse(`${root}/x.safetensors`, `${root} has no config.json: name the folder of a run`);
  await Deno.writeTextFile(`${root}/config.json`, "{}");
  await refuse(root, `${root}/config.json is no config of a run`);
  await Deno.remove(root, { recursive: true });
});
