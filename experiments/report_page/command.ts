/** The command that repeats a run. */
import { quoted } from "../../src/base/printable.ts";
import { ownFlags } from "../plan/variant.ts";
import type { Config } from "../run_folder/config.ts";

/** `deno task exp ...`, in one line: the row, or the file that holds it, and what flags changed of it. */
export function commandOf({ plan }: Config): string {
  const { id, preset, seed, ownData, file } = plan;
  const flags = [`--preset ${preset}`, `--seed ${seed}`];
  if (ownData) flags.push(`--data ${quoted(ownData.source)}`);
  for (const [name, value] of ownFlags(plan)) flags.push(`--${name} ${quoted(value)}`);
  return `deno task exp ${quoted(file?.path ?? id)} ${flags.join(" ")}`;
}
