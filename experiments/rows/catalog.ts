/** Every row that can be run. A row is added by its file and a line here; those of a loss, by its line in the table of losses. */
import type { Experiment } from "./experiment.ts";
import { RELATIVES } from "./relatives.ts";

/** In the order of the published table, then of the other sources, then our own. */
const MODULES = await Promise.all([
  import("./xent-mnist-2.ts"),
  import("./cent-mnist-2.ts"),
  import("./standalone-mnist-2.ts"),
  import("./xent-mnist-128.ts"),
  import("./cent-mnist-128.ts"),
  import("./standalone-mnist-128.ts"),
  import("./xent-fashion-mnist-2.ts"),
  import("./cent-fashion-mnist-2.ts"),
  import("./standalone-fashion-mnist-2.ts"),
  import("./xent-fashion-mnist-128.ts"),
  import("./cent-fashion-mnist-128.ts"),
  import("./standalone-fashion-mnist-128.ts"),
  import("./xent-cifar-10-2.ts"),
  import("./cent-cifar-10-2.ts"),
  import("./standalone-cifar-10-2.ts"),
  import("./xent-cifar-10-128.ts"),
  import("./cent-cifar-10-128.ts"),
  import("./standalone-cifar-10-128.ts"),
  import("./kz-softmax.ts"),
  import("./kz-center.ts"),
  import("./jx-softmax.ts"),
  import("./jx-center.ts"),
  import("./jx-center-caffe.ts"),
  import("./jx-2018.ts"),
  import("./center-rules-autograd.ts"),
  import("./center-rules-balanced.ts"),
  import("./center-rules-jx-2018.ts"),
  import("./center-rules-plain.ts"),
  import("./mx-softmax.ts"),
  import("./mx-center.ts"),
  import("./mx-center-no-bias.ts"),
  import("./mx-center-second.ts"),
  import("./mx-second-joint.ts"),
  import("./mx-10-30.ts"),
  import("./keras-lambda-0.ts"),
  import("./keras-lambda-0.5.ts"),
  import("./density.ts"),
  import("./density-softmax.ts"),
  import("./density-tied.ts"),
  import("./center-repulsion-mnist-2.ts"),
  import("./center-repulsion-fashion-mnist-2.ts"),
  import("./center-repulsion-cifar-10-2.ts"),
  import("./center-softmax-mnist-2.ts"),
  import("./center-softmax-fashion-mnist-2.ts"),
  import("./center-softmax-cifar-10-2.ts"),
  import("./margin-mnist-2.ts"),
  import("./margin-fashion-mnist-2.ts"),
  import("./margin-cifar-10-2.ts"),
  import("./wen-mnist.ts"),
  import("./lambda-sweep-0.001.ts"),
  import("./lambda-sweep-0.1.ts"),
  import("./lambda-sweep-1.ts"),
  import("./lambda-sweep-alpha-0.001.ts"),
  import("./lambda-sweep-alpha-0.01.ts"),
  import("./lambda-sweep-alpha-0.1.ts"),
  import("./lambda-sweep-alpha-1.ts"),
  import("./cent-digits-2.ts"),
]);

/** All rows by id. */
export const CATALOG: ReadonlyMap<string, Experiment> = new Map(
  [...MODULES.map(({ default: row }): Experiment => row), ...RELATIVES].map((row) => [row.id, row]),
);

/** Ids that rows had in earlier versions, and the rows that they are now. */
const FORMER: ReadonlyMap<string, string> = new Map([
  ["density-max", "density"],
  ["density-min", "density"],
  ["density-3d", "density"],
  ["density-correlation", "density"],
]);

/** A row by its id, or by one that it had in an earlier version. */
export function rowOf(id: string): Experiment | undefined {
  return CATALOG.get(FORMER.get(id) ?? id);
}

/** The ids of a row: that of now first. */
export function idsOf({ id }: Experiment): string[] {
  return [id, ...[...FORMER.keys()].filter((former) => FORMER.get(former) === id)];
}

/** What is said of arguments that are former ids, a line each. */
export function renamedIn(args: readonly string[]): string[] {
  const words = args.flatMap((arg) => arg.replace(/^--only=/, "").split(","));
  return words.filter((word) => FORMER.has(word)).map((id) =>
    `${id} is ${FORMER.get(id)} now: one training with all of its figures`
  );
}
