/** Flags for one's own images, which work with every row. */
import type { OwnData, Plan } from "../plan/plan.ts";
import { nameOf, parseSource } from "../../data/own/source.ts";
import { UsageError } from "../../src/base/errors.ts";

/** Flags with a value, and what they mean. */
export const OWN_DATA_FLAGS = {
  data: "your own images: folder:DIR (a folder a class, PNG or JPEG) or csv:FILE",
  "test-data": "images to test with, in the same words; else a share of --data is held out",
  "test-share": "that share of each class; 0.2 without it",
  "image-size": "N or HEIGHTxWIDTH: the size that pictures are given",
  channels: "1 for grey, 3 for colour; else as the images are",
} as const;

type Given = Partial<Record<keyof typeof OWN_DATA_FLAGS, string>>;

/**
 * A plan on one's own images, where they were asked for.
 *
 * @throws {UsageError} For a value that cannot be, or a flag that needs `--data`.
 */
export function withOwnData(plan: Plan, given: Given): Plan {
  const names = Object.keys(OWN_DATA_FLAGS) as (keyof Given)[];
  if (given.data === undefined) {
    const stray = names.find((name) => given[name] !== undefined);
    if (stray) throw new UsageError(`--${stray} is for your own images: name them with --data`);
    return plan;
  }
  const source = parseSource(given.data), test = given["test-data"];
  if (test !== undefined) parseSource(test);
  if (test !== undefined && given["test-share"] !== undefined) {
    throw new UsageError("--test-share holds out a part of --data, and --test-data names another");
  }
  const size = sizeOf(given["image-size"]);
  const channels = given.channels === undefined ? undefined : Number(given.channels);
  if (channels !== undefined && channels !== 1 && channels !== 3) {
    throw new UsageError(`--channels is "${given.channels}"; it must be 1 or 3`);
  }
  const testShare = Number(given["test-share"]?.trim() || "0.2");
  if (!(testShare > 0 && testShare < 1) || given["test-share"]?.trim() === "") {
    throw new UsageError(
      `--test-share is "${given["test-share"]}"; it must be above 0 and below 1`,
    );
  }
  const ownData: OwnData = {
    source: given.data,
    ...(test !== undefined && { test }),
    testShare,
    ...size,
    ...(channels !== undefined && { channels }),
  };
  return { ...plan, dataset: nameOf(source), ownData };
}

function sizeOf(text: string | undefined): { height?: number; width?: number } {
  if (text === undefined) return {};
  const [, height = "", , width = height] = /^(\d+)(x(\d+))?$/.exec(text.trim()) ?? [];
  const sides = [height, width].map(Number);
  if (sides.every((side) => side >= 1 && side <= 1024)) {
    return { height: sides[0], width: sides[1] };
  }
  throw new UsageError(
    `--image-size is "${text}"; it must be N or HEIGHTxWIDTH, sides from 1 to 1024`,
  );
}
