/** `deno task parity`: what passes, what fails, and that nothing is left out. */
import { assert, assertEquals } from "@std/assert";
import { join } from "node:path";
import { granted } from "../permissions.ts";
import { printed } from "../printed.ts";
import { lend } from "../experiments/shared_device.ts";
import { main } from "./cli.ts";
import { passed } from "./compare.ts";
import { readParityFile, type TrainingRun } from "./format.ts";
import { compareRun } from "./training_run.ts";
import { diskTest } from "../on_disk.ts";

const INTER = "tests/fixtures/lenetpp-inter.json";
const run = async () => await readParityFile(INTER) as TrainingRun;
const parity = (...files: string[]) => printed(() => main(files, lend));

Deno.test("compareRun() follows a run whose loss subtracts the separation of classes", async () => {
  if (!await granted("read")) return;
  const { comparisons, failure } = await compareRun(await run());
  assertEquals(failure, undefined);
  assert(passed({ name: "", comparisons }));
  assertEquals(comparisons.filter(({ what }) => /^(loss|inter) /.test(what)).length, 2 * 8);
  const { terms, ...rest } = await run();
  const { weight, form } = terms.inter;
  // The sign of a weight says nothing, a number is a weight, and another one is another run.
  for (const inter of [{ weight: -weight, form }, weight]) {
    assert(passed(await compareRun({ ...rest, terms: { ...terms, inter } } as TrainingRun)));
  }
  for (const inter of [{ weight: 2 * weight, form }, { weight, form: "log" }]) {
    assert(!passed(await compareRun({ ...rest, terms: { ...terms, inter } } as TrainingRun)));
  }
});

Deno.test("compareRun() fails a run that it cannot follow", async () => {
  if (!await granted("read")) return;
  const { terms, ...rest } = await run();
  const failed = async (changed: Partial<TrainingRun>) => {
    const result = await compareRun({ ...rest, terms, ...changed } as TrainingRun);
    assert(!passed(result));
    return result.failure;
  };
  assertEquals(
    await failed({ terms: { ...terms, triplet: 1 } }),
    "its loss has the term triplet; parity knows crossEntropy, center, inter",
  );
  assertEquals(
    await failed({ terms: { ...terms, inter: "0.1" } }),
    'the weight of inter is "0.1"; it must be a number',
  );
  // Without its value in a step, a term is compared with nothing.
  const [{ inter: _, ...first }, ...more] = rest.steps;
  assertEquals(await failed({ steps: [first, ...more] as TrainingRun["steps"] }), undefined);
});

Deno.test("passed() is false where nothing is compared", () => {
  assertEquals(passed({ name: "a", comparisons: [] }), false);
  const comparisons = [{ what: "a", error: 0, bar: 1 }];
  assertEquals(passed({ name: "a", comparisons }), true);
  assertEquals(passed({ name: "a", comparisons, failure: "no" }), false);
});

diskTest("main() of parity names what is damaged, and goes on with the others", async (root) => {
  const path = (name: string) => join(root, name);
  const write = (name: string, json: unknown) =>
    Deno.writeTextFile(path(name), typeof json === "string" ? json : JSON.stringify(json));
  const tensor = { shape: [2], dtype: "f32", data: [1, -1] };
  const relu = {
    ...{ op: "relu", attrs: {}, inputs: { x: tensor }, cotangent: tensor },
    ...{ output: { ...tensor, data: [1, 0] }, grads: { x: { ...tensor, data: [1, 0] } } },
  };
  await write("good.json", { cases: [relu] });
  await write("none.json", { cases: [] });
  await write("op.json", { cases: [{ ...relu, op: "toString" }, relu] });
  await write("lacks.json", { cases: [{ ...relu, cotangent: undefined }, relu] });
  const damaged: [name: string, json: unknown, message: string][] = [
    ["empty.json", "", "it is empty"],
    ["cut.json", '{"cases": [', "it is not JSON"],
    ["null.json", "null", "it is null; it must be an object"],
    ["other.json", {}, 'it has neither "cases" nor a run\'s "model"'],
    ["number.json", { cases: [7] }, "cases[0] is 7; it must be an object"],
    [
      "short.json",
      { cases: [{ ...relu, output: { ...tensor, data: [1] } }] },
      "cases[0].output holds 1 numbers, but its shape takes 2",
    ],
    [
      "text.json",
      { cases: [{ ...relu, inputs: { x: { ...tensor, data: [1, "a"] } } }] },
      'cases[0].inputs["x"].data[1] is "a"; it must be a number',
    ],
    ["run.json", { ...await run(), steps: 7 }, "steps is 7; it must be a list"],
  ];
  for (const [name, json, message] of damaged) {
    await write(name, json);
    const { result, out, err } = await parity(path(name), path("good.json"));
    assertEquals(result, 1, name);
    assert(err.startsWith(`${path(name)} is no parity file: ${message}`), err);
    assertEquals(err.split("\n").length, 2, err);
    assert(out.endsWith("1 passed, 0 failed, 1 of 2 files could not be read\n"), out);
  }
  assertEquals((await parity(path("good.json"))).result, 0);
  assertEquals((await parity(path("none.json"))).result, 1);
  const folder = Deno.build.os === "windows" ? "" : "Is a directory"; // the system's words
  for (const [name, why] of [["not-there.json", "there is no such file"], ["", folder]]) {
    const { result, err } = await parity(path(name), path("good.json"));
    assertEquals(result, 1);
    assert(err.startsWith(`${path(name)} cannot be read: ${why}`), err);
    assertEquals(err.split(path(name)).length, 2, err);
    assertEquals(err.split("\n").length, 2, err);
  }
  for (const name of ["op.json", "lacks.json"]) {
    const { result, out } = await parity(path(name));
    assertEquals(result, 1);
    assert(out.endsWith("1 passed, 1 failed\n"), out);
  }
});
