import { parse } from "../../cli/flags.ts";
import { expCommand, oneRow } from "../../experiments/flags/exp.ts";
import { optionsOf } from "../../experiments/flags/run.ts";
import type { Options } from "../../experiments/plan/request.ts";

/** What `deno task exp` is asked of one row; undefined for help. */
export function parseOptions(args: readonly string[]): Options | undefined {
  const given = parse(expCommand(), args);
  return given && optionsOf(oneRow(given), given.flags);
}
