/** What parent and child processes say to each other: JSON, a line a message. */
import type { Arrays, Facts, WorkName } from "./program.ts";

/** What a parent asks. */
export type Request =
  /**
   * Ready a work, and run it for the first time. Ours is given a batch size, and a factor on a network's channels where it is
   * not 1; the others are given its arrays.
   */
  | { ask: "prepare"; work: WorkName; batch: number; width?: number; given?: Arrays }
  /** Run it for so many milliseconds or once. */
  | { ask: "sample"; ms: number };

/** The answer to `prepare`. */
export interface Readied {
  version: string;
  adapter: string;
  /** Of an op a sample of its result; of a training step the losses of its first steps. */
  outcome: Float32Array;
  /** Milliseconds of the first training step, all compiling included. */
  firstMs: number | null;
  remark?: string;
  /** From ours: what the tables say. */
  facts?: Facts;
  /** From ours: what the others are to start from. */
  given?: Arrays;
}

/** The answer to `sample`. */
export interface Sample {
  /** Milliseconds of one run. */
  ms: number;
  runs: number;
}

/** An answer, or why there is none. */
export type Answer<T> = { answer: T } | { error: string };

/** A message as a line. Float32Arrays are written as base64 of their bytes, so that they arrive bit by bit. */
export function encode(message: unknown): string {
  const line = JSON.stringify(message, (_, value) => {
    if (!(value instanceof Float32Array)) return value;
    const bytes = new Uint8Array(value.buffer as ArrayBuffer, value.byteOffset, value.byteLength);
    return { f32: bytes.toBase64() };
  });
  return `${line}\n`;
}

/** The message in a line; undefined for a line that is none, such as a library's greeting. */
export function decode<T>(line: string): T | undefined {
  try {
    const message = JSON.parse(line, (_, value) => {
      if (typeof value?.f32 !== "string") return value;
      return new Float32Array(Uint8Array.fromBase64(value.f32).buffer);
    });
    return typeof message === "object" && message !== null ? message : undefined;
  } catch {
    return undefined;
  }
}

/** The lines of a stream of bytes, without their ends. */
export async function* lines(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
): AsyncGenerator<string> {
  let parts: string[] = [];
  for await (const text of stream.pipeThrough(new TextDecoderStream())) {
    const [first, ...rest] = text.split("\n");
    parts.push(first);
    for (const next of rest) {
      yield parts.join("");
      parts = [next];
    }
  }
  const last = parts.join("");
  if (last !== "") yield last;
}
