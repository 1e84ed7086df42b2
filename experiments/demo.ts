// deno-lint-ignore-file no-console
/** `deno task demo`: trains on digits that the program draws itself, and leaves a GIF. Takes the options of `exp`. */
import { runCli } from "../src/base/cli.ts";
import { parseOptions, usage } from "./flags/exp.ts";
import { runAlone } from "./runner/run_alone.ts";

/** Every start is a fresh one, unless the user says what to do with the folder. */
export async function main(args: string[]): Promise<number> {
  const placed = ["--resume", "--overwrite"].some((flag) => args.includes(flag));
  const start = placed ? [] : ["--overwrite"];
  const options = parseOptions(["cent-digits-2", "--no-tune", ...args, ...start]);
  if (options) return await runAlone(options);
  console.log(usage());
  return 0;
}

if (import.meta.main) await runCli(main);
