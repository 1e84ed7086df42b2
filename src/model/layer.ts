/** Layers: parameters under the names of the reference networks, and a forward pass. */
import type { Tensor } from "../tensor/tensor.ts";

/**
 * How PyTorch keeps a tensor that we keep channels last: `conv` `[out, in, kh, kw]`, `linear` `[out, in]`, where `in`
 * may be the flattening of `[channels, height, width]`.
 */
export type TorchLayout =
  | { kind: "same" }
  | { kind: "conv" }
  | { kind: "linear"; flattened?: { height: number; width: number; channels: number } };

/** A named tensor of a layer. */
export interface Entry {
  /** Its name in a state dict, such as `group1.0.conv1.weight`. */
  name: string;
  /** The tensor itself. */
  tensor: Tensor;
  /** False for running statistics. */
  trainable: boolean;
  /** How PyTorch keeps it. */
  torch: TorchLayout;
}

/** What a forward pass must know. */
export interface Mode {
  /** True in training: batch norm then uses the batch's own statistics. */
  training: boolean;
}

/** Part of a network. */
export interface Layer {
  /** Its tensors by name. */
  entries(): Entry[];
  /** What it makes of `x`. */
  forward(x: Tensor, mode: Mode): Tensor;
}

/** The entries of parts, each under its own prefix. */
export function named(parts: Record<string, { entries(): Entry[] } | undefined>): Entry[] {
  return Object.entries(parts).flatMap(([prefix, part]) =>
    part?.entries().map((entry) => ({ ...entry, name: `${prefix}.${entry.name}` })) ?? []
  );
}

/** What is trained, by name. */
export function parametersOf(part: { entries(): Entry[] }): Map<string, Tensor> {
  return new Map(part.entries().filter((e) => e.trainable).map((e) => [e.name, e.tensor]));
}
