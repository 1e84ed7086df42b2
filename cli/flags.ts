/** Flags of a command: from its table come parsing, checks, typed values and, in `help.ts`, the help. */
import { parseArgs } from "@std/cli/parse-args";
import { UsageError } from "../src/base/errors.ts";
import { nearest } from "./nearest.ts";

/** A flag, as a command's table declares it. */
export interface Flag<T> {
  /** What help writes behind the name; nothing for a switch. */
  readonly takes: string;
  /** What help says of it. */
  readonly help: string;
  /** What a value must be, for messages: "a whole number from 1 to 64". */
  readonly expected: string;
  /** The value where the flag is not given. */
  readonly default: T;
  /** Another name, without the dashes. */
  readonly alias?: string;
  /** Whether it may be given several times: its values then stand in one, with commas between. */
  readonly many?: boolean;
  /** The value of a text; undefined for what it cannot be. */
  read(text: string): T | undefined;
}

/** Flags by name, without the dashes. */
export type Flags = Readonly<Record<string, Flag<unknown>>>;

/** What a command is called and takes. */
export interface Command<F extends Flags = Flags> {
  /** The name of its task. */
  readonly name: string;
  /** What it does, in sentences. */
  readonly about: string;
  /** Ways to call it, and what each does. */
  readonly forms: readonly (readonly [args: string, what: string])[];
  /** Whether it takes words beside its flags. */
  readonly words?: boolean;
  /** Whether it prints its help where nothing is given. */
  readonly helpByDefault?: boolean;
  readonly flags: F;
  /** Flags of which one may be given, and why. */
  readonly exclusive?: readonly (readonly [flags: readonly (keyof F & string)[], why: string])[];
  /** Lists that help shows before the flags. */
  readonly lists?: readonly (readonly [title: string, lines: readonly string[]])[];
  /** What help says last. */
  readonly end?: string;
}

/** The value of each flag. */
export type Values<F extends Flags> = {
  readonly [Name in keyof F]: F[Name] extends Flag<infer T> ? T : never;
};

/** A command line, read and checked. */
export interface Given<F extends Flags> {
  readonly flags: Values<F> & { readonly verbose: boolean };
  /** Names of the flags that are given. */
  readonly names: ReadonlySet<string>;
  /** What stands beside the flags. */
  readonly words: readonly string[];
  /** All of it, as it was written. */
  readonly args: readonly string[];
}

/** A switch: false where it is not given. */
export function flag(help: string): Flag<boolean> {
  return { takes: "", help, expected: "", default: false, read: () => true };
}

/** What every command has. */
export const COMMON = { verbose: flag("print stack traces"), help: flag("print this") } as const;

/** A command, with the type of its flags. */
export function command<F extends Flags>(it: Command<F>): Command<F> {
  return it;
}

/**
 * Reads a command line; undefined where it asks for help.
 *
 * @throws {UsageError} For what the command does not know, a value that is missing or cannot be, a switch with a value, a
 * flag given twice, and flags that exclude each other.
 */
export function parse<F extends Flags>(
  { name, flags, words = false, helpByDefault = false, exclusive = [] }: Command<F>,
  args: readonly string[],
): Given<F> | undefined {
  if (args.length === 0 ? helpByDefault : args.length === 1 && args[0] === "help") return;
  const all = { ...flags, ...COMMON }, names = Object.keys(flags);
  const valued = names.filter((it) => flags[it].takes !== "");
  const aliases = Object.fromEntries(
    names.flatMap((it) => flags[it].alias === undefined ? [] : [[flags[it].alias, it]]),
  );
  const others: string[] = [], unknown: string[] = [];
  const found = parseArgs(joined(args, [...valued, ...Object.keys(aliases)]), {
    string: valued,
    collect: valued,
    boolean: Object.keys(all).filter((it) => !valued.includes(it)),
    alias: { h: "help", ...aliases },
    unknown: (arg: string, key?: string) => {
      if (key === undefined) others.push(arg);
      else unknown.push(arg.split("=")[0]);
      return false;
    },
  });
  others.push(...found._.map(String)); // what stands after --
  if (!words) unknown.push(...others);
  if (found.help) return;
  const dashes = args.indexOf("--");
  for (const arg of args.slice(0, dashes < 0 ? undefined : dashes)) {
    const [, it, value] = arg.match(/^--([^=]+)(=.*)$/s) ?? [];
    if (it === undefined || !Object.hasOwn(all, it) || valued.includes(it)) continue;
    throw new UsageError(`--${it} takes no value: leave out ${value}`);
  }
  if (unknown.length > 0) {
    const known = [...Object.keys(all), ...Object.keys(aliases)];
    const near = nearest(unknown[0], known.map((it) => `--${it}`));
    throw new UsageError(
      `${name} does not know ${unknown[0]}${
        near ? `; the nearest flag is ${near}` : `: see deno task ${name} --help`
      }`,
    );
  }
  const given = names.filter((it) => found[it] === true || found[it]?.length > 0);
  for (const [rivals, why] of exclusive) {
    const [a, b] = rivals.filter((it) => given.includes(it));
    if (b !== undefined) throw new UsageError(`--${a} and --${b} exclude each other: ${why}`);
  }
  const values = names.map((it) => {
    if (!given.includes(it)) return [it, flags[it].default];
    if (flags[it].takes === "") return [it, true];
    if (found[it].length > 1 && !flags[it].many) throw givenTwice(it, flags[it], args);
    return [it, valueOf(it, flags[it], found[it])];
  });
  return {
    flags: { ...Object.fromEntries(values), verbose: found.verbose },
    names: new Set(given),
    words: others,
    args,
  };
}

function givenTwice(name: string, { alias }: Flag<unknown>, args: readonly string[]): UsageError {
  const typed = (it?: string) =>
    args.some((arg) => arg === `--${it}` || arg.startsWith(`--${it}=`));
  const both = typed(name) && typed(alias) ? `: --${alias} is another name of it` : "";
  return new UsageError(`--${name} is given more than once${both}`);
}

function valueOf(name: string, flag: Flag<unknown>, texts: readonly string[]): unknown {
  const text = texts.join(","), value = flag.read(text);
  if (value !== undefined) return value;
  throw new UsageError(
    text === ""
      ? `--${name} needs ${flag.expected}: --${name} ${flag.takes}`
      : `--${name} is "${text}"; it must be ${flag.expected}`,
  );
}

/** `--out ""` as `--out=` and `--lr -1` as `--lr=-1`: what is empty or below 0 is the flag's value, not the next argument. */
function joined(args: readonly string[], valued: readonly string[]): string[] {
  const joined: string[] = [];
  for (const arg of args) {
    const last = joined.at(-1) ?? "";
    const belongs = last.startsWith("--") && valued.includes(last.slice(2));
    if (belongs && /^$|^-[\d.]/.test(arg)) joined.push(`${joined.pop()}=${arg}`);
    else joined.push(arg);
  }
  return joined;
}
