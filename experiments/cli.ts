// deno-lint-ignore-file no-console
/** `deno task exp [ID] [options]`: runs one row, or lists them. */
import { runCli } from "../src/cli.ts";
import { parseOptions, usage } from "./options.ts";
import { runAlone } from "./runner.ts";

async function main(args: string[]): Promise<number> {
  const options = parseOptions(args);
  if (options) return await runAlone(options);
  console.log(usage());
  return 0;
}

if (import.meta.main) await runCli(main);
