/** `deno task test:kill`: runs that are killed (`kill.ts`), then runs that lose their device (`lose.ts`). */
import { command } from "../cli/flags.ts";
import { mainOf, runCli } from "../cli/run_cli.ts";

const DISTURB = command({
  name: "test:kill",
  about:
    "Kills runs, or takes their device away, at different moments, and compares how they go on.",
  forms: [["", "all of it, some minutes"]],
  flags: {},
});

/** Runs the command. Each program stops at the first run that ends otherwise than it must. */
export const main = mainOf(DISTURB, async () => {
  await import("./kill.ts");
  await import("./lose.ts");
  return 0;
});

if (import.meta.main) await runCli(main);
