/** Files of numbers written by PyTorch: `shared/fixtures/pytorch` and any other of that form. */
import { RunError } from "../../src/errors.ts";

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
  attrs: Record<string, any>;
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

/**
 * Reads a file.
 *
 * @throws {RunError} When it cannot be read or is no such file.
 */
export async function readParityFile(path: string): Promise<ParityFile> {
  let text: string;
  try {
    text = await Deno.readTextFile(path);
  } catch (error) {
    throw new RunError(`${path} cannot be read: ${(error as Error).message}`);
  }
  let file: Record<string, unknown>;
  try {
    file = JSON.parse(text);
  } catch (error) {
    throw new RunError(`${path} is not JSON: ${(error as Error).message}`);
  }
  if (Array.isArray(file?.cases)) return file as unknown as ParityFile;
  const wanted = ["model", "terms", "images", "labels", "centers", "parameters", "steps", "after"];
  const missing = wanted.filter((key) => file?.[key] === undefined);
  if (missing.length === 0) return file as unknown as ParityFile;
  throw new RunError(
    `${path} is no parity file: it has neither "cases" nor a run's ${
      missing.map((m) => `"${m}"`).join(", ")
    }`,
  );
}
