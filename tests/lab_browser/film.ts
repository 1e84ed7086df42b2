/** A GIF of the page while it trains. */
import type { Page } from "npm:playwright-core@1.65.1";
import * as gifenc from "npm:gifenc@1.0.3/dist/gifenc.esm.js";
import { decodePng } from "../../data/formats/png.ts";

/** The part of gifenc used here; the package ships no types. */
interface Gifenc {
  GIFEncoder(): {
    writeFrame(
      indices: Uint8Array,
      width: number,
      height: number,
      options: { palette?: number[][]; delay: number; repeat?: number },
    ): void;
    finish(): void;
    bytes(): Uint8Array<ArrayBuffer>;
  };
  quantize(rgba: Uint8ClampedArray, colors: number, options: { format: "rgb565" }): number[][];
  applyPalette(rgba: Uint8ClampedArray, palette: number[][], format: "rgb565"): Uint8Array;
}

const { GIFEncoder, quantize, applyPalette } = gifenc as unknown as Gifenc;

/** Milliseconds of a picture, and of the last one. */
const DELAY = 300, LAST = 3000;

/** Takes pictures of a page's upper part, and makes a film of them. */
export class Film {
  readonly #page: Page;
  readonly #height: number;
  readonly #frames: { width: number; height: number; rgba: Uint8ClampedArray }[] = [];

  /** @param height What is seen, in pixels from the top. */
  constructor(page: Page, height: number) {
    this.#page = page;
    this.#height = height;
  }

  /** Takes a picture as it is now. */
  async take(): Promise<void> {
    const { width } = this.#page.viewportSize()!,
      clip = { x: 0, y: 0, width, height: this.#height };
    const { rgba, ...size } = decodePng(await this.#page.screenshot({ clip }));
    this.#frames.push({ ...size, rgba: Uint8ClampedArray.from(rgba) });
  }

  /** The film, in the colors of its last picture: every class is there. */
  bytes(): Uint8Array<ArrayBuffer> {
    const encoder = GIFEncoder(), last = this.#frames.at(-1)!;
    const palette = quantize(last.rgba, 256, { format: "rgb565" });
    this.#frames.forEach((frame, i) => {
      encoder.writeFrame(applyPalette(frame.rgba, palette, "rgb565"), frame.width, frame.height, {
        ...{ palette: i === 0 ? palette : undefined, repeat: 0 },
        delay: frame === last ? LAST : DELAY,
      });
    });
    encoder.finish();
    return encoder.bytes();
  }
}
