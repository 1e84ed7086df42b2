/** `config.json`: everything that decides a run, and what it ran on. */
import { join } from "../../src/base/path.ts";
import {
  listOf,
  object,
  oneOf,
  optional,
  orElse,
  parseJson,
  record,
  text,
  truth,
  whole,
} from "../../src/base/json.ts";
import { readIfThere } from "../../src/base/files.ts";
import { ADAPTER_CHOICES, type AdapterChoice } from "../../src/gpu/adapter/adapter.ts";
import { type Backend, BACKEND_NAMES, BACKENDS } from "../../src/gpu/adapter/backend.ts";
import type { Tiles } from "../../src/gpu/tiles/tiles.ts";
import { parseTiles } from "../../src/tune/parse_tiles.ts";
import { plainName, plan, presetName, seedNumber } from "../plan/checks.ts";
import type { ImageCounts } from "../plan/differences.ts";
import type { Plan } from "../plan/plan.ts";
import { CONFIG } from "./path.ts";
import type { RunError } from "../../src/base/errors.ts";
import { refusal } from "./refusal.ts";

/** The run whose weights another one started from. */
export interface StartedFrom extends Pick<Plan, "id" | "preset" | "seed"> {
  /** After which of its epochs. */
  epoch: number;
  /** Of its checkpoint's bytes. */
  sha256: string;
}

/** What stands in it. */
export interface Config {
  plan: Plan;
  /** Of a plan that names the weights to start from: what they were. */
  from?: StartedFrom;
  /** Of a run that goes on for more epochs: how many it had before, each time. */
  grown?: number[];
  /** Whether drawn digits stand in for the data set of the row. */
  drawn: boolean;
  /** Digest of the images; runs of earlier versions have none. */
  images?: string;
  /** The folder of data sets, where one was named: its path from the run's folder. */
  dataDir?: string;
  /** A CSV file of images to classify at the end, if one was named. */
  predict?: string;
  /** Of one's own images: which classes the numbers in tables are. */
  classNames?: string[];
  /** Of one's own images: the size they were given; runs of earlier versions have none. */
  imageSize?: { height: number; width: number; channels: number };
  /** Of one's own images: how many are taken; runs of earlier versions have none. */
  counts?: ImageCounts;
  tiles: Tiles;
  adapter: string;
  /** Runs of earlier versions have none. */
  backend?: Backend;
  /** What --adapter said, if it was given: a resume asks for the same. */
  adapterChoice?: AdapterChoice;
  software: boolean;
  commit: string;
  deno: string;
}

/** Runs of earlier versions lack some of it. */
const config = object<Omit<Config, "tiles">>({
  plan,
  from: optional(object<StartedFrom>({
    id: plainName,
    preset: presetName,
    seed: seedNumber,
    epoch: whole(),
    sha256: text,
  })),
  grown: optional(listOf(whole(1))),
  drawn: orElse(truth, false),
  images: optional(text),
  dataDir: optional(text),
  predict: optional(text),
  classNames: optional(listOf(text)),
  imageSize: optional(object<NonNullable<Config["imageSize"]>>({
    height: whole(1, 1024),
    width: whole(1, 1024),
    channels: oneOf(1, 3),
  })),
  counts: optional(object<ImageCounts>({ train: whole(1), test: whole(1) })),
  adapter: orElse(text, "unknown"),
  backend: optional(oneOf(...BACKENDS)),
  adapterChoice: optional(oneOf(...ADAPTER_CHOICES)),
  software: orElse(truth, false),
  commit: orElse(text, "unknown"),
  deno: orElse(text, "unknown"),
});

/**
 * The config of a run in a folder, or undefined when there is none.
 *
 * @param refuse Makes the error of what is wrong with it: to start again is no advice for who only reads.
 * @throws {RunError} When it is broken, or says what cannot be: which field, and what it must be.
 */
export async function readConfig(
  path: string,
  refuse: (state: string) => RunError = refusal,
): Promise<Config | undefined> {
  const file = join(path, CONFIG), bytes = await readIfThere(file);
  if (!bytes) return undefined;
  const given = parsed(bytes);
  if (!given?.plan || !given.tiles) throw refuse(`${file} is no config of a run`);
  const part = <T>(what: string, check: () => T): T => {
    try {
      return check();
    } catch (error) {
      throw refuse(`${file} has ${what} that cannot be used (${(error as Error).message})`);
    }
  };
  const tiles = part("tiles", () => parseTiles(given.tiles));
  return { ...part("values", () => config(given, "it")), tiles };
}

function parsed(bytes: Uint8Array): Record<string, unknown> | undefined {
  try {
    return parseJson(bytes, record);
  } catch {
    return undefined;
  }
}

/**
 * What messages and tables call the adapter of a run: its name, with the backend where that is not the one to expect. The
 * same GPU through OpenGL or Direct3D 12 rounds and times differently. Runs of earlier versions do not know theirs.
 */
export function adapterName({ adapter, backend }: Pick<Config, "adapter" | "backend">): string {
  const unexpected = backend === "opengl" || backend === "d3d12";
  return unexpected ? `${adapter}, ${BACKEND_NAMES[backend]}` : adapter;
}
