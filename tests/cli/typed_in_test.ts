import { assertEquals } from "@std/assert";
import { join, resolve } from "node:path";
import tasks from "../../deno.json" with { type: "json" };
import { pathAdvice } from "../../cli/typed_in.ts";
import { granted } from "../permissions.ts";

Deno.test("pathAdvice() says what to write for a path that is meant from another folder", async () => {
  if (!await granted("read")) return;
  const docs = resolve("docs");
  const advice = (path: string, whole: string) =>
    `paths are those of ${resolve(".")}, not of ${docs}: for ${path} write ${whole}`;
  const said = async (...args: string[]) =>
    await pathAdvice(`Cannot read ${args.at(-1)}`, args, docs);
  assertEquals(await said("my_row.ts"), advice("my_row.ts", join("docs", "my_row.ts")));
  assertEquals(await said("eval", "."), advice(".", "docs"));
  assertEquals(await said("--data", "folder:lab"), undefined); // a folder lab is in the project, too
  assertEquals(await said("--data=folder:./lab"), advice("./lab", join("docs", "lab")));
  assertEquals(await pathAdvice("--lr is -1", ["my_row.ts", "--lr", "-1"], docs), undefined);
  assertEquals(await said("../README.md"), advice("../README.md", "README.md"));
  assertEquals(await said("..//README.md"), advice("..//README.md", "README.md"));
  assertEquals(await said("cent-mnist-2", "--lr", "1", "nowhere.ts", resolve("mod.ts")), undefined);
  assertEquals(await pathAdvice("my_row.ts", ["my_row.ts"], resolve(".")), undefined);
  assertEquals(await pathAdvice("my_row.ts", ["my_row.ts"], undefined), undefined);
});

Deno.test("tasks that take paths may know where they were typed", () => {
  const names = ["exp", "exp:on", "data", "data:csv", "eval", "predict", "runs", "compare", "tune"];
  for (const name of [...names, "report"] as (keyof typeof tasks.tasks)[]) {
    const { command } = tasks.tasks[name] as { command: string };
    assertEquals([name, /--allow-env=\S*INIT_CWD/.test(command)], [name, true]);
  }
});
