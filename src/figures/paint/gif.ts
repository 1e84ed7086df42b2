// The file by name: whoever resolves the package gets CommonJS in Deno and an ES module in a page.
import { GIFEncoder as untyped } from "npm:gifenc@1.0.3/dist/gifenc.esm.js";
import { onlyOptions } from "../../base/choice.ts";
import { checkFrame, type Frame, type Rgb } from "./canvas.ts";
import { type GifPalette, gifPalette, toIndices, UNUSED } from "./gif_palette.ts";

/** The part of gifenc used here; the package ships no types. */
interface Encoder {
  writeFrame(indices: Uint8Array, width: number, height: number, options: {
    palette?: readonly Rgb[];
    delay: number;
    repeat?: number;
    transparent?: boolean;
    transparentIndex?: number;
    dispose?: number;
  }): void;
  finish(): void;
  bytes(): Uint8Array<ArrayBuffer>;
}

const GIFEncoder = untyped as unknown as () => Encoder;

/** Timing and colours of a GIF. */
export interface GifOptions {
  /** Milliseconds a frame is shown, up to 655,350; GIF keeps hundredths of a second. Default 200. */
  delay?: number;
  /** Milliseconds the last frame is held before the loop starts again, up to 655,350. Default 2000. */
  lastDelay?: number;
  /** How many class colours the frames use; default 10. */
  classes?: number;
}

/** What the two bytes of a size and of a delay hold. */
const MOST = 2 ** 16 - 1;

/** What remains on the screen when the next frame comes: all of it. */
const KEEP = 1;

/** Unchanged pixels in a row from which on they are left out: fewer would break up what repeats within the frame. */
const SHORTEST_RUN = 32;

/**
 * A GIF that loops forever, drawn with the one palette of {@linkcode gifPalette}, a frame at a time: only
 * the last one is held, and it is read when the next one is added. Of later frames the file has what differs from the frame before, the rest of them is
 * transparent: a tenth to a half less than whole frames.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { GifWriter } from "../../../figures.ts";
 *
 * const [black, white] = [0, 255].map((value) => ({ width: 4, height: 4, rgba: new Uint8Array(64).fill(value) }));
 * const writer = new GifWriter({ delay: 100, lastDelay: 1000 });
 * for (const frame of [black, white]) writer.add(frame);
 * assertEquals(new TextDecoder().decode(writer.finish().subarray(0, 6)), "GIF89a");
 * ```
 */
export class GifWriter {
  readonly #encoder = GIFEncoder();
  readonly #palette: GifPalette;
  readonly #delay: number;
  readonly #lastDelay: number;
  #held: Frame | undefined;
  #shown: Uint8Array | undefined;
  #finished = false;

  /**
   * A file without frames yet.
   *
   * @throws {RangeError} When a delay is not from 0 to 655,350.
   */
  constructor(options: GifOptions = {}) {
    const known = ["delay", "lastDelay", "classes"] as const;
    const { delay = 200, lastDelay = 2000, classes = 10 } = onlyOptions(
      "write a GIF",
      options,
      known,
    );
    for (const [name, value] of Object.entries({ delay, lastDelay })) {
      if (value >= 0 && value <= 10 * MOST) continue;
      throw new RangeError(
        `Cannot write a GIF with ${name} ${value}: it must be from 0 to ${10 * MOST} milliseconds`,
      );
    }
    this.#palette = gifPalette(classes);
    this.#delay = delay;
    this.#lastDelay = lastDelay;
  }

  /**
   * Adds a frame.
   *
   * @throws {TypeError} When its size is not that of the others, it has not four bytes for each pixel, or the file is finished.
   * @throws {RangeError} When a side is no whole number from 1 to 65,535.
   */
  add(frame: Frame): void {
    this.#refuseFinished();
    checkFrame("put a frame into a GIF", frame, MOST);
    const held = this.#held;
    if (held) {
      if (frame.width !== held.width || frame.height !== held.height) {
        throw new TypeError(
          `Cannot put a frame of ${frame.width} x ${frame.height} pixels into a GIF of ` +
            `${held.width} x ${held.height}: all frames must have one size`,
        );
      }
      this.#write(held, this.#delay);
    }
    this.#held = frame;
  }

  /**
   * The file; nothing can be added afterwards.
   *
   * @throws {RangeError} When there is no frame.
   * @throws {TypeError} When it is finished already.
   */
  finish(): Uint8Array<ArrayBuffer> {
    this.#refuseFinished();
    if (!this.#held) throw new RangeError("Cannot encode a GIF without frames: give at least one");
    this.#write(this.#held, this.#lastDelay);
    this.#encoder.finish();
    this.#finished = true;
    return this.#encoder.bytes();
  }

  #refuseFinished(): void {
    if (!this.#finished) return;
    throw new TypeError("Cannot go on with a GIF that is finished: make another GifWriter");
  }

  #write(frame: Frame, delay: number): void {
    const indices = toIndices(frame, this.#palette);
    const before = this.#shown;
    this.#shown = indices;
    const { width, height } = frame;
    if (before) {
      const rest = { transparent: true, transparentIndex: UNUSED, dispose: KEEP };
      this.#encoder.writeFrame(changes(indices, before), width, height, { delay, ...rest });
    } else {
      const start = { palette: this.#palette.colors, repeat: 0, dispose: KEEP };
      this.#encoder.writeFrame(indices, width, height, { delay, ...start });
    }
  }
}

/** The frame with {@linkcode UNUSED} for its long runs of pixels that are as before. */
export function changes(indices: Uint8Array, before: Uint8Array): Uint8Array {
  const left = indices.slice();
  for (let from = 0, end = 0; from < left.length; from = end + 1) {
    for (end = from; end < left.length && indices[end] === before[end];) end++;
    if (end - from >= SHORTEST_RUN) left.fill(UNUSED, from, end);
  }
  return left;
}

/**
 * How long each frame of a {@linkcode GifWriter} is to be shown so that all of them take ten seconds; no less than a tenth of a
 * second, and no more than a whole one.
 *
 * @param epochs How many frames there are.
 * @returns Milliseconds.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { delayFor } from "../../../figures.ts";
 *
 * assertEquals([3, 40, 200].map(delayFor), [1000, 250, 100]);
 * ```
 */
export function delayFor(epochs: number): number {
  return Math.max(100, Math.min(1000, 10_000 / epochs));
}
