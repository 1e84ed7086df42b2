import { assert, assertEquals } from "@std/assert";
import { command, flag } from "../../cli/flags.ts";
import { exitCode, mainOf } from "../../cli/run_cli.ts";
import { number, text } from "../../cli/values.ts";
import { RunError, UsageError } from "../../src/base/errors.ts";
import { printed } from "../printed.ts";

Deno.test("exitCode() passes the arguments on and returns the command's code", async () => {
  const { result, err } = await printed(() =>
    exitCode(({ length }) => Promise.resolve(length), ["a", "b"])
  );
  assertEquals([result, err], [2, ""]);
});

Deno.test("mainOf() runs the command, or prints its help", async () => {
  const flags = { json: flag("as JSON") };
  const main = mainOf(
    command({ name: "a", about: "It does.", forms: [["", "it"]], flags }),
    ({ flags: { json } }, code: number = 7) => Promise.resolve(json ? code : 0),
  );
  assertEquals([await main([]), await main(["--json"]), await main(["--json"], 3)], [0, 7, 3]);
  const { result, out } = await printed(() => main(["-h"]));
  assertEquals([result, out.startsWith("It does.\n"), out.includes("--json  as JSON")], [
    0,
    true,
    false,
  ]);
  assertEquals(out.includes("  --json      as JSON\n"), true, out);
});

Deno.test("mainOf() tells a flag by the name that was typed", async () => {
  const flags = {
    "weight-center": { ...number({}, "a factor"), alias: "lambda" },
    "weight-center-2": number({}, "another"),
    vary: text("FLAG=LIST", "several values"),
  };
  const main = mainOf(
    command({ name: "a", about: "It does.", forms: [["", "it"]], words: true, flags }),
    () => Promise.reject(new UsageError("--weight-center is 1, not --weight-center-2")),
  );
  const said = async (...args: string[]) => (await printed(() => exitCode(main, args))).err;
  const [long, short] = ["--weight-center", "--lambda"].map((it) =>
    `${it} is 1, not --weight-center-2\n`
  );
  assertEquals(await said("--lambda", "1"), short);
  assertEquals(await said("--lambda=1"), short);
  assertEquals(await said("--vary", "lr=1,lambda=1,2"), short);
  assertEquals(await said("--vary=lambda=1"), short);
  for (const args of [["--weight-center", "1"], ["lambda-sweep"], ["--vary", "weight-center=1"]]) {
    assertEquals(await said(...args), long);
  }
  assertEquals(await said("--lambda", "x"), '--lambda is "x"; it must be a number\n');
  const twice = "--weight-center is given more than once: --lambda is another name of it\n";
  assertEquals(await said("--lambda", "1", "--weight-center", "1"), twice);
});

const errors: [string, unknown, number, string][] = [
  ["a failed run", new RunError("Cannot read a.idx"), 1, "Cannot read a.idx\n"],
  ["bad usage", new UsageError("Unknown flag --x"), 2, "Unknown flag --x\n"],
  [
    "control characters of names visibly",
    new RunError("Cannot read a\r\x1b[2K\n\u2028b.idx"),
    1,
    "Cannot read a\\r\\x1b[2K\\n\\u2028b.idx\n",
  ],
  ["those of other errors, too", new Error("no\x07"), 1, "unexpected: no\\x07\n"],
  ["any other error in one line", new TypeError("x is\nodd"), 1, "unexpected: x is\n"],
  ["what is no error at all", "thrown", 1, "unexpected: thrown\n"],
];
for (const [what, error, code, line] of errors) {
  Deno.test(`exitCode() prints ${what}`, async () => {
    const { result, err } = await printed(() =>
      exitCode(() => Promise.reject(error), ["--verbos"])
    );
    assertEquals([result, err], [code, line]);
  });
}

Deno.test("exitCode() prints the stack only with --verbose", async () => {
  const fail = () => Promise.reject(new RunError("Cannot go on"));
  const { err } = await printed(() => exitCode(fail, ["--verbose"]));
  assert(err.startsWith("Cannot go on\nRunError: Cannot go on\n    at "), err);
});
