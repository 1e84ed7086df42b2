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

/**
 * Options that are known, so that one under another name (`axis` for `axes`) is not as if it were not there.
 *
 * @param act What they are for: "take sum()".
 * @param options None where the caller left them out: the check of each that must be there then says so.
 * @param known Their names; a list that lacks one does not compile.
 * @param name What they are called, where that is a field of something: "recipe.optimizer".
 * @throws {TypeError} For what is no object, or has another name.
 */
export function onlyOptions<T extends object, const Names extends readonly (keyof T & string)[]>(
  act: string,
  options: T | undefined,
  known: Names & ([Exclude<keyof T, Names[number]>] extends [never] ? unknown : never),
  name?: string,
): T {
  if (options === undefined) return {} as T;
  const names: readonly string[] = known;
  if (typeof options !== "object" || options === null) {
    throw new TypeError(
      `Cannot ${act}: ${name ?? "options"} is ${described(options)}, and it must be an object of ${
        names.join(", ")
      }`,
    );
  }
  const other = Object.keys(options).find((it) => !names.includes(it));
  if (other === undefined) return options;
  throw new TypeError(
    `Cannot ${act}: there is no ${name ? `${name}.` : "option "}${other}, but ${names.join(", ")}`,
  );
}

/**
 * Refuses what lacks a method that is called of it later, where the message would be the runtime's.
 *
 * @param act What it is for: "make Linear".
 * @param name The argument.
 * @param wish What to give instead.
 * @throws {TypeError}
 */
export function checkMethods(
  act: string,
  name: string,
  value: unknown,
  methods: readonly string[],
  wish: string,
): void {
  const found = Object(value) as Record<string, unknown>;
  if (methods.every((method) => typeof found[method] === "function")) return;
  throw new TypeError(`Cannot ${act}: ${name} is ${described(value)}; give ${wish}`);
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
