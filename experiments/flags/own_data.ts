/** Flags for one's own images, which work with every row. */
import type { Flag, Values } from "../../cli/flags.ts";
import { number, oneOf } from "../../cli/values.ts";
import { nameOf, parseSource } from "../../data/own/source.ts";
import { UsageError } from "../../src/base/errors.ts";
import type { Plan } from "../plan/plan.ts";

/** `folder:DIR` or `csv:FILE`. */
function source(help: string): Flag<string | undefined> {
  const read = (text: string) => parseSource(text) && text;
  return { takes: "PLACE", help, expected: "folder:DIR or csv:FILE", default: undefined, read };
}

const IMAGE_SIZE: Flag<{ height: number; width: number } | undefined> = {
  takes: "SIZE",
  help: "N or HEIGHTxWIDTH: the size that pictures are given",
  expected: "N or HEIGHTxWIDTH, sides from 1 to 1024",
  default: undefined,
  read(text) {
    const [, height = "", , width = height] = /^(\d+)(x(\d+))?$/.exec(text.trim()) ?? [];
    const [rows, columns] = [height, width].map(Number);
    const fits = Math.min(rows, columns) >= 1 && Math.max(rows, columns) <= 1024;
    return fits ? { height: rows, width: columns } : undefined;
  },
};

/** The flags, by name. */
export const OWN_DATA_FLAGS = {
  data: source("your own images: folder:DIR (a folder a class, PNG or JPEG) or csv:FILE"),
  "test-data": source("images to test with, in the same words; else a share of --data is held out"),
  "test-share": number(
    { low: 0, above: true, high: 1, below: true },
    "that share of each class; default: 0.2",
    "SHARE",
  ),
  "image-size": IMAGE_SIZE,
  channels: oneOf("N", ["1", "3"], "1 for grey, 3 for colour; default: as the images are"),
} as const;

/** Their names. */
export const OWN_DATA_NAMES = Object.keys(OWN_DATA_FLAGS) as (keyof typeof OWN_DATA_FLAGS)[];

/**
 * A plan on one's own images, where they were asked for.
 *
 * @throws {UsageError} For a flag that needs `--data`.
 */
export function withOwnData(plan: Plan, flags: Values<typeof OWN_DATA_FLAGS>): Plan {
  const { data, channels, "test-data": test, "test-share": testShare = 0.2 } = flags;
  if (data === undefined) {
    const stray = OWN_DATA_NAMES.find((name) => flags[name] !== undefined);
    if (stray) throw new UsageError(`--${stray} is for your own images: name them with --data`);
    return plan;
  }
  return {
    ...plan,
    dataset: nameOf(parseSource(data)),
    ownData: {
      source: data,
      ...(test !== undefined && { test }),
      testShare,
      ...flags["image-size"],
      ...(channels !== undefined && { channels: Number(channels) }),
    },
  };
}
