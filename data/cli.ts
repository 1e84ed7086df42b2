// deno-lint-ignore-file no-console
/**
 * The program behind `deno task data`: lists the data sets, and downloads one.
 *
 * @module
 */
import { command } from "../cli/flags.ts";
import { unknownName } from "../cli/nearest.ts";
import { mainOf, runCli } from "../cli/run_cli.ts";
import { DATA_DIR } from "../cli/shared.ts";
import { UsageError } from "../src/base/errors.ts";
import { printable } from "../src/base/printable.ts";
import { CATALOG } from "./sets/catalog.ts";
import { dataDirectory } from "./download/directory.ts";
import { progressReport } from "./download/progress_report.ts";

const NAMES = Object.keys(CATALOG);

const DATA = command({
  name: "data",
  about: "Lists the data sets, or downloads one.",
  forms: [["", "what there is, and where"], [
    "NAME",
    `download a data set: ${NAMES.join(", ")}`,
  ]],
  words: true,
  flags: { "data-dir": DATA_DIR },
});

/** Runs the command. */
export const main = mainOf(DATA, async ({ flags, words: [name, ...more] }) => {
  if (more.length > 0) {
    throw new UsageError(
      `One data set at a time, not ${more.length + 1}: ${[name, ...more].join(" ")}`,
    );
  }
  const directory = dataDirectory(flags["data-dir"]);
  if (name === undefined) await list(directory);
  else await get(name, directory.path);
  return 0;
});

/** Prints every data set and whether it is there. */
async function list({ path, origin }: ReturnType<typeof dataDirectory>): Promise<void> {
  const lines = [`Data sets in ${printable(path)} (${origin})\n`];
  const width = 2 + Math.max(...NAMES.map((name) => name.length));
  const indent = " ".repeat(2 + width);
  for (const [name, { description, files }] of Object.entries(CATALOG)) {
    const presence = await files?.find(path);
    const state = !presence
      ? "built in"
      : presence.missing.length === 0
      ? "present"
      : `missing ${presence.missing.join(", ")}\n${indent}get it: ${
        files?.advice ?? `deno task data ${name}`
      }`;
    lines.push(`  ${name.padEnd(width)}${description}\n${indent}${state}`);
  }
  console.log(lines.join("\n"));
}

/** Downloads one data set. */
async function get(name: string, directory: string): Promise<void> {
  if (!Object.hasOwn(CATALOG, name)) throw unknownName("data set", name, NAMES);
  const { files } = CATALOG[name];
  if (!files) console.log(`${name} is built in: there is nothing to download`);
  await files?.download(directory, progressReport());
}

if (import.meta.main) await runCli(main);
