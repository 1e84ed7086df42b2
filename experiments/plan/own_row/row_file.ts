/** Rows in files of one's own: `deno task exp ./my_row.ts`. */
import { basename, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { nearest, unknownName } from "../../../cli/nearest.ts";
import { RunError, UsageError } from "../../../src/base/errors.ts";
import { fileSize } from "../../../src/base/files.ts";
import { CATALOG, rowOf } from "../../rows/catalog.ts";
import type { Experiment } from "../../rows/experiment.ts";
import { OWN_FIELDS, type OwnRow, RECIPE_FIELDS } from "../../rows/own_row.ts";
import { isPlainName, plan as checkPlan } from "../checks.ts";
import { type Plan, planOf } from "../plan.ts";
import { rowDigest } from "./row_digest.ts";
import { rowError } from "./row_error.ts";

const ENDING = /\.(ts|mts|js|mjs)$/;

/** Whether a word of the command line names a row's file, and not its id. */
export function isRowFile(word: string | undefined): word is string {
  return word !== undefined && ENDING.test(word);
}

/**
 * Loads a row's file, which runs with the permissions of the command: its user named it.
 *
 * @throws {UsageError} When it is not there, or exports no row: which field, and what it must be.
 * @throws {RunError} When it cannot be loaded.
 */
export async function loadRowFile(path: string): Promise<Experiment> {
  if (await fileSize(path) === undefined) {
    throw new UsageError(
      `There is no file ${path}; \`deno task exp\` lists the rows that have an id`,
    );
  }
  const sha256 = await rowDigest(path);
  const url = pathToFileURL(resolve(path)).href;
  const module: { default?: unknown } = await import(url).catch((error) => {
    throw rowError(path, error, true);
  });
  const refuse = (state: string) => new UsageError(`${path}: ${state}`);
  const own = module.default as OwnRow | undefined;
  if (typeof own !== "object" || own === null) {
    throw refuse('it exports no row: export default { like: "cent-mnist-2", ... }');
  }
  checkFields(own, OWN_FIELDS, "a row", refuse);
  checkFields(own.recipe ?? {}, RECIPE_FIELDS, "a recipe", refuse);
  const row = { ...rowFrom(own, path, refuse), file: { path, sha256 } };
  try {
    // What has no place in config.json is checked when it is used: the function of the loss.
    checkPlan(JSON.parse(JSON.stringify(planOf(row, "paper"))), "row");
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    const why = error.message.replace("row.", "");
    const short = own.like === undefined && / is missing/.test(why);
    throw refuse(short ? `${why}; like: "cent-mnist-2" takes what is missing from that row` : why);
  }
  return row;
}

function checkFields(
  of: object,
  fields: readonly string[],
  what: string,
  refuse: (state: string) => Error,
): void {
  const unknown = Object.keys(of).find((field) => !fields.includes(field));
  if (unknown !== undefined) throw refuse(unknownName(`field of ${what}`, unknown, fields).message);
}

/** The row, with what it has of another one. */
function rowFrom(own: OwnRow, path: string, refuse: (state: string) => Error): Experiment {
  const { like, loss, weights, centers, trainsLogits, pairwise, recipe, ...rest } = own;
  const base = like === undefined ? undefined : rowOf(like);
  if (like !== undefined && !base) {
    const near = nearest(like, [...CATALOG.keys()]);
    const meant = near === undefined ? "" : `did you mean "${near}"? `;
    throw refuse(`like is "${like}", which is no row: ${meant}deno task exp lists all`);
  }
  const id = own.id ?? basename(path).replace(ENDING, "");
  if (!isPlainName(id)) {
    throw refuse(
      `its id would be ${JSON.stringify(id)}: ${
        own.id === undefined ? "rename the file, or give the row an id:" : "let it be"
      } of letters a-z, digits, _ . and -`,
    );
  }
  if (rowOf(id)) throw refuse(`its id is ${id}, which is a row here: give it another`);
  if (loss !== undefined && typeof loss !== "function") {
    throw refuse("loss must be a function of { features, logits, labels, centers }");
  }
  if (loss === undefined && (weights ?? centers ?? trainsLogits ?? pairwise) !== undefined) {
    throw refuse("weights, centers, trainsLogits and pairwise are of a loss of its own: give loss");
  }
  const ownLoss = loss && {
    loss: {
      kind: "own" as const,
      weights: weights ?? { own: 1 },
      centers: centers ?? "learned",
      readsLogits: trainsLogits ?? true,
      ...(pairwise !== undefined && { pairwise }),
      terms: loss,
    },
  };
  const { source: _, ...inherited } = base ?? {};
  const whole = {
    ...{ summary: `the row of ${basename(path)}`, ...inherited, ...rest, id },
    recipe: { ...base?.recipe, ...recipe, ...ownLoss },
  } as Experiment;
  if (trainsLogits === false && whole.scoring === "logit") {
    throw refuse('scoring is "logit", and trainsLogits false: say scoring: "nearest-center"');
  }
  return whole;
}

/**
 * The plan of a run that is resumed, with the function that its `config.json` cannot hold.
 *
 * @param there The run's own.
 * @param here What is asked for.
 * @throws {RunError} When the row's file is another one now.
 */
export function withRowFile(path: string, there: Plan, here: Plan): Plan {
  if (there.file && there.file.sha256 !== here.file?.sha256) {
    throw new RunError(
      here.file
        ? `${here.file.path} has changed since the run in ${path} began: put it back, or start again with --overwrite`
        : `${path} holds a run of ${there.file.path}: name that file to resume it`,
    );
  }
  if (there.recipe.loss.kind !== "own") return there;
  return { ...there, recipe: { ...there.recipe, loss: here.recipe.loss } };
}

/**
 * Does what runs the loss of a row's file: its errors are the file's.
 *
 * @throws {RunError} With its path.
 */
export function byRowFile<T>({ file, recipe: { loss } }: Plan, act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (!file || loss.kind !== "own" || error instanceof RunError) throw error;
    throw rowError(file.path, error);
  }
}
