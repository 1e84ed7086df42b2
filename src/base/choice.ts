/** What was given instead of what is wanted, and names that a user chooses among. */

/**
 * Refuses what is none of the choices.
 *
 * @param act What it is for: "make the schedule".
 * @param name The field.
 * @throws {RangeError} With all choices.
 */
export function checkChoice(
  act: string,
  name: string,
  value: unknown,
  choices: readonly string[],
): void {
  if (choices.some((choice) => choice === value)) return;
  throw new RangeError(
    `Cannot ${act}: ${name} is ${described(value)}; it must be one of ${choices.join(", ")}`,
  );
}

/** What something is, for a message: `"a"`, `undefined`, `a Float32Array`. */
export function described(v: unknown): string {
  if (typeof v === "string") return JSON.stringify(v);
  if (typeof v === "bigint") return `the bigint ${v}`;
  if (typeof v === "function") return "a function";
  if (typeof v !== "object" || v === null) return String(v);
  const name = v.constructor?.name ?? "object";
  return `${/^[AEIO]/i.test(name) ? "an" : "a"} ${name}`;
}
