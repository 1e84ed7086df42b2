import { printable } from "./printable.ts";

/**
 * A run that cannot go on: bad data, no adapter, a full disk. The command line prints the message and exits with 1.
 * Messages are one line: control characters in the names that they quote are made visible.
 *
 * @example
 * ```ts
 * import { assertEquals, assertThrows } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { decodeSafetensors, RunError } from "../../mod.ts";
 *
 * const error = assertThrows(() => decodeSafetensors(Uint8Array.of(1, 2), "my\nfile"), RunError);
 * assertEquals(error.message, "my\\nfile is no usable safetensors file: it has 2 bytes");
 * ```
 */
export class RunError extends Error {
  /** The class's name. */
  override name = "RunError";

  /** Control characters in the message become visible. */
  constructor(message: string, options?: ErrorOptions) {
    super(printable(message), options);
  }
}

/**
 * A command used wrongly: an unknown flag, id or value. The command line prints the message and exits with 2. Messages are
 * one line, as those of a {@linkcode RunError}.
 *
 * @example
 * ```ts
 * import { assertThrows } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { parseSource, UsageError } from "../../mod.ts";
 *
 * assertThrows(() => parseSource("my/pictures"), UsageError, "give folder:DIR");
 * ```
 */
export class UsageError extends Error {
  /** The class's name. */
  override name = "UsageError";

  /** Control characters in the message become visible. */
  constructor(message: string, options?: ErrorOptions) {
    super(printable(message), options);
  }
}

/** A training whose loss is not a number any more. A resumed one would come to the same step, so it is not resumed. */
export class Diverged extends RunError {}

/** What is said of an error in one line: its message where it is a known one, else `unexpected: ...`. */
export function lineOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const known = error instanceof RunError || error instanceof UsageError;
  return known ? message : `unexpected: ${printable(message.split("\n")[0])}`;
}

/**
 * The GPU went away while it was used: a driver that was reset or updated, a machine that slept, an adapter that was
 * unplugged. What was on it is gone; a new device can be opened.
 *
 * @example
 * ```ts
 * import { assert, assertRejects } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { DeviceLost, openGpu, tensor } from "../../mod.ts";
 *
 * using gpu = await openGpu();
 * const x = tensor([1]);
 * gpu.device.destroy(); // as if the driver had been reset
 * await assertRejects(() => x.read(), DeviceLost, "start again");
 * assert(gpu.lost);
 * ```
 */
export class DeviceLost extends RunError {
  /** What WebGPU says of it. */
  readonly reason: string;

  /** Says why, in WebGPU's words. */
  constructor(reason: string) {
    super(`The GPU device was lost (${reason}): start again`);
    this.reason = reason;
  }
}
