/** What is wrong in a row's file, in one line: where, and what. */
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { RunError } from "../../../src/base/errors.ts";

// deno-lint-ignore no-control-regex
const COLORS = /\x1b\[[\d;]*m/g;
const PLACE = /(file:\/\/\S+?):(\d+):(\d+)/g;

/**
 * An error of a row's file, or of what it imports from its own folder: `my_row.ts:3:9: x is not defined`. The error itself is its
 * cause, which `--verbose` prints.
 *
 * @param path Of the row's file, as it was named.
 * @param loading Whether it came up before anything of the row was known.
 */
export function rowError(path: string, error: unknown, loading = false): RunError {
  const thrown = error instanceof Error ? error : new Error(`${error}`);
  const [message, stack] = [thrown.message, thrown.stack ?? ""].map((it) =>
    it.replace(COLORS, "").replaceAll("\r", "")
  );
  const [line] = message.split("\n");
  const where = placeIn(path, message) ?? placeIn(path, stack.replace(message, "")) ?? path;
  // The recipe's field has another name in a row's file.
  const why = importAdvice(message) ?? line.replace("say readsLogits: ", "say trainsLogits: ");
  return new RunError(`${where}${loading ? " cannot be loaded" : ""}: ${why}`, { cause: error });
}

/** The first place in a text that lies in the folder of the row's file. */
function placeIn(path: string, text: string): string | undefined {
  const folder = dirname(path), home = `${pathToFileURL(resolve(folder)).href}/`;
  for (const [, url, line, column] of text.matchAll(PLACE)) {
    if (!url.startsWith(home) || url.includes("/node_modules/")) continue;
    const inner = relative(resolve(folder), fileURLToPath(url));
    const name = resolve(folder, inner) === resolve(path) ? path : join(folder, inner);
    return `${name}:${line}:${column}`;
  }
}

/** Imports that fail are told in Deno's words, with its flags, which a task has not. */
function importAdvice(message: string): string | undefined {
  const [, host] = /^Requires import access to "([^":]+)/.exec(message) ?? [];
  const [, url = host && `https://${host}/...`] = /^Import '(https?:[^']+)' failed/.exec(message) ??
    [];
  if (url !== undefined) {
    return `it imports ${url}, which cannot be had from here: put a copy of that file beside it, and import "./NAME.ts"`;
  }
  const [, bare] = /^Import "([^"]+)" not a dependency/.exec(message) ?? [];
  return bare &&
    `it imports "${bare}", which is no name here: "centerlab" and "centerlab/row" are, and files by "./NAME.ts"`;
}
