/** `--seed` and `--seeds` where one command asks for several runs. */
import { UsageError } from "../../src/base/errors.ts";
import type { ExpGiven } from "./exp.ts";

/**
 * The seeds that several runs have: the one that was asked for, as on one of several machines, or 1 to N.
 *
 * @throws {UsageError} When both are given.
 */
export function seedsOf({ flags: { seed, seeds }, names }: ExpGiven): number[] {
  if (seed === undefined) return Array.from({ length: seeds }, (_, i) => i + 1);
  if (!names.has("seeds")) return [seed];
  throw new UsageError(
    "--seed N runs that seed alone, --seeds N the seeds 1 to N: give one of them",
  );
}
