/** Programs that runs are handed to. */
import { RunError } from "../../src/base/errors.ts";

/** How a program ended; what it printed is empty where it was shown. */
export interface Ended {
  code: number;
  out: string;
  err: string;
}

/** Starts a program and waits for its end; tests bring their own. */
export type Start = (program: string, args: readonly string[], shown?: boolean) => Promise<Ended>;

/** What to do where a program is missing. */
const INSTALL: Readonly<Record<string, string>> = {
  sbatch:
    "run this where jobs are submitted from, or install Slurm (Debian: apt-get install slurm-wlm)",
  snakemake: "install it (Debian: apt-get install snakemake; elsewhere: pip install snakemake)",
};

/**
 * Starts a program of the system.
 *
 * @param shown Whether it prints to the terminal; Ctrl-C is left to it then, and it is waited for all the same.
 * @throws {RunError} When it is not installed.
 */
export const start: Start = async (program, args, shown = false) => {
  const stream = shown ? "inherit" : "piped";
  const ignored = () => {};
  if (shown) Deno.addSignalListener("SIGINT", ignored);
  try {
    const command = new Deno.Command(program, {
      args: [...args],
      stdin: "null",
      stdout: stream,
      stderr: stream,
    });
    if (shown) return { code: (await command.spawn().status).code, out: "", err: "" };
    const { code, stdout, stderr } = await command.output();
    const text = new TextDecoder();
    return { code, out: text.decode(stdout), err: text.decode(stderr) };
  } catch (error) {
    // A program that is not in the PATH cannot be permitted by its name, either.
    const missing = error instanceof Deno.errors.NotFound ||
      error instanceof Deno.errors.NotCapable;
    if (missing) throw new RunError(`${program} is not installed here: ${INSTALL[program]}`);
    throw error;
  } finally {
    if (shown) Deno.removeSignalListener("SIGINT", ignored);
  }
};
