/** The safetensors format: a JSON header with names, types and shapes, then the bytes (huggingface/safetensors). */
import { described } from "./choice.ts";
import { RunError } from "./errors.ts";
import { isFloatType, toFloat32 } from "./float_types.ts";

/** A named array in a file. */
export interface Stored {
  /** Lengths of the axes, row-major. */
  shape: readonly number[];
  /** The elements. Asking for those of a type that float32 cannot stand for throws a `RunError`. */
  readonly data: Float32Array<ArrayBuffer>;
  /** The type in the file, where it is another one than `F32`. */
  dtype?: string;
}

/** What a file holds. */
export interface SafetensorsFile {
  /** Arrays by name. */
  tensors: Map<string, Stored>;
  /** Text by name. */
  metadata: Record<string, string>;
}

/**
 * Writes float32 arrays and text as one file.
 *
 * @throws {TypeError} For what no reader would take: arrays that are in no Map, one that is none of float32, has another length than its shape or is
 * called `__metadata__`, or metadata that is no text.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { decodeSafetensors, encodeSafetensors } from "../../mod.ts";
 *
 * const weight = { shape: [2, 2], data: Float32Array.of(1, 2, 3, 4) };
 * const file = encodeSafetensors({ tensors: new Map([["weight", weight]]), metadata: { epoch: "3" } });
 * const { tensors, metadata } = decodeSafetensors(file, "net.safetensors");
 * assertEquals(tensors.get("weight"), weight);
 * assertEquals(metadata, { epoch: "3" });
 * ```
 */
export function encodeSafetensors({ tensors, metadata }: SafetensorsFile): Uint8Array<ArrayBuffer> {
  if (!(tensors instanceof Map)) {
    throw unwritable("tensors", `${described(tensors)}; give a Map by name, { tensors, metadata }`);
  }
  const header: [string, unknown][] = [[METADATA, metadata]];
  let end = 0;
  for (const [key, text] of Object.entries(metadata ?? {})) {
    if (typeof text !== "string") {
      throw unwritable(`metadata ${key}`, `${described(text)}, no text`);
    }
  }
  for (const [name, { shape, data }] of tensors) {
    const size = shape.reduce((a, b) => a * b, 1);
    if (name === METADATA) throw unwritable(name, "the name that files keep for their metadata");
    if (!(data instanceof Float32Array)) {
      throw unwritable(name, `${described(data)}, no Float32Array`);
    }
    if (data.length !== size) {
      throw unwritable(
        name,
        `of ${data.length} numbers, and its shape [${shape.join(", ")}] takes ${size}`,
      );
    }
    header.push([name, { dtype: "F32", shape, data_offsets: [end, end += data.byteLength] }]);
  }
  const json = new TextEncoder().encode(JSON.stringify(Object.fromEntries(header)));
  const headerLength = Math.ceil(json.length / 8) * 8;
  const file = new Uint8Array(8 + headerLength + end).fill(0x20, 8, 8 + headerLength);
  new DataView(file.buffer).setBigUint64(0, BigInt(headerLength), true);
  file.set(json, 8);
  let at = 8 + headerLength;
  for (const { data } of tensors.values()) {
    file.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at);
    at += data.byteLength;
  }
  return file;
}

const METADATA = "__metadata__";

function unwritable(what: string, is: string): TypeError {
  return new TypeError(`Cannot write a safetensors file: ${what} is ${is}`);
}

/** Bytes of an element, by its type; other types are packed closer than bytes. */
const SIZES: Readonly<Record<string, number>> = {
  ...{ BOOL: 1, U8: 1, I8: 1, F8_E4M3: 1, F8_E5M2: 1, U16: 2, I16: 2, F16: 2, BF16: 2 },
  ...{ U32: 4, I32: 4, F32: 4, U64: 8, I64: 8, F64: 8, C64: 8 },
};

/** The longest header that the reference implementation reads. */
const LONGEST_HEADER = 100_000_000;
const MOST_AXES = 16;

/**
 * Reads a file. Arrays of `F16`, `BF16` and `F64` are converted to float32 when their `data` is asked for; those of other
 * types are listed, and refused by name when it is.
 *
 * @param name For messages: the file's path.
 * @throws {RunError} When the file is no whole safetensors file: its header is none, an array lies outside of the file or
 * over another, or has other bytes than its shape takes.
 * @throws {TypeError} When `file` is no `Uint8Array`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { decodeSafetensors } from "../../mod.ts";
 *
 * const header = '{"half":{"dtype":"F16","shape":[1],"data_offsets":[0,2]}}', bytes = new TextEncoder().encode(header);
 * const file = Uint8Array.of(bytes.length, 0, 0, 0, 0, 0, 0, 0, ...bytes, 0x00, 0x3c); // 0x3c00 is 1 as float16
 * const half = decodeSafetensors(file, "half.safetensors").tensors.get("half")!;
 * assertEquals([half.dtype, half.data], ["F16", Float32Array.of(1)]);
 * ```
 */
export function decodeSafetensors(file: Uint8Array<ArrayBuffer>, name: string): SafetensorsFile {
  const broken = (what: string) => new RunError(`${name} is no usable safetensors file: ${what}`);
  if (!(file instanceof Uint8Array)) {
    throw new TypeError(`Cannot read ${name}: the file is ${described(file)}; give a Uint8Array`);
  }
  if (file.length < 8) throw broken(`it has ${file.length} bytes`);
  const headerLength = Number(new DataView(file.buffer, file.byteOffset).getBigUint64(0, true));
  if (headerLength > file.length - 8) {
    throw broken(`its header of ${headerLength} bytes is cut off after ${file.length - 8}`);
  }
  if (headerLength > LONGEST_HEADER) {
    throw broken(`its header has ${headerLength} bytes; ${LONGEST_HEADER} are the most`);
  }
  const header = parsed(file.subarray(8, 8 + headerLength));
  if (!isObject(header)) throw broken("its header is no JSON object");
  const { __metadata__: metadata = {}, ...entries } = header;
  if (!isObject(metadata) || Object.values(metadata).some((text) => typeof text !== "string")) {
    throw broken("its metadata is no text by name");
  }
  const numbers = file.subarray(8 + headerLength);
  const arrays = Object.entries(entries).map(([key, entry]) => placeOf(key, entry, broken));
  arrays.sort((a, b) => a.from - b.from || a.to - b.to);
  let end = 0;
  for (const { key, from, to } of arrays) {
    if (to > numbers.length) {
      throw broken(
        `${key} ends at byte ${to} of its numbers, which have ${numbers.length}: it is cut off`,
      );
    }
    if (from !== end) throw broken(`${key} begins at byte ${from} of its numbers, not at ${end}`);
    end = to;
  }
  if (end < numbers.length) throw broken(`${numbers.length - end} bytes at its end are no array's`);
  const stored = new Map(arrays.map(({ key, dtype, shape, from, to }) => {
    const bytes = numbers.subarray(from, to);
    const array = dtype === "F32" ? { shape, data: toFloat32(bytes, dtype) } : {
      shape,
      dtype,
      get data() {
        return converted(bytes, dtype, `Cannot use ${key} of ${name}`);
      },
    };
    return [key, array];
  }));
  const tensors = new Map(Object.keys(entries).map((key) => [key, stored.get(key)!]));
  return { tensors, metadata: metadata as Record<string, string> };
}

/** One array of the header: its type, its shape, and which bytes are its own. */
function placeOf(key: string, entry: unknown, broken: (what: string) => RunError) {
  const { dtype, shape, data_offsets: offsets } = isObject(entry) ? entry : {};
  if (typeof dtype !== "string") throw broken(`${key} has no type`);
  const [from, to] = isWhole(offsets) && offsets.length === 2 ? offsets : [NaN, NaN];
  const size = isWhole(shape) ? shape.reduce((a, b) => a * b, 1) : NaN;
  const length = to - from;
  if (!(length >= 0) || !isWhole(shape) || length !== (SIZES[dtype] ?? length / size) * size) {
    throw broken(`${key} has no offsets that fit its shape`);
  }
  if (shape.length > MOST_AXES) throw broken(`${key} has ${shape.length} axes`);
  return { key, dtype, shape, from, to };
}

/** Numbers that are asked for. */
function converted(bytes: Uint8Array<ArrayBuffer>, dtype: string, act: string) {
  if (!isFloatType(dtype)) {
    throw new RunError(`${act}: it is ${dtype}; weights are read from F32, F16, BF16 and F64`);
  }
  try {
    return toFloat32(bytes, dtype);
  } catch (error) {
    throw new RunError(`${act}: ${(error as Error).message}`, { cause: error });
  }
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    return undefined; // the caller says so
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isWhole(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((n) => Number.isSafeInteger(n) && n >= 0);
}
