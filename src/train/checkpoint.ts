/**
 * Checkpoints: the door between our channels-last tensors and PyTorch's layouts. What is written loads in PyTorch as a
 * state dict, and a state dict of the reference networks loads here.
 */
import { described } from "../base/choice.ts";
import { RunError } from "../base/errors.ts";
import { isFloatType } from "../base/float_types.ts";
import { checkLayout, checkNames, type Entry, type TorchLayout } from "../model/layer.ts";
import type { Stored } from "../base/safetensors.ts";
import type { Elements } from "../tensor/elements.ts";
import { show, sizeOf, stridesOf } from "../tensor/shape.ts";
import { readAll } from "../tensor/tensor.ts";

/** Our array as PyTorch keeps it. */
export function toTorch(values: Stored, layout: TorchLayout): Stored {
  const { shape } = values;
  if (layout.kind === "conv") return permuted(values, [3, 2, 0, 1]);
  if (layout.kind !== "linear") return values;
  if (!layout.flattened) return permuted(values, [1, 0]);
  const { height, width, channels } = layout.flattened;
  const image = { shape: [height, width, channels, shape[1]], data: values.data };
  return { shape: [shape[1], shape[0]], data: permuted(image, [3, 2, 0, 1]).data };
}

/** PyTorch's array as we keep it. */
export function fromTorch(values: Stored, layout: TorchLayout): Stored {
  const { shape } = values;
  if (layout.kind === "conv") return permuted(values, [2, 3, 1, 0]);
  if (layout.kind !== "linear") return values;
  if (!layout.flattened) return permuted(values, [1, 0]);
  const { height, width, channels } = layout.flattened;
  const image = { shape: [shape[0], channels, height, width], data: values.data };
  return { shape: [shape[1], shape[0]], data: permuted(image, [2, 3, 1, 0]).data };
}

/**
 * Reads all entries off the GPU, in PyTorch's layouts. Files hold float32, so a whole number (Adam's count of steps) is there
 * as the float with its bits.
 *
 * @throws {TypeError} When two entries have one name, or a tensor cannot have the layout of its entry.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { kaimingNormal, Linear, loadStateDict, openGpu, Random, stateDict } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * const [one, other] = [1, 2].map((seed) => new Linear({ in: 3, out: 2 }, kaimingNormal(new Random(seed, "weights"))));
 * const dict = await stateDict(one.entries());
 * assertEquals(dict.get("weight")!.shape, [2, 3]); // PyTorch's order
 * loadStateDict(other.entries(), dict, "the first layer");
 * assertEquals(await other.weight.read(), await one.weight.read());
 * ```
 */
export async function stateDict(entries: readonly Entry[]): Promise<Map<string, Stored>> {
  checkEntries(entries);
  const values = await readAll(entries.map((e) => e.tensor));
  return new Map(entries.map(({ name, tensor, torch }, i) => [
    name,
    toTorch({ shape: tensor.shape, data: new Float32Array(values[i].buffer) }, torch),
  ]));
}

/**
 * Writes a state dict into the entries. Arrays that are no weights and that nobody asks for (`num_batches_tracked`, masks:
 * integers and the like) are left out.
 *
 * @param source For messages: where the dict comes from.
 * @throws {RunError} When an entry is missing, one is left over, a shape differs, an array is not as long as its shape says,
 * or a type cannot be converted; nothing has been written then.
 * @throws {TypeError} When two entries have one name, a tensor cannot have the layout of its entry, or `dict` is no Map.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { Linear, loadStateDict, ones, openGpu, zeros } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * const layer = new Linear({ in: 3, out: 2, bias: false }, { weight: ones, bias: zeros });
 * const weight = { shape: [2, 3], data: Float32Array.of(1, 2, 3, 4, 5, 6) }; // PyTorch's order
 * loadStateDict(layer.entries(), new Map([["weight", weight]]), "layer.safetensors");
 * assertEquals([...await layer.weight.read()], [1, 4, 2, 5, 3, 6]);
 * ```
 */
export function loadStateDict(
  entries: readonly Entry[],
  dict: ReadonlyMap<string, Stored>,
  source: string,
): void {
  checkEntries(entries);
  if (!(dict instanceof Map)) {
    throw new TypeError(
      `Cannot load the tensors of ${source}: they are ${
        described(dict)
      }; give a Map by name, such as decodeSafetensors(file, path).tensors`,
    );
  }
  const names = new Set(entries.map((e) => e.name));
  const missing = [...names].filter((name) => !dict.has(name));
  const unknown = [...dict].filter(([name, { dtype = "F32" }]) =>
    !names.has(name) && isFloatType(dtype) && !name.endsWith("num_batches_tracked")
  ).map(([name]) => name);
  if (missing.length > 0 || unknown.length > 0) {
    const list = (what: string, of: string[]) =>
      of.length === 0
        ? []
        : [`${what} ${of.slice(0, 3).join(", ")}${of.length > 3 ? ", ..." : ""}`];
    const found = [...list("it lacks", missing), ...list("the network lacks", unknown)];
    throw new RunError(`${source} does not fit this network: ${found.join("; ")}`);
  }
  for (const { name, tensor, torch } of entries) {
    const [found, wanted] = [dict.get(name)!.shape, torchShape(tensor.shape, torch)].map(show);
    if (found !== wanted) {
      throw new RunError(
        `${source} does not fit this network: ${name} is ${found}; the network's would be ${wanted}`,
      );
    }
  }
  const converted = entries.map((entry) => elementsOf(entry, dict.get(entry.name)!, source));
  entries.forEach(({ tensor }, i) => tensor.write(converted[i]));
}

/**
 * An array of a dict as the elements of the entry's tensor, of the type that the tensor has.
 *
 * @throws {RunError} When the array has another length than its shape, or numbers of another type.
 */
function elementsOf({ name, tensor, torch }: Entry, stored: Stored, source: string): Elements {
  const { shape, dtype = "F32" } = stored;
  const broken = (what: string) => new RunError(`Cannot use ${name} of ${source}: ${what}`);
  const whole = tensor.dtype === "i32";
  if (whole && dtype !== "F32") {
    throw broken(`it is ${dtype}; whole numbers are read from F32 that holds their bits`);
  }
  const { data } = stored;
  if (!(data instanceof Float32Array)) throw broken("its data is no Float32Array");
  if (data.length !== sizeOf(shape)) {
    throw broken(
      `its data has ${data.length} numbers, and its shape ${show(shape)} takes ${sizeOf(shape)}`,
    );
  }
  const ours = fromTorch({ shape, data }, torch).data;
  return whole ? new Int32Array(ours.buffer, ours.byteOffset, ours.length) : ours;
}

function checkEntries(entries: readonly Entry[]): void {
  if (!Array.isArray(entries)) {
    throw new TypeError(`Cannot take the state of ${described(entries)}: give its entries()`);
  }
  checkNames(entries);
  for (const { name, tensor, torch } of entries) checkLayout(name, tensor.shape, torch);
}

/** The shape that PyTorch gives an array of ours. */
function torchShape(shape: readonly number[], { kind }: TorchLayout): readonly number[] {
  const axes = kind === "conv" ? [3, 2, 0, 1] : kind === "linear" ? [1, 0] : undefined;
  return axes ? axes.map((axis) => shape[axis]) : shape;
}

function permuted({ shape, data }: Stored, axes: readonly number[]): Stored {
  const to = axes.map((axis) => shape[axis]);
  const from = stridesOf(shape);
  const strides = stridesOf(to);
  const out = new Float32Array(sizeOf(to));
  for (let i = 0; i < out.length; i++) {
    let at = 0;
    for (let d = 0; d < to.length; d++) at += Math.floor(i / strides[d]) % to[d] * from[axes[d]];
    out[i] = data[at];
  }
  return { shape: to, data: out };
}
