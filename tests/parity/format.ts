/** Files of numbers written by PyTorch: `shared/fixtures/pytorch` and any other of that form. */
import { readJson } from "../../src/base/files.ts";
import { RunError } from "../../src/base/errors.ts";
import {
  type Check,
  listOf,
  mapOf,
  number,
  object,
  oneOf,
  optional,
  record,
  text,
  whole,
} from "../../src/base/json.ts";

/** A tensor of a file: row-major, images NCHW, kernels OIHW, linear weights `[out, in]`. */
export interface StoredTensor {
  shape: number[];
  dtype: "f32" | "i32";
  data: number[];
}

/** One op: `grads` are those of `sum(output * cotangent)`. */
export interface OpCase {
  op: string;
  // deno-lint-ignore no-explicit-any
  attrs: any;
  inputs: Record<string, StoredTensor>;
  output: StoredTensor;
  cotangent: StoredTensor;
  grads: Record<string, StoredTensor>;
  // deno-lint-ignore no-explicit-any
  [other: string]: any;
}

/** SGD, in PyTorch's words. */
export interface StoredSgd {
  lr: number;
  momentum: number;
  weightDecay: number;
}

/** One training run on one fixed batch, by one SGD for all or by the groups of `optimizers`. */
export type TrainingRun = RunOnBatch & (StoredSgd | { optimizers: StoredOptimizers });

/** SGD for the network, and others for its biases, if they differ, and for the centers. */
export interface StoredOptimizers {
  network: StoredSgd;
  /** A factor on the network's rate, and a decay of their own. */
  biases?: { lrFactor: number; weightDecay: number };
  /** `perWeight`: their gradient is divided by the loss weight. */
  centers: StoredSgd & { perWeight: boolean };
}

/** The network of a run; what a published variant of LeNet++ may change is KaiyangZhou's where it is left out. */
export interface StoredModel {
  /** `resnet`, or `lenetpp` and its variants. */
  architecture: string;
  width: number;
  inputShape: [number, number, number];
  featureDim: number;
  classes: number;
  /** `prelu`, or a leaky ReLU by any name. */
  activation?: string;
  /** Of the leaky ReLU; what a PReLU starts from, else. */
  slope?: number;
  /** Whether the features' layer has an activation. */
  featureActivation?: boolean;
  /** Whether the layer of the logits has a bias. */
  outputBias?: boolean;
  lastPool?: { kernel: number; stride: number };
}

interface RunOnBatch {
  name: string;
  model: StoredModel;
  /** Weights of the loss's terms, or records with one: `crossEntropy`, `center` (with a `rule`), `inter` (with a `form`). */
  // deno-lint-ignore no-explicit-any
  terms: Record<string, any>;
  images: StoredTensor;
  labels: StoredTensor;
  centers: StoredTensor;
  parameters: Record<string, StoredTensor>;
  steps: ({ features: StoredTensor | null } & Record<string, number>)[];
  after: {
    features: StoredTensor;
    logits: StoredTensor;
    centers: StoredTensor;
    /** Some parameters and the centers once more, held to the bar of outputs: decay shows there, in few steps, alone. */
    parameters?: Record<string, StoredTensor>;
  };
}

/** A file of cases or a run. */
export type ParityFile = { cases: OpCase[] } | TrainingRun;

const tensor: Check<StoredTensor> = (value, name) => {
  const found = object<StoredTensor>({
    shape: listOf(whole()),
    dtype: oneOf("f32", "i32"),
    data: listOf(number()),
  })(value, name);
  const size = found.shape.reduce((a, b) => a * b, 1);
  if (found.data.length === size) return found;
  throw new TypeError(`${name} holds ${found.data.length} numbers, but its shape takes ${size}`);
};

/** What ops have; optimisers and schedules have other fields, which their comparisons read. */
const opCase = object<Partial<OpCase> & Pick<OpCase, "op">>({
  op: text,
  attrs: optional(record),
  inputs: optional(mapOf(tensor)),
  output: optional(tensor),
  cotangent: optional(tensor),
  grads: optional(mapOf(tensor)),
});

const trainingRun = object<RunOnBatch>({
  name: text,
  model: object<
    Pick<StoredModel, "architecture" | "width" | "inputShape" | "featureDim" | "classes">
  >({
    architecture: text,
    width: number(0),
    inputShape: listOf(whole(1)) as Check<[number, number, number]>,
    featureDim: whole(1),
    classes: whole(1),
  }),
  terms: record,
  images: tensor,
  labels: tensor,
  centers: tensor,
  parameters: mapOf(tensor),
  steps: listOf(record as Check<RunOnBatch["steps"][number]>),
  after: object<RunOnBatch["after"]>({
    features: tensor,
    logits: tensor,
    centers: tensor,
    parameters: optional(mapOf(tensor)),
  }),
});

/** Either form, told apart by `cases`. */
const parityFile = (path: string): Check<ParityFile> => (json, it) => {
  const file = record(json, it);
  if (file.cases !== undefined) return { cases: listOf(opCase)(file.cases, "cases") as OpCase[] };
  if (file.model === undefined) throw new TypeError('it has neither "cases" nor a run\'s "model"');
  return trainingRun({ name: path, ...file }, it) as TrainingRun;
};

/**
 * Reads a file.
 *
 * @throws {RunError} When it cannot be read or is no such file: the file, and what is wrong with it.
 */
export async function readParityFile(path: string): Promise<ParityFile> {
  const file = await readJson(path, parityFile(path), "is no parity file");
  if (file) return file;
  throw new RunError(`${path} cannot be read: there is no such file`);
}
