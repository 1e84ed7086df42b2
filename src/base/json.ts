/**
 * Checks on JSON that somebody may have changed: each gives the value back as its type, or throws a TypeError that says
 * which field is wrong, what it is and what it must be.
 */
import { type Range, rangeWords, within } from "./range.ts";

/** Checks one value; `name` is what a message calls it. */
export type Check<T> = (value: unknown, name: string) => T;

/** A check for each field of a record, also of those that may be left out. */
export type Checks<T> = { readonly [K in keyof T]-?: Check<T[K]> };

/** Text, empty or not. */
export const text: Check<string> = (value, name) => {
  if (typeof value === "string") return value;
  throw wrong(value, name, "text");
};

/** Text that fits. */
export function matching(fits: (word: string) => boolean, wanted: string): Check<string> {
  return (value, name) => {
    const word = text(value, name);
    if (fits(word)) return word;
    throw new TypeError(`${name} is ${JSON.stringify(word)}; it must be ${wanted}`);
  };
}

/** True or false. */
export const truth: Check<boolean> = (value, name) => {
  if (typeof value === "boolean") return value;
  throw wrong(value, name, "true or false");
};

/** A number in a range. */
export function inRange(range: Range): Check<number> {
  return (value, name) => {
    if (typeof value === "number" && within(value, range)) return value;
    throw wrong(value, name, rangeWords(range));
  };
}

/** A number; JSON writes no NaN, but what overflows is infinite, and refused. */
export function number(low?: number, high?: number): Check<number> {
  return inRange({ low, high });
}

/** A whole number. */
export function whole(low = 0, high?: number): Check<number> {
  return inRange({ whole: true, low, high });
}

/** One of these. */
export function oneOf<T>(...values: readonly T[]): Check<T> {
  return (value, name) => {
    if (values.includes(value as T)) return value as T;
    throw wrong(value, name, values.length === 1 ? `${values[0]}` : `one of ${values.join(", ")}`);
  };
}

/** That, or nothing. */
export function optional<T>(check: Check<T>): Check<T | undefined> {
  return (value, name) => value === undefined ? undefined : check(value, name);
}

/** That, or this where there is nothing. */
export function orElse<T>(check: Check<T>, otherwise: T): Check<T> {
  return (value, name) => value === undefined ? otherwise : check(value, name);
}

/** A list of such. */
export function listOf<T>(check: Check<T>): Check<T[]> {
  return (value, name) => {
    if (!Array.isArray(value)) throw wrong(value, name, "a list");
    return value.map((it, i) => check(it, `${name}[${i}]`));
  };
}

/** A record of whatever fields, each such. */
export function mapOf<T>(check: Check<T>): Check<Record<string, T>> {
  return (value, name) =>
    Object.fromEntries(
      Object.entries(record(value, name)).map(([key, it]) => [key, check(it, `${name}["${key}"]`)]),
    );
}

/** A record with these fields; others, of another version, stay in it. */
export function object<T>(checks: Checks<T>): Check<T> {
  return (value, name) => {
    const given = record(value, name), checked: Record<string, unknown> = { ...given };
    for (const [field, check] of Object.entries<Check<unknown>>(checks)) {
      const found = Object.hasOwn(given, field) ? given[field] : undefined;
      const result = check(found, name === "it" ? field : `${name}.${field}`);
      if (result !== undefined) checked[field] = result;
    }
    return checked as T;
  };
}

/** A record that says by its `kind` which fields it has. */
export function byKind<T extends { kind: string }>(
  kinds: { readonly [K in T["kind"]]: Checks<Omit<Extract<T, { kind: K }>, "kind">> },
): Check<T> {
  return (value, name) => {
    const { kind } = record(value, name);
    const known = oneOf(...Object.keys(kinds) as T["kind"][])(kind, `${name}.kind`);
    return object(kinds[known])(value, name) as unknown as T;
  };
}

/**
 * A record of these fields and no others.
 *
 * @throws {TypeError} When it is none.
 */
export function fields(
  json: unknown,
  name: string,
  needed: readonly string[],
  others: readonly string[] = [],
): Record<string, unknown> {
  const given = record(json, name);
  const missing = needed.find((field) => !Object.hasOwn(given, field));
  if (missing) throw new TypeError(`${name} lacks ${missing}`);
  const unknown = Object.keys(given).find((it) => !needed.includes(it) && !others.includes(it));
  if (unknown) throw new TypeError(`${name} has the unknown field ${unknown}`);
  return given;
}

/**
 * A record of whatever fields.
 *
 * @throws {TypeError} When it is none.
 */
export function record(json: unknown, name: string): Record<string, unknown> {
  if (typeof json === "object" && json !== null && !Array.isArray(json)) {
    return json as Record<string, unknown>;
  }
  throw wrong(json, name, "an object");
}

/** What is said of a value that must be another. */
function wrong(value: unknown, name: string, wanted: string): TypeError {
  if (value === undefined) return new TypeError(`${name} is missing; it must be ${wanted}`);
  // What JSON does not hold: NaN and infinities, and functions.
  const json = typeof value === "number" ? `${value}` : JSON.stringify(value) ?? typeof value;
  const shown = json.length > 40 ? `${json.slice(0, 37)}...` : json;
  return new TypeError(`${name} is ${shown}; it must be ${wanted}`);
}

/**
 * A file's bytes as JSON of that form.
 *
 * @throws {TypeError} When they are not JSON, or of another form: what is wrong, for a message that names the file.
 */
export function parseJson<T>(bytes: Uint8Array, check: Check<T>): T {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw new TypeError(bytes.length === 0 ? "it is empty" : "it is not JSON");
  }
  return check(json, "it");
}

/** A value as JSON with the fields of every record in one order, so that equal values are equal texts. */
export function sortedJson(value: unknown): string {
  return JSON.stringify(
    value,
    (_, inner) =>
      typeof inner === "object" && inner !== null && !Array.isArray(inner)
        ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => a < b ? -1 : 1))
        : inner,
  );
}
