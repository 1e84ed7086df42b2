/** The safetensors format: a JSON header with names, types and shapes, then the bytes (huggingface/safetensors). */
import { RunError } from "./errors.ts";

/** A named array in a file. */
export interface Stored {
  /** Lengths of the axes, row-major. */
  shape: readonly number[];
  /** The elements. */
  data: Float32Array<ArrayBuffer>;
}

/** What a file holds. */
export interface SafetensorsFile {
  /** Arrays by name. */
  tensors: Map<string, Stored>;
  /** Text by name. */
  metadata: Record<string, string>;
}

interface HeaderEntry {
  dtype: string;
  shape: number[];
  data_offsets: [number, number];
}

/** Writes float32 arrays and text as one file. */
export function encodeSafetensors({ tensors, metadata }: SafetensorsFile): Uint8Array<ArrayBuffer> {
  const header: Record<string, unknown> = { __metadata__: metadata };
  let end = 0;
  for (const [name, { shape, data }] of tensors) {
    header[name] = { dtype: "F32", shape, data_offsets: [end, end += data.byteLength] };
  }
  const json = new TextEncoder().encode(JSON.stringify(header));
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

/**
 * Reads a file of float32 arrays.
 *
 * @param name For messages: the file's path.
 * @throws {RunError} When the file is no whole safetensors file of float32.
 */
export function decodeSafetensors(file: Uint8Array<ArrayBuffer>, name: string): SafetensorsFile {
  const broken = (what: string) => new RunError(`${name} is no usable safetensors file: ${what}`);
  if (file.length < 8) throw broken(`it has ${file.length} bytes`);
  const headerLength = Number(new DataView(file.buffer, file.byteOffset).getBigUint64(0, true));
  if (headerLength > file.length - 8) {
    throw broken(`its header of ${headerLength} bytes is cut off after ${file.length - 8}`);
  }
  let header: Record<string, HeaderEntry> | undefined;
  try {
    header = JSON.parse(new TextDecoder().decode(file.subarray(8, 8 + headerLength)));
  } catch {
    // said below
  }
  if (typeof header !== "object" || !header) throw broken("its header is no JSON object");
  const { __metadata__: metadata, ...entries } = header;
  const tensors = new Map<string, Stored>();
  const start = 8 + headerLength;
  for (const [key, entry] of Object.entries(entries)) {
    const { dtype, shape, data_offsets: offsets } = entry ?? {};
    if (dtype !== "F32") throw broken(`${key} is ${dtype}; only F32 is read`);
    const [from, to] = wholeNumbers(offsets) ? offsets : [NaN, NaN];
    const size = wholeNumbers(shape) ? shape.reduce((a, b) => a * b, 1) : NaN;
    if (to - from !== 4 * size) {
      throw broken(`${key} has no offsets that fit its shape`);
    }
    if (start + to > file.length) {
      throw broken(`${key} ends at byte ${start + to}, the file at ${file.length}: it is cut off`);
    }
    tensors.set(key, {
      shape,
      data: new Float32Array(file.slice(start + from, start + to).buffer),
    });
  }
  return { tensors, metadata: (metadata ?? {}) as unknown as Record<string, string> };
}

function wholeNumbers(value: unknown): boolean {
  return Array.isArray(value) && value.every((n) => Number.isInteger(n) && n >= 0);
}
