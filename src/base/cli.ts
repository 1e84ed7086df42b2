// deno-lint-ignore-file no-console
/**
 * What every command of the project shares: errors become one line and an exit code.
 *
 * @module
 */
import { RunError, UsageError } from "./errors.ts";
import { printable } from "./printable.ts";

/**
 * Runs a command on the program's arguments and ends the process with its exit code, or with that of
 * the error it throws.
 *
 * ```ts ignore
 * if (import.meta.main) await runCli(main);
 * ```
 *
 * @param main The command; it resolves to its exit code.
 */
export async function runCli(main: (args: string[]) => Promise<number>): Promise<never> {
  Deno.exit(await exitCode(main, Deno.args));
}

/**
 * Runs a command and prints what it throws to standard error: the message of a {@linkcode RunError}
 * (1) or {@linkcode UsageError} (2), and any other error as `unexpected: ...` (1). With `--verbose`
 * among the arguments the stack is printed as well. `-h` is `--help` in every command.
 *
 * @example
 * ```ts
 * import { exitCode } from "./cli.ts";
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 *
 * assertEquals(await exitCode(() => Promise.resolve(0), []), 0);
 * ```
 *
 * @returns The exit code.
 */
export async function exitCode(
  main: (args: string[]) => Promise<number>,
  args: string[],
): Promise<number> {
  try {
    return await main(args.map((arg) => arg === "-h" ? "--help" : arg));
  } catch (error) {
    const known = error instanceof RunError || error instanceof UsageError;
    const message = error instanceof Error ? error.message : String(error);
    console.error(known ? message : `unexpected: ${printable(message.split("\n")[0])}`);
    if (args.includes("--verbose")) console.error(error);
    return error instanceof UsageError ? 2 : 1;
  }
}

/** A word as a shell takes it; control characters as bash, zsh and POSIX since 2024 write them. */
export function quoted(word: string): string {
  const shown = printable(word);
  if (shown !== word) return `$'${printable(word.replace(/['\\]/g, "\\$&"))}'`;
  return /^[\w./:@%+=,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
