/** The command line of `deno task tune`. */
import { resolve } from "node:path";
import { command, flag, type Given } from "../../cli/flags.ts";
import { ADAPTER } from "../../cli/shared.ts";
import { number, path, withDefault } from "../../cli/values.ts";
import { UsageError } from "../../src/base/errors.ts";
import { planOf } from "../plan/plan.ts";
import { PRESET, PUBLISHED, rowNamed } from "./row.ts";

/** The command. */
export const TUNE = command({
  name: "tune",
  about:
    "Times a short list of tiles for each kernel and shape of a training step, each after its result has been " +
    "checked, and keeps the fastest: runs that begin afterwards on this adapter use it.",
  forms: [["", "the steps of all published rows"], ["ID...", "of these rows"]],
  words: true,
  flags: {
    preset: PRESET,
    bench: flag("the shapes of deno task bench, too"),
    budget: withDefault(
      number({ low: 0, above: true, high: 86400 }, "begin nothing new after so many", "SECONDS"),
      300,
    ),
    again: flag("time what the cache holds already once more"),
    adapter: ADAPTER,
    cache: withDefault(path("FILE", "where the tiles are kept"), "runs/tiles.json"),
    write: path("FILE", "write the tiles as a file for deno task exp ID --tiles FILE"),
  },
  end: "Other programs on the machine make it choose by chance.",
});

/** What is asked: the steps of which plans, and how. */
export type TuneTask = ReturnType<typeof tuneTask>;

/**
 * What a command line asks for.
 *
 * @throws {UsageError} For a row that is not there, and tiles that would be written over their cache.
 */
export function tuneTask({ flags, words }: Given<typeof TUNE.flags>) {
  const { preset, budget, ...rest } = flags, { write, cache } = rest;
  if (write !== undefined && resolve(write) === resolve(cache)) {
    throw new UsageError(`--write ${write} is the cache itself: name another file`);
  }
  const rows = words.length > 0 ? words.map((id) => rowNamed(id)) : PUBLISHED;
  return { ...rest, plans: rows.map((row) => planOf(row, preset)), budgetMs: 1000 * budget };
}
