// deno-lint-ignore-file no-console
/** `deno task runs [DIR]`: lists runs. */
import { mainOf, runCli } from "../cli/run_cli.ts";
import { isThere } from "../src/base/files.ts";
import { printable } from "../src/base/printable.ts";
import { readRun, runFoldersUnder } from "./compare/found_run.ts";
import { chosen, listed, listedAsCsv, listedAsJson, runLine } from "./compare/run_list.ts";
import { RUNS, runsTask } from "./flags/runs.ts";

/** Runs the command. */
export const main = mainOf(RUNS, async (given) => {
  const task = runsTask(given), { folder, named, json, csv } = task;
  // Before the first run there is no such folder, which is no mistake.
  const folders = named || await isThere(folder) ? await runFoldersUnder(folder) : [];
  const all = (await Promise.all(folders.map((it) => readRun(it)))).map(runLine),
    lines = chosen(all, task);
  if (json || csv) console.log((json ? listedAsJson(lines) : listedAsCsv(lines)).trimEnd());
  else if (all.length === 0) {
    console.log(printable(`There are no runs in ${folder}: deno task demo makes one`));
  } else if (lines.length === 0) console.log(`None of ${all.length} runs is as asked for`);
  else for (const line of listed(lines)) console.log(line);
  return 0;
});

if (import.meta.main) await runCli(main);
