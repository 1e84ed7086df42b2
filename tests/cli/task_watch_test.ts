import { assertEquals } from "@std/assert";
import tasks from "../../deno.json" with { type: "json" };
import { TaskWatch } from "../../cli/task_watch.ts";
import { printed } from "../printed.ts";

/** What is said, and the exit code, when the parent is what `parents` says, one look after the other. */
async function ended(parents: (number | undefined)[]): Promise<[string, number[]]> {
  const codes: number[] = [];
  let looks = 0;
  const { err } = await printed(async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    using _watch = new TaskWatch({
      advice: "start again",
      parent: () => {
        const parent = parents[Math.min(looks, parents.length - 1)];
        if (++looks > parents.length) resolve();
        return parent;
      },
      exit: (code) => {
        codes.push(code);
        resolve();
      },
      everyMs: 1,
    });
    const patience = setTimeout(resolve, 100); // where nothing is looked at
    await promise;
    clearTimeout(patience);
  });
  return [err, codes];
}

Deno.test("TaskWatch ends the process when its task is gone, and not before", async () => {
  assertEquals(await ended([7, 7, 7]), ["", []]);
  assertEquals(await ended([7, 7, 1]), [
    "\nStopped, because deno task was killed; start again\n",
    [137],
  ]);
  assertEquals(await ended([undefined]), ["", []]);
});

Deno.test("TaskWatch is let by the tasks that compute for minutes to know that they are tasks", () => {
  for (const name of ["exp", "demo", "tune", "bench"] as const) {
    const [, names = ""] = /--allow-env=(\S+)/.exec(tasks.tasks[name].command) ?? [];
    assertEquals([name, names.split(",").includes("INIT_CWD")], [name, true]);
  }
});
