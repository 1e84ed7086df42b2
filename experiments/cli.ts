// deno-lint-ignore-file no-console
/** `deno task exp [ID | all] [options]`: runs one row or all of them, or lists them. */
import { runCli } from "../src/cli.ts";
import { parseOptions, usage } from "./options.ts";
import { runAll } from "./queue.ts";
import { parseQueue } from "./queue_options.ts";
import { runAlone } from "./runner.ts";

async function main(args: string[]): Promise<number> {
  const queue = parseQueue(args);
  if (queue) return await runAll(queue);
  const options = parseOptions(args);
  if (options) return await runAlone(options);
  console.log(usage());
  return 0;
}

if (import.meta.main) await runCli(main);
