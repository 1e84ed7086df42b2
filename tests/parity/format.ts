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

/** One training run on one fixed batch. */
export interface TrainingRun {
  name: string;
  model: {
    architecture: "resnet" | "lenetpp";
    width: number;
    inputShape: [number, number, number];
    featureDim: number;
    classes: number;
  };
  // deno-lint-ignore no-explicit-any
  terms: Record<string, any>;
  lr: number;
  momentum: number;
  weightDecay: number;
  images: StoredTensor;
  labels: StoredTensor;
  centers: StoredTensor;
  parameters: Record<string, StoredTensor>;
  steps: ({ features: StoredTensor | null } & Record<string, number>)[];
  after: { features: StoredTensor; logits: StoredTensor; centers: StoredTensor };
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
