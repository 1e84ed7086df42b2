// deno-lint-ignore-file no-console
/**
 * The program behind `deno task data`: lists the data sets, and downloads one.
 *
 * @module
 */
import { parseArgs } from "@std/cli/parse-args";
import { closestString } from "@std/text/closest-string";
import { runCli } from "../src/base/cli.ts";
import { UsageError } from "../src/base/errors.ts";
import { printable } from "../src/base/printable.ts";
import { CATALOG } from "./sets/catalog.ts";
import { DATA_VARIABLE, dataDirectory } from "./download/directory.ts";
import { progressReport } from "./download/progress_report.ts";

const HELP = `Lists the data sets, or downloads one.

  deno task data                       what there is, and where
  deno task data NAME                  download a data set: ${Object.keys(CATALOG).join(", ")}

Options
  --data-dir DIR   where data sets are kept, each in a folder of its name
                   (else the environment variable ${DATA_VARIABLE}, else .cache/data in the project)
  --verbose        print stack traces
  --help           print this`;

/**
 * Runs the program.
 *
 * @returns The exit code.
 * @throws {UsageError} For an unknown data set or flag.
 * @throws {RunError} If a data set cannot be downloaded.
 */
export async function main(args: string[]): Promise<number> {
  const flags = parseArgs(args, {
    boolean: ["help", "verbose"],
    string: ["data-dir", "_"],
    unknown: (argument: string, key?: string) => {
      if (key !== undefined) {
        throw new UsageError(`Unknown flag ${argument.split("=")[0]}: see deno task data --help`);
      }
    },
  });
  if (flags.help) {
    console.log(HELP);
    return 0;
  }
  if (flags["data-dir"] === "") throw new UsageError("--data-dir needs a folder: --data-dir DIR");
  const names: string[] = flags._;
  if (names.length > 1) {
    throw new UsageError(`One data set at a time, not ${names.length}: ${names.join(" ")}`);
  }
  const directory = dataDirectory(flags["data-dir"]);
  if (names.length === 0) await list(directory);
  else await get(names[0], directory.path);
  return 0;
}

/** Prints every data set and whether it is there. */
async function list({ path, origin }: ReturnType<typeof dataDirectory>): Promise<void> {
  const lines = [`Data sets in ${printable(path)} (${origin})\n`];
  const width = 2 + Math.max(...Object.keys(CATALOG).map((name) => name.length));
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
  if (!Object.hasOwn(CATALOG, name)) {
    const known = Object.keys(CATALOG);
    throw new UsageError(
      `Unknown data set "${name}": did you mean "${closestString(name, known)}"? ` +
        `There are ${known.join(", ")}`,
    );
  }
  const { files } = CATALOG[name];
  if (!files) console.log(`${name} is built in: there is nothing to download`);
  await files?.download(directory, progressReport());
}

if (import.meta.main) await runCli(main);
