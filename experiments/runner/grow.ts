/** `--resume --epochs N`: a run goes on for more epochs than it was begun with. */
import { basename, join } from "node:path";
import { UsageError } from "../../src/base/errors.ts";
import { isThere } from "../../src/base/files.ts";
import type { Plan } from "../plan/plan.ts";
import type { Options } from "../plan/request.ts";
import { ofEpochs } from "../plan/variant.ts";
import { type Config, readConfig } from "../run_folder/config.ts";
import { CONFIG, pathOf } from "../run_folder/path.ts";

/** A run of a shorter plan, and how many epochs it has. */
interface Begun {
  plan: Plan;
  path: string;
  epochs: number;
}

/**
 * The options with the folder that a run is resumed in: one that is to grow lies where it lay with fewer epochs, under its
 * row's name or under that of the `--epochs` that it was begun with.
 *
 * @throws {UsageError} When several runs could be meant.
 */
export async function whereItGrows(options: Options): Promise<Options> {
  const { resume, changed, plan } = options;
  if (!resume || !changed.includes("epochs") || plan.name !== undefined) return options;
  if (await isThere(join(pathOf(options), CONFIG))) return options;
  const found = await begunShorter(options);
  const grown = found.filter(({ epochs }) => epochs === plan.epochs);
  const short = found.filter(({ epochs }) => epochs < plan.epochs);
  const meant = [grown, short, found].find(({ length }) => length > 0) ?? [];
  if (meant.length > 1) throw severalMeant(plan.epochs, meant);
  return meant.length === 1 ? { ...options, plan: meant[0].plan } : options;
}

/** Runs that differ from a plan by `--epochs` alone, and how many they have now. */
async function begunShorter(options: Options): Promise<Begun[]> {
  const found: Begun[] = [];
  for (const plan of await shorterOnes(options)) {
    const path = pathOf({ ...options, plan });
    if (!await isThere(join(path, CONFIG))) continue;
    // What is wrong with a config is said when the run is resumed.
    const config = await readConfig(path).catch(() => undefined);
    found.push({ plan, path, epochs: config?.plan.epochs ?? 0 });
  }
  return found;
}

/** A line for each run that was begun with fewer epochs than this one and has as many by now: it is the same training. */
export async function alreadyGrown(options: Options): Promise<string[]> {
  const { changed, plan } = options;
  if (!changed.includes("epochs") || plan.name !== undefined) return [];
  const same = (await begunShorter(options)).filter(({ path, epochs }) =>
    epochs === plan.epochs && path !== pathOf(options)
  );
  return same.map(({ path, epochs }) =>
    `${path} was begun with other epochs and has ${epochs} by now: this run becomes the same`
  );
}

/** The plan in the folders that differ from its own by `--epochs` alone. */
async function shorterOnes({ out, plan }: Options): Promise<Plan[]> {
  const { variant: given = "", ...rest } = plan;
  const parts = given.split("+").filter((part) => part && !part.startsWith("epochs="));
  const withParts = (...first: string[]) => {
    const variant = [...first, ...parts].join("+");
    return { ...rest, ...(variant && { variant }) };
  };
  const entries = await Array.fromAsync(Deno.readDir(out)).catch(() => []);
  const begun = entries.flatMap(({ name }) => {
    const [part] = /(?<=\+)epochs=\d+/.exec(name) ?? [];
    const other = part && withParts(part);
    return other && basename(join(pathOf({ out, plan: other }), "..", "..")) === name
      ? [other]
      : [];
  });
  return [withParts(), ...begun];
}

function severalMeant(epochs: number, runs: readonly { path: string; epochs: number }[]) {
  const each = runs.map(({ path, epochs }) => `${path} has ${epochs}`).sort();
  return new UsageError(
    `--resume --epochs ${epochs} could mean several runs (${each.join(", ")} epochs): ` +
      "move those that are not meant, or start another run from the weights of one with --from",
  );
}

/**
 * The config of a run that goes on to a later epoch; of a run of two stages, the second goes on.
 *
 * @throws {UsageError} When what it trained already would have been another training.
 */
export function grown(config: Config, path: string, epochs: number): Config {
  const { plan } = config, total = plan.epochs;
  const refuse = (why: string, what = "") =>
    new UsageError(
      `--epochs ${epochs} does not fit ${path}: ${why}; start another run from its weights with --from ${path}${what}`,
    );
  if (epochs < total) {
    throw new UsageError(`--epochs is ${epochs}, and ${path} has ${total} already: give more`);
  }
  const { loss } = plan.secondStage ?? plan.recipe;
  if ("softmaxShare" in loss && loss.softmaxShare) {
    throw refuse(
      `its softmax trained for ${loss.softmaxShare} of the steps of all ${total} epochs`,
    );
  }
  if (total % (plan.evalEvery ?? 1) !== 0) {
    throw refuse(
      `its last epoch, ${total}, was tested, and is none of every ${plan.evalEvery} epochs`,
    );
  }
  if (plan.schedule.kind === "one-cycle") {
    throw refuse(
      `the rate of its one cycle went by all of ${total} epochs`,
      " (its cycle begins anew, so the accuracy falls at first; less with a lower --lr)",
    );
  }
  if (plan.lastEpochFactor !== 1) {
    throw refuse(`the rate of its last epoch, ${total}, is ${plan.lastEpochFactor} of the others'`);
  }
  return { ...config, plan: ofEpochs(plan, epochs), grown: [...config.grown ?? [], total] };
}

/** A run that went on to more epochs, as it was when it had so many; any other run as it is. */
export function asOf(config: Config, epochs: number): Config {
  if (!config.grown?.includes(epochs)) return config;
  return { ...config, plan: ofEpochs(config.plan, epochs) };
}
