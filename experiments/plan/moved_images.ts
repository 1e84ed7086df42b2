/** One's own images that lie somewhere else than when their run began. */
import { resolve } from "node:path";
import { parseSource } from "../../data/own/source.ts";
import { UsageError } from "../../src/base/errors.ts";
import type { OwnData, Plan } from "./plan.ts";

/** Where images are said to be now; what is not said is where it was. */
export type Moved = Partial<Pick<OwnData, "source" | "test">>;

/**
 * A run's plan with its images where they are now. That they are the same ones is for the digest of the run to say, when they are
 * loaded; so a run without one, of an earlier version, is refused.
 *
 * @param run What the run is called in messages.
 * @throws {UsageError} When the run has no such images, or nothing tells them from others.
 */
export function withMovedImages(
  { plan, images }: { plan: Plan; images?: string },
  moved: Moved,
  run: string,
): Plan {
  const { ownData } = plan;
  const [field] = (["source", "test"] as const).filter((it) =>
    moved[it] !== undefined && !(ownData?.[it] && isSame(moved[it], ownData[it]))
  );
  if (field === undefined) return plan;
  const flag = field === "source" ? "--data" : "--test-data";
  if (ownData?.[field] === undefined) {
    throw new UsageError(`${flag} is for a run that was begun with it, and ${run} was not`);
  }
  if (images === undefined) {
    throw new UsageError(
      `${flag} is ${moved[field]}, and ${run} began on ${
        ownData[field]
      }: it is of an earlier version, which did not note what those images were, so name them there`,
    );
  }
  const { source = ownData.source, test = ownData.test } = moved;
  return { ...plan, ownData: { ...ownData, source, ...(test !== undefined && { test }) } };
}

function isSame(a: string, b: string): boolean {
  const [one, other] = [a, b].map(parseSource);
  return one.kind === other.kind && resolve(one.path) === resolve(other.path);
}
