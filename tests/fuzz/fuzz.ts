/** Tries a parser on damaged inputs. */
import { RunError, UsageError } from "../../src/base/errors.ts";
import { Dice, mutated } from "./mutate.ts";
import type { Parser } from "./parser.ts";

/** An input that was not taken as it should. */
export interface Failure {
  parser: string;
  /** Which input of its seed. */
  number: number;
  what: string;
  input: Uint8Array<ArrayBuffer>;
}

/** What an engine says of a program's mistake, in a message of ours or of its own. */
const ENGINE =
  /Cannot read propert|Cannot set propert|Cannot destructure|Cannot convert|Cannot mix|Cannot access|is not a function|is not iterable|is not a constructor|is not defined|undefined|\[object |Invalid (typed )?array|Array buffer allocation|Maximum call stack|out of bounds|Offset is outside|Start offset|Invalid count value|Invalid string length/;

/** The longest line that is still clear. */
const LONGEST_LINE = 2000;
/** What an input of 64 KiB may add to the memory of the process, in bytes. */
const MOST_MEMORY = 500e6;

/** Damages a parser's good inputs `count` times; `place` is a folder of its own. */
export async function fuzz(
  { name, seeds, read, refusals = [] }: Parser,
  { count, seed, stream, place }: { count: number; seed: number; stream: number; place: string },
): Promise<Failure[]> {
  const failures: Failure[] = [];
  const good = await seeds();
  for (const [i, input] of good.entries()) {
    const failed = await outcome(input, () => read(input, place), []);
    if (failed) {
      failures.push({ parser: name, number: -1 - i, what: `its good input: ${failed}`, input });
    }
  }
  const before = Deno.memoryUsage().rss;
  for (let number = 0; number < count; number++) {
    const input = mutated(good, new Dice(seed, stream * 2 ** 20 + number));
    const what = await outcome(input, () =>
      read(input, place), [RunError, UsageError, ...refusals]) ??
      (Deno.memoryUsage().rss - before > MOST_MEMORY ? "it takes 500 MB and more" : undefined);
    if (what !== undefined) failures.push({ parser: name, number, what, input });
  }
  return failures;
}

/** What is wrong with how an input was taken; undefined where nothing is. */
async function outcome(
  input: Uint8Array,
  act: () => unknown,
  refusals: readonly (abstract new (...args: never[]) => Error)[],
): Promise<string | undefined> {
  try {
    await act();
    return undefined;
  } catch (error) {
    if (!(error instanceof Error)) return `it throws ${error}`;
    const { message } = error;
    if (!refusals.some((kind) => error.constructor === kind)) return `${error.name}: ${message}`;
    if (/[\n\r]/.test(message)) return `more than one line: ${JSON.stringify(message)}`;
    if (message.length > LONGEST_LINE) return `a line of ${message.length} characters`;
    const own = withoutQuotes(message);
    if (ENGINE.test(own)) return `the engine's words: ${message}`;
    const given = new TextDecoder().decode(input).includes("NaN");
    return own.includes("NaN") && !given ? `a NaN that was not given: ${message}` : undefined;
  }
}

/** A message without what it quotes of the input. */
function withoutQuotes(message: string): string {
  return message.replace(/"(\\.|[^"\\])*"/g, '""');
}
