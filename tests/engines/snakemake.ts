/** Twelve runs through Snakemake: the process of one is killed, and the same command goes on. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { contents } from "../experiments/run_folders.ts";
import { ended } from "../processes.ts";
import { RUNS, runTask, startTask, VICTIM } from "./grid.ts";
import { signalVictim } from "./victim.ts";

/** What it takes. */
export const SNAKEMAKE = ["snakemake"];

const ON = ["--on", "snakemake", "--", "--cores", "2"];

/** Runs all of it into a folder. */
export async function throughSnakemake(out: string): Promise<void> {
  const task = startTask("exp:on", out, ON), end = ended(task);
  await Promise.race([signalVictim(out, "SIGKILL"), end]);
  const { code, said } = await end;
  assertEquals(code, 1, said);
  assertStringIncludes(said, "snakemake ended with exit code 1: see the logs in ");
  assertEquals(begun(said).length, RUNS, "one that fails does not stop the others");
  const rest = await runTask("exp:on", out, ON);
  assertEquals(begun(rest), [`run_${VICTIM}`, "compare"]);
  const log = [...contents(out)].find(([path]) => path.endsWith(`/snakemake/run-${VICTIM}.log`));
  assertStringIncludes(new TextDecoder().decode(log?.[1]), " after epoch 1 of 3");
  assertStringIncludes(await runTask("exp:on", out, ON), "Nothing to be done");
}

/** The rules that were begun. */
function begun(said: string): string[] {
  return [...said.matchAll(/^rule (\w+):$/gm)].map(([, rule]) => rule);
}
