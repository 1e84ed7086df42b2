// deno-lint-ignore-file no-console
/** `deno task figures:accept`: the pictures that tests left as changed become the accepted ones. */
import { command } from "../../cli/flags.ts";
import { mainOf, runCli } from "../../cli/run_cli.ts";

const ACCEPT = command({
  name: "figures:accept",
  about:
    "Makes the changed pictures that tests left in tests/figures/pictures the accepted ones, after a look at each.",
  forms: [["", "accepts all that are there"]],
  flags: {},
});

/** Runs the command. */
export const main = mainOf(ACCEPT, () => {
  const folder = new URL("pictures/", import.meta.url);
  for (const { name } of Deno.readDirSync(folder)) {
    if (!name.includes("-changed.")) continue;
    const accepted = name.replace("-changed.", ".");
    Deno.renameSync(new URL(name, folder), new URL(accepted, folder));
    console.log(`accepted ${accepted}`);
  }
  return Promise.resolve(0);
});

if (import.meta.main) await runCli(main);
