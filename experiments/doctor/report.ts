/** What the doctor finds. */
import { CATALOG } from "../../data/sets/catalog.ts";
import { dataDirectory } from "../../data/download/directory.ts";
import { RunError } from "../../src/base/errors.ts";
import {
  ADAPTER_CHOICES,
  type AdapterChoice,
  requestAdapter,
} from "../../src/gpu/adapter/adapter.ts";
import { type AdapterFacts, adapterFacts } from "../../src/gpu/adapter/facts.ts";
import { gpu } from "../../src/gpu/device.ts";
import { slowPaths } from "../../src/gpu/adapter/remedy.ts";
import type { Tiles } from "../../src/gpu/tiles/tiles.ts";
import { type Check, runChecks } from "./checks.ts";

/** One data set: what of it is missing, or why that cannot be said. */
export interface DataSetState {
  /** Names of the files that are not there; empty when the data set can be used. */
  missing: string[];
  /** What is wrong with the place, if anything is. */
  problem?: string;
}

/** The adapter that a choice gives, or why there is none. */
export type ChoiceState =
  | Pick<AdapterFacts, "description" | "backend" | "software">
  | { problem: string };

/** All findings, as `--json` prints them. */
export interface Report {
  /** Version of Deno. */
  deno: string;
  /** Operating system and architecture. */
  system: string;
  adapter: AdapterFacts;
  /** Why it is slow and what mends that, a sentence each; empty for a GPU in order. */
  slow: string[];
  /** What each value of `--adapter` gives. */
  choices: Record<AdapterChoice, ChoiceState>;
  /** The tile shapes that kernels get on this adapter. */
  tiles: Tiles;
  data: {
    path: string;
    origin: string;
    sets: Record<string, DataSetState>;
  };
  checks: Check[];
}

/**
 * Looks at the open GPU, the data and the answers of a few kernels.
 *
 * @param dataFlag The value of `--data-dir`, if given.
 */
export async function examine(dataFlag?: string): Promise<Report> {
  const { adapter, tiles } = gpu();
  const { path, origin } = dataDirectory(dataFlag);
  const sets: Record<string, DataSetState> = {};
  for (const name of Object.keys(CATALOG)) sets[name] = await stateOf(name, path);
  return {
    deno: Deno.version.deno,
    system: `${Deno.build.os} ${Deno.build.arch}`,
    adapter,
    slow: slowPaths(adapter),
    choices: Object.fromEntries(
      await Promise.all(ADAPTER_CHOICES.map(async (choice) => [choice, await given(choice)])),
    ),
    tiles,
    data: { path, origin, sets },
    checks: await runChecks(),
  };
}

async function given(choice: AdapterChoice): Promise<ChoiceState> {
  try {
    const { description, backend, software } = await adapterFacts(await requestAdapter(choice));
    return { description, backend, software };
  } catch (error) {
    if (error instanceof RunError) return { problem: error.message };
    throw error;
  }
}

async function stateOf(name: string, directory: string): Promise<DataSetState> {
  try {
    const presence = await CATALOG[name].files?.find(directory);
    return { missing: presence?.missing ?? [] };
  } catch (error) {
    if (error instanceof RunError) return { missing: [], problem: error.message };
    throw error;
  }
}
