/** What a program must offer to be compared. */
import { RunError } from "../../src/base/errors.ts";
import type { NetworkName } from "../works/networks.ts";
import type { Prepared } from "../work.ts";

/** An array by value, row-major. */
export interface NamedArray {
  shape: number[];
  data: Float32Array;
}

/** Arrays by name, in our layouts: images `[batch, height, width, channels]`, kernels `[kh, kw, in, out]`. */
export type Arrays = Record<string, NamedArray>;

/** The works, in the order of the tables. */
export const WORKS = [
  "matmul",
  "conv2d forward",
  "conv2d input gradient",
  "conv2d weight gradient",
  "training step, LeNet++",
  "training step, ResNet",
] as const;

/** One of them. */
export type WorkName = typeof WORKS[number];

/** Work that can be run, and whose last result can be read. */
export interface Runnable extends Pick<Prepared, "run" | "wait"> {
  /** What the last run made, in our layout: an op's result, a training step's loss. */
  read(): Promise<Float32Array>;
}

/** What the tables say of a work. */
export interface Facts {
  shape: string;
  flops: number;
  /** Images a run, for a training step. */
  images: number | null;
}

/** A program with its device open. */
export interface Program {
  version: string;
  /** On what it computes. */
  adapter: string;
  /** Readies a work on arrays that were handed over. */
  load(work: WorkName, given: Arrays): Promise<Runnable> | Runnable;
  /** What a reader should know of this program's part in a work. */
  remark?(work: WorkName): string | undefined;
}

/** An adapter in words: browsers leave its description empty. */
export function adapterWords(
  info?: Partial<Record<"description" | "vendor" | "architecture", string>>,
): string {
  return info?.description || [info?.vendor, info?.architecture].filter(Boolean).join(" ");
}

/** The network of a training step; undefined for an op. */
export function networkOf(work: WorkName): NetworkName | undefined {
  if (work === "training step, LeNet++") return "lenetpp";
  if (work === "training step, ResNet") return "resnet";
}

/**
 * The array under a name.
 *
 * @throws {RunError} When it was not handed over.
 */
export function arrayOf(given: Arrays, name: string): NamedArray {
  const found = given[name];
  if (!found) throw new RunError(`Cannot ready the work: there is no array ${name}`);
  return found;
}
