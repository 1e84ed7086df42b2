// deno-lint-ignore-file no-console
/** The program behind `deno task package`. */
import { command } from "../cli/flags.ts";
import { mainOf, runCli } from "../cli/run_cli.ts";
import { path } from "../cli/values.ts";
import { RunError } from "../src/base/errors.ts";
import { build } from "./build.ts";

/** A package is to be fetched in a second. */
const MOST_BYTES = 1e6;

const PACKAGE = command({
  name: "package",
  about: "Builds what npm and JSR would publish, and publishes nothing.",
  forms: [["", "the archive for npm, and the folder for JSR"]],
  flags: { out: path("DIR", "the folder to build in; default: dist") },
});

/** Runs the command. */
export const main = mainOf(PACKAGE, async ({ flags }) => {
  const { jsr, archive, bytes } = await build(flags.out ?? "dist");
  console.log(`${archive}  ${(bytes / 1e3).toFixed(0)} kB  for npm publish`);
  console.log(`${jsr}  for deno publish, in that folder`);
  if (bytes < MOST_BYTES) return 0;
  throw new RunError(`${archive} is larger than ${MOST_BYTES / 1e3} kB: find what came along`);
});

if (import.meta.main) await runCli(main);
