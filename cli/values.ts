/** Kinds of values that flags take. */
import { type Range, rangeWords, within } from "../src/base/range.ts";
import type { Flag } from "./flags.ts";

/** A text that is not empty. */
export function text(takes: string, help: string): Flag<string | undefined> {
  return { takes, help, expected: "a text", default: undefined, read: (text) => text || undefined };
}

/** The path of a file or a folder. */
export function path(takes: "FILE" | "DIR" | "RUN", help: string): Flag<string | undefined> {
  const expected = { FILE: "a file", DIR: "a folder", RUN: "the folder of a run" }[takes];
  return { takes, help, expected, default: undefined, read: (text) => text || undefined };
}

/** One of a few words. */
export function oneOf<const Choice extends string>(
  takes: string,
  choices: readonly Choice[],
  help: string,
): Flag<Choice | undefined> {
  const expected = choices.length === 2 ? choices.join(" or ") : `one of ${choices.join(", ")}`;
  const read = (text: string) => choices.find((choice) => choice === text);
  return { takes, help, expected, default: undefined, read };
}

/** A number in a range. */
export function number(range: Range, help: string, takes = "N"): Flag<number | undefined> {
  const read = (text: string) => {
    const value = text.trim() === "" ? NaN : Number(text);
    return within(value, range) ? value : undefined;
  };
  return { takes, help, expected: rangeWords(range), default: undefined, read };
}

/** The same flag, with a value where it is not given, which help names. */
export function withDefault<T>(flag: Flag<T | undefined>, value: T, shown = `${value}`): Flag<T> {
  return { ...flag, default: value, help: `${flag.help}; default: ${shown}` };
}
