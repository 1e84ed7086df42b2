/** In what two plans differ, by the flags that set it. */
import { changes, fieldOf } from "./differences.ts";
import type { Plan } from "./plan.ts";
import { SETTINGS } from "./variant.ts";

/** In what two plans differ, one piece of text each: by its flag where one sets it, and else in words. */
export function differences(there: Plan, here: Plan): string[] {
  const shown = (json: string | undefined) => json?.replaceAll('"', "") ?? "not set";
  return changes(there, here).map(({ name, before, after }) => {
    const flag = name === "ownData.source" ? "data" : flagAt(name);
    return `${flag ? `--${flag}` : wordsFor(name)} is ${shown(before)} there, ${shown(after)} here`;
  });
}

/** A kind is of something: "activation kind". */
function wordsFor(path: string): string {
  const [owner, field] = path.split(".").slice(-2);
  return field === "kind" && owner !== "schedule" ? `${owner} kind` : fieldOf(path);
}

/** The flag that sets what stands at a path of a plan. */
function flagAt(path: string): string | undefined {
  return SETTINGS.find((setting) => setting.path === path)?.name;
}
