// deno-lint-ignore-file no-console
/**
 * `deno task test:engines`: the same runs by the local queue, through Slurm and through Snakemake, one killed on the way. It
 * starts daemons and processes, so it stands beside the tests.
 */
import { join } from "node:path";
import { command, flag } from "../../cli/flags.ts";
import { mainOf, runCli } from "../../cli/run_cli.ts";
import { LEFT_OUT } from "../browser.ts";
import { assertSameRuns, runTask } from "./grid.ts";
import { SLURM, throughSlurm } from "./slurm.ts";
import { SNAKEMAKE, throughSnakemake } from "./snakemake.ts";

const TEST = command({
  name: "test:engines",
  about:
    "Hands twelve runs to Slurm and to Snakemake, kills one on the way, and compares every byte with the local queue's.",
  forms: [["", "all that is installed; exits with 3 where something is not"]],
  flags: { all: flag("what is not installed is a failure (exit code 1, not 3)") },
});

const SYSTEM = "/usr/sbin:/sbin";

/** The first program that is not there. */
async function missing(programs: readonly string[]): Promise<string | undefined> {
  const env = { PATH: `${Deno.env.get("PATH")}:${SYSTEM}` };
  for (const program of programs) {
    const args = ["-c", 'command -v "$0"', program];
    const { success } = await new Deno.Command("sh", { args, env }).output();
    if (!success) return program;
  }
}

/** Why Slurm cannot be tried. */
async function withoutSlurm(): Promise<string | undefined> {
  const program = await missing(SLURM);
  if (program) return `${program} is not installed (Debian: apt-get install slurm-wlm munge)`;
  if (Deno.uid() !== 0) return "its daemons need root";
}

/** Why Snakemake cannot be tried. */
async function withoutSnakemake(): Promise<string | undefined> {
  if (await missing(SNAKEMAKE)) return "it is not installed (Debian: apt-get install snakemake)";
}

/** Runs the command. */
export const main = mainOf(TEST, async ({ flags: { all } }) => {
  const engines = [
    { name: "slurm", why: await withoutSlurm(), through: throughSlurm },
    { name: "snakemake", why: await withoutSnakemake(), through: throughSnakemake },
  ];
  for (const { name, why } of engines) if (why) console.log(`${name}: left out, because ${why}`);
  const tried = engines.filter(({ why }) => !why);
  const leftOut = tried.length < engines.length ? (all ? 1 : LEFT_OUT) : 0;
  if (tried.length === 0) return leftOut;
  const root = await Deno.makeTempDir();
  try {
    const local = join(root, "local");
    await runTask("exp", local);
    console.log("local queue: 12 runs, compared");
    for (const { name, through } of tried) {
      const out = join(root, name);
      await through(out, join(root, `${name}-daemons`));
      assertSameRuns(out, local);
      console.log(`${name}: 12 runs, one killed on the way, end in the bytes of the local queue`);
    }
  } finally {
    await Deno.remove(root, { recursive: true });
  }
  return leftOut;
});

if (import.meta.main) await runCli(main);
