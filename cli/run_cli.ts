// deno-lint-ignore-file no-console
/** How a command is run: its help is printed, and errors become one line and an exit code. */
import { lineOf, RunError, UsageError } from "../src/base/errors.ts";
import { printable } from "../src/base/printable.ts";
import { type Command, type Flags, type Given, parse } from "./flags.ts";
import { helpOf } from "./help.ts";
import { pathAdvice } from "./typed_in.ts";

/**
 * The main function of a command: reads the arguments and runs the command with them, or prints its help.
 *
 * @param run The command; it resolves to its exit code. Tests give it more than a command line does.
 */
export function mainOf<F extends Flags, Parts extends unknown[]>(
  command: Command<F>,
  run: (given: Given<F>, ...parts: Parts) => Promise<number>,
): (args: string[], ...parts: Parts) => Promise<number> {
  return async (args, ...parts) => {
    try {
      const given = parse(command, args);
      if (given) return await run(given, ...parts);
    } catch (error) {
      throw asTyped(error, command.flags, args);
    }
    console.log(helpOf(command));
    return 0;
  };
}

/** An error with the flags by the names that were typed: who wrote `--lambda` reads nothing of `--weight-center`. */
function asTyped(error: unknown, flags: Flags, args: readonly string[]): unknown {
  if (!(error instanceof RunError || error instanceof UsageError)) return error;
  // A flag may be the value of another one, as in --vary lambda=0.1,1.
  const typed = (name: string) => args.some((arg) => RegExp(`(^|[=,])(--)?${name}(=|$)`).test(arg));
  for (const [name, { alias }] of Object.entries(flags)) {
    if (alias === undefined || !typed(alias) || typed(name)) continue;
    error.message = error.message.replaceAll(RegExp(`--${name}(?![\\w-])`, "g"), `--${alias}`);
  }
  return error;
}

/** Runs a command on the program's arguments and ends the process with its exit code, or with that of the error it throws. */
export async function runCli(main: (args: string[]) => Promise<number>): Promise<never> {
  Deno.exit(await exitCode(main, Deno.args));
}

/**
 * Runs a command and prints what it throws to standard error: the message of a `RunError` (1) or
 * {@linkcode UsageError} (2), and any other error as `unexpected: ...` (1). Where a path was meant from the folder in which the
 * task was typed, what to write in its place follows. With `--verbose` among the arguments the stack is
 * printed as well.
 *
 * @returns The exit code.
 */
export async function exitCode(
  main: (args: string[]) => Promise<number>,
  args: string[],
): Promise<number> {
  try {
    return await main(args);
  } catch (error) {
    const known = error instanceof RunError || error instanceof UsageError;
    const line = lineOf(error), advice = known ? await pathAdvice(line, args) : undefined;
    console.error(advice === undefined ? line : printable(`${line} (${advice})`));
    if (args.includes("--verbose")) console.error(error);
    return error instanceof UsageError ? 2 : 1;
  }
}
