/** What the fuzz harness tries. */

/** A reader of bytes from outside. To add one, add it to a list of `parsers.ts`. */
export interface Parser {
  /** What it reads. */
  name: string;
  /** Good inputs, which are damaged. */
  seeds: () => Promise<Uint8Array<ArrayBuffer>[]> | Uint8Array<ArrayBuffer>[];
  /**
   * Reads an input, and throws where what it gives is not right. What it refuses must be one clear line: a `RunError` or a
   * `UsageError`, or one of {@linkcode refusals}.
   */
  read: (bytes: Uint8Array<ArrayBuffer>, place: string) => unknown;
  /** Other errors that are refusals, for readers whose caller makes a line of them. */
  refusals?: readonly (new (message: string) => Error)[];
}

/** A value that a reader should not have given. */
export class WrongValue extends Error {
  override name = "WrongValue";
}

/** Throws unless a value is right. */
export function right(condition: boolean, what: string): void {
  if (!condition) throw new WrongValue(what);
}
