// deno-lint-ignore-file no-console
/** `deno task exp [ID | STUDY | all] [options]`: runs one row, those of a study or all of them, or lists them. */
import { runCli } from "../src/base/cli.ts";
import { parseOptions, usage } from "./flags/exp.ts";
import { runAll } from "./runner/queue.ts";
import { parseQueue } from "./flags/queue.ts";
import { runAlone } from "./runner/run_alone.ts";
import { parseStudy, runStudy } from "./studies/run_study.ts";

export async function main(args: string[]): Promise<number> {
  const study = parseStudy(args);
  if (study) return await runStudy(study);
  const queue = parseQueue(args);
  if (queue) return await runAll(queue);
  const options = parseOptions(args);
  if (options) return await runAlone(options);
  console.log(usage());
  return 0;
}

if (import.meta.main) await runCli(main);
