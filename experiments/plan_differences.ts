/** Whether two plans are the same run. */
import type { Plan } from "./presets.ts";

/** In what two plans differ that decides numbers, one piece of text each. */
export function differences(there: Plan, here: Plan): string[] {
  const leaves = (value: unknown, name: string): [string, string][] =>
    typeof value === "object" && value !== null
      ? Object.entries(value).flatMap(([key, inner]) =>
        leaves(inner, name ? `${name}.${key}` : key)
      )
      : [[name, JSON.stringify(value)]];
  const [a, b] = [there, here].map(({ summary: _, source: __, ...rest }) =>
    new Map(leaves(rest, "").filter(([, value]) => value !== undefined))
  );
  return [...new Set([...a.keys(), ...b.keys()])].filter((key) => a.get(key) !== b.get(key)).map(
    (key) => `${key} is ${a.get(key) ?? "not set"} there, ${b.get(key) ?? "not set"} here`,
  );
}
