/** Layers: parameters under the names of the reference networks, and a forward pass. */
import { described } from "../base/choice.ts";
import { type Shape, show } from "../tensor/shape.ts";
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

/**
 * Whether a layer is trained. A mode that is none (`true`, `{ train: true }`) would be taken for evaluation.
 *
 * @throws {TypeError}
 */
export function isTraining(layer: string, mode: Mode): boolean {
  const training: unknown = mode?.training;
  if (typeof training === "boolean") return training;
  const found = typeof mode === "object" && mode
    ? `mode.training is ${described(training)}`
    : `mode is ${described(mode)}`;
  throw new TypeError(
    `Cannot apply ${layer}: ${found}; give { training: true } or { training: false }`,
  );
}

/** Part of a network. */
export interface Layer {
  /** Its tensors by name. */
  entries(): Entry[];
  /** What it makes of `x`. */
  forward(x: Tensor, mode: Mode): Tensor;
}

/**
 * The entries of parts, each under its own prefix. Two parts both have a `0.weight` or a `weight`; under one name a map keeps the
 * last, and the other is neither trained nor saved.
 *
 * @throws {TypeError} When a part has no `entries()` that give a list.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { kaimingNormal, Linear, named, openGpu, parametersOf, Random } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * const init = kaimingNormal(new Random(1, "weights"));
 * const [body, head] = [new Linear({ in: 4, out: 3 }, init), new Linear({ in: 3, out: 2 }, init)];
 * const parameters = parametersOf({ entries: () => named({ body, head }) });
 * assertEquals([...parameters.keys()], ["body.weight", "body.bias", "head.weight", "head.bias"]);
 * ```
 */
export function named(parts: Record<string, { entries(): Entry[] } | undefined>): Entry[] {
  return Object.entries(parts).flatMap(([prefix, part]) =>
    part && entriesOf(part).map((entry) => ({ ...entry, name: `${prefix}.${entry.name}` })) || []
  );
}

/**
 * What is trained, by name: not what was frozen by `requiresGrad = false`.
 *
 * @throws {TypeError} When two of them have one name, or `part` is no layer or network.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { kaimingNormal, Linear, openGpu, parametersOf, Random } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * const layer = new Linear({ in: 3, out: 2 }, kaimingNormal(new Random(1, "weights")));
 * assertEquals([...parametersOf(layer).keys()], ["weight", "bias"]);
 * layer.bias!.requiresGrad = false; // frozen
 * assertEquals([...parametersOf(layer).keys()], ["weight"]);
 * ```
 */
export function parametersOf(part: { entries(): Entry[] }): Map<string, Tensor> {
  const trained = entriesOf(part).filter((e) => e.trainable && e.tensor.requiresGrad);
  checkNames(trained);
  return new Map(trained.map((e) => [e.name, e.tensor]));
}

/** The entries of a part; an array or a map has a method of that name, too. */
function entriesOf(part: { entries(): Entry[] }): Entry[] {
  const entries: unknown = typeof part?.entries === "function" ? part.entries() : undefined;
  if (Array.isArray(entries)) return entries;
  throw new TypeError(
    `Cannot list the tensors of ${
      described(part)
    }: give a layer, a network, or { entries: () => named({ body, head }) }`,
  );
}

/** Refuses two entries of one name, of which a map would keep the last. */
export function checkNames(entries: readonly Entry[]): void {
  const seen = new Set<string>();
  for (const { name } of entries) {
    if (seen.has(name)) {
      throw new TypeError(
        `Cannot tell two tensors apart that are both called ${name}: give the parts names of their own, named({ body, head })`,
      );
    }
    seen.add(name);
  }
}

/** Refuses a layout that a tensor of this shape cannot have in PyTorch. */
export function checkLayout(name: string, shape: Shape, torch: TorchLayout): void {
  const act = `Cannot keep ${name} ${show(shape)} as PyTorch's ${torch.kind}`;
  const axes = { same: shape.length, conv: 4, linear: 2 }[torch.kind];
  if (shape.length !== axes) throw new TypeError(`${act}: that has ${axes} axes`);
  if (torch.kind !== "linear" || !torch.flattened) return;
  const { height, width, channels } = torch.flattened;
  if (height * width * channels !== shape[0]) {
    throw new TypeError(
      `${act}, flattened from ${height}x${width} pixels of ${channels} channels: these are ${
        height * width * channels
      } inputs, not ${shape[0]}`,
    );
  }
}
