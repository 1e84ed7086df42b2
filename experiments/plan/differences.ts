/** What decides numbers in a plan and not in another, and what a preset changes. */
import type { Plan } from "./plan.ts";

/** A value that decides numbers and is not the same in two plans, as JSON; undefined where a plan does not have it. */
export interface Change {
  name: string;
  before: string | undefined;
  after: string | undefined;
}

/** What decides numbers and differs, in the order of the plans. */
export function changes(before: Plan, after: Plan): Change[] {
  const leaves = (value: unknown, name: string): [string, string][] =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.entries(value).flatMap(([key, inner]) =>
        leaves(inner, name ? `${name}.${key}` : key)
      )
      : [[name, JSON.stringify(value)]];
  const [a, b] = [before, after].map((
    { summary: _, source: __, variant: ___, name: ____, ...rest },
  ) =>
    new Map(leaves(rest, "").filter(([name, value]) => value !== undefined && name !== "file.path"))
  );
  return [...new Set([...a.keys(), ...b.keys()])].filter((key) => a.get(key) !== b.get(key)).map(
    (name) => ({ name, before: a.get(name), after: b.get(name) }),
  );
}

/** How many images a run takes. */
export interface ImageCounts {
  train: number;
  test: number;
}

/** A plan with the sizes that its images have: those of a preset are the most that it takes of one's own. */
export function asTaken(plan: Plan, counts: ImageCounts | undefined): Plan {
  if (!counts) return plan;
  const least = (n: number | undefined, count: number) => n && Math.min(n, count);
  return {
    ...plan,
    trainSize: least(plan.trainSize, counts.train),
    testSize: least(plan.testSize, counts.test),
  };
}

/** Where a run is, and what is said by the name of the data set. */
const UNSAID = /^(preset|seed|ownData\.)/;
/** Without them a plan takes all that there is. */
const SIZES = ["trainSize", "testSize"];

/** What a preset changes of the row as published, in one line. */
export function madeSmall(published: Plan, plan: Plan): string {
  // A schedule of another kind has other fields, which stand behind its kind.
  const schedule = published.schedule.kind === plan.schedule.kind ? "" : "schedule.";
  return changes(published, plan)
    .filter(({ name }) => !UNSAID.test(name))
    .filter(({ name }) => !schedule || !name.startsWith(schedule) || name === "schedule.kind")
    .map(({ name, before, after }) => {
      const was = before ?? (SIZES.includes(name) ? "all" : undefined);
      const more = name === "schedule.kind" ? fieldsOf(plan.schedule) : "";
      return `${fieldOf(name)} ${readable(after ?? "unset")}${more}${
        was === undefined ? "" : ` (published ${readable(was)})`
      }`;
    }).join(", ");
}

/** `stepSize` as "step size". */
function words(name: string): string {
  return name.replace(/[A-Z]/g, (c) => ` ${c.toLowerCase()}`);
}

/** The fields of a schedule beside its kind: " of peak 0.2". */
function fieldsOf({ kind: _, ...fields }: Plan["schedule"]): string {
  const each = Object.entries(fields).map(([name, value]) => `${words(name)} ${value}`);
  return each.length > 0 ? ` of ${each.join(" and ")}` : "";
}

/** The last part of a path, in words, after whose it is. */
export function fieldOf(path: string): string {
  const owner = /(schedule|centers|secondStage)\./.exec(path)?.[1];
  const field = path.split(".").at(-1)!;
  if (!owner) return words(field);
  return path === "schedule.kind" ? "schedule" : `${words(owner)} ${words(field)}`;
}

/** JSON for a reader. */
export function readable(json: string): string {
  return /^[\d.]+$/.test(json)
    ? Number(json).toLocaleString("en", { maximumFractionDigits: 9 })
    : json.replaceAll('"', "");
}
