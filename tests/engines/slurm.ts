/** Twelve runs through Slurm: one is killed and queued again, by Slurm itself. */
import { fileURLToPath } from "node:url";
import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { contents } from "../experiments/run_folders.ts";
import { RUNS, runTask, VICTIM } from "./grid.ts";
import { signalVictim, until } from "./victim.ts";

const SCRIPT = fileURLToPath(new URL("slurm.sh", import.meta.url));

/** What it takes, all of Debian's `slurm-wlm` and `munge`. */
export const SLURM = ["sbatch", "squeue", "scontrol", "slurmctld", "slurmd", "munged"];

/** Runs all of it into a folder, by daemons of its own that have theirs in another one. */
export async function throughSlurm(out: string, daemons: string): Promise<void> {
  using _ = stopping(daemons);
  await call(SCRIPT, "start", daemons);
  Deno.env.set("SLURM_CONF", join(daemons, "slurm.conf"));
  const said = await runTask("exp:on", out, ["--on", "slurm"]);
  const [, array] = said.match(/^12 runs are job (\d+) of Slurm$/m)!;
  const [, comparison] = said.match(/^Job (\d+) compares them in /m)!;
  // Stopped first, so that it cannot end before Slurm kills it.
  await signalVictim(out, "SIGSTOP");
  await call("scontrol", "requeue", `${array}_${VICTIM}`);
  const states = await until("the end of all jobs", () => ended(array, comparison), 500);
  assertEquals(states.filter((state) => state !== "COMPLETED"), []);
  assertEquals(states.length, RUNS + 1);
  const again = await call("scontrol", "show", "job", `${array}_${VICTIM}`);
  assertMatch(again, /\bRestarts=1\b/);
  const log = [...contents(out)].find(([path]) => path.endsWith(`/slurm/run-${VICTIM}.log`));
  assertStringIncludes(new TextDecoder().decode(log?.[1]), " after epoch 1 of 3");
}

/** Ends the daemons with this, and where the test is stopped. */
function stopping(daemons: string): Disposable {
  const stop = () => {
    new Deno.Command(SCRIPT, { args: ["stop", daemons] }).outputSync();
    Deno.env.delete("SLURM_CONF");
  };
  const interrupted = () => {
    stop();
    Deno.exit(130);
  };
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  for (const signal of signals) Deno.addSignalListener(signal, interrupted);
  return {
    [Symbol.dispose]() {
      for (const signal of signals) Deno.removeSignalListener(signal, interrupted);
      stop();
    },
  };
}

/** The states of all jobs, when none of them goes on. */
async function ended(...jobs: string[]): Promise<string[] | undefined> {
  const left = await call("squeue", "--noheader", `--jobs=${jobs}`, "--format=%i %T %r");
  if (left.trim() !== "") return undefined;
  const shown = await Promise.all(jobs.map((job) => call("scontrol", "show", "job", job)));
  return [...shown.join("\n").matchAll(/\bJobState=(\w+)/g)].map(([, state]) => state);
}

async function call(program: string, ...args: string[]): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(program, { args }).output();
  const text = new TextDecoder();
  if (success) return text.decode(stdout);
  throw new Error(`${program} ${args.join(" ")}:\n${text.decode(stdout)}${text.decode(stderr)}`);
}
