/** `deno task demo`: trains on digits that the program draws itself, and leaves a GIF. Takes the options of `exp`. */
import { command } from "../cli/flags.ts";
import { mainOf, runCli } from "../cli/run_cli.ts";
import { rowNamed } from "./flags/row.ts";
import { optionsOf, RUN_EXCLUSIVE, RUN_FLAGS } from "./flags/run.ts";
import { runAlone } from "./runner/run_alone.ts";

const DEMO = command({
  name: "demo",
  about: "Trains row cent-digits-2, on digits that the program draws itself, and leaves a GIF.",
  forms: [["[options]", "starts afresh each time, but with --resume"]],
  flags: RUN_FLAGS,
  exclusive: RUN_EXCLUSIVE,
});

/** Every start is a fresh one, unless the user continues a run. */
export const main = mainOf(DEMO, async ({ flags }) => {
  const options = optionsOf(rowNamed("cent-digits-2"), flags);
  return await runAlone({ ...options, tune: false, overwrite: !flags.resume });
});

if (import.meta.main) await runCli(main);
