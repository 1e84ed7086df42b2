/** What ends a run. */
import { assertEquals, assertRejects } from "@std/assert";
import { pageOf } from "../../../experiments/runner/finish.ts";
import { RunError } from "../../../src/base/errors.ts";
import { printed } from "../../printed.ts";
import { noise } from "../../image_set.ts";

Deno.test("pageOf() says in a line why there is no page, and a run does not fail over it", async () => {
  const images = noise({ count: 4, height: 8, width: 8 });
  const sets = { train: images, test: images };
  const broken = () => Promise.reject(new SyntaxError("Expression expected"));
  const { result, err } = await printed(() => pageOf("runs/x", sets, broken));
  assertEquals([result, err], [
    undefined,
    "report.html is left out (unexpected: Expression expected); deno task report tries it again\n",
  ]);
  const damaged = { runPage: () => Promise.reject(new RunError("runs/x is damaged")) };
  await assertRejects(() => pageOf("runs/x", sets, () => Promise.resolve(damaged)), RunError);
});
