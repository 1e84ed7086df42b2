// deno-lint-ignore-file no-console
/** What a command says of the adapter. */
import type { Gpu } from "../src/gpu/device.ts";

/** Says that a software adapter is at work: it explains the pace. */
export function sayAdapter({ adapter: { software, description } }: Pick<Gpu, "adapter">): void {
  if (software) console.log(`Running on a software adapter: ${description}`);
}
