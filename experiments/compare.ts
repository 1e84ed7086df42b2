/** `deno task compare RUN... [--out DIR]`: compares runs. */
import { mainOf, runCli } from "../cli/run_cli.ts";
import { compareRuns } from "./compare/compare_runs.ts";
import { COMPARE, compareTask } from "./flags/compare.ts";

/** Runs the command. */
export const main = mainOf(COMPARE, async (given) => await compareRuns(compareTask(given)));

if (import.meta.main) await runCli(main);
