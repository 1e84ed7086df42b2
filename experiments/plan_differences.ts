/** Whether two plans are the same run. */
import type { Plan } from "./presets.ts";

/** A value that decides numbers and is not the same in two plans, as JSON; undefined where a plan does not have it. */
export interface Change {
  name: string;
  before: string | undefined;
  after: string | undefined;
}

/** What decides numbers and differs, in the order of the plans. */
export function changes(before: Plan, after: Plan): Change[] {
  const leaves = (value: unknown, name: string): [string, string][] =>
    typeof value === "object" && value !== null
      ? Object.entries(value).flatMap(([key, inner]) =>
        leaves(inner, name ? `${name}.${key}` : key)
      )
      : [[name, JSON.stringify(value)]];
  const [a, b] = [before, after].map(({ summary: _, source: __, ...rest }) =>
    new Map(leaves(rest, "").filter(([, value]) => value !== undefined))
  );
  return [...new Set([...a.keys(), ...b.keys()])].filter((key) => a.get(key) !== b.get(key)).map(
    (name) => ({ name, before: a.get(name), after: b.get(name) }),
  );
}

/** In what two plans differ, one piece of text each. */
export function differences(there: Plan, here: Plan): string[] {
  return changes(there, here).map(({ name, before, after }) =>
    `${name} is ${before ?? "not set"} there, ${after ?? "not set"} here`
  );
}

/** What a preset changes of the row as published, in one line. */
export function madeSmall(published: Plan, plan: Plan): string {
  const words = changes(published, plan).filter(({ name }) => name !== "preset" && name !== "seed")
    .map(({ name, before, after }) => {
      const field = name.split(".").at(-1)!.replace(/[A-Z]/g, (c) => ` ${c.toLowerCase()}`);
      const of = /^(schedule|centers|secondStage)\./.exec(name.replace("recipe.", ""))?.[1];
      const owner = of ? `${of.replace(/[A-Z]/g, (c) => ` ${c.toLowerCase()}`)} ` : "";
      return `${owner}${field} ${after ?? "unset"}${
        before === undefined ? "" : ` (published ${before})`
      }`;
    });
  return words.join(", ");
}
