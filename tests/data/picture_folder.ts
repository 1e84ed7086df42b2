/** A folder of small pictures, a folder a class, for tests. */
import { join } from "node:path";
import { newFrame } from "../../src/figures/paint/canvas.ts";
import { encodePng } from "../../src/figures/paint/png.ts";
import { Random } from "../../src/model/random.ts";
import { put } from "./pictures.ts";

/** Sides of a picture, in pixels. */
export const SIDE = 16;

/**
 * Writes so many grey PNG files of each class: noise, with a bright stripe whose height is the class's.
 *
 * @returns The folder as `--data` names it.
 */
export async function pictureFolder(
  directory: string,
  counts: Readonly<Record<string, number>>,
): Promise<string> {
  const random = new Random(1, "weights");
  for (const [k, [name, count]] of Object.entries(counts).entries()) {
    for (let i = 0; i < count; i++) {
      const frame = newFrame(SIDE, SIDE, [0, 0, 0]);
      for (let p = 0; p < SIDE * SIDE; p++) {
        const stripe = Math.floor(p / SIDE / 4) === k % 4;
        const grey = (stripe ? 150 : 0) + Math.floor(100 * random.uniform());
        frame.rgba.fill(grey, 4 * p, 4 * p + 3);
      }
      await put(join(directory, name, `${String(i).padStart(3, "0")}.png`), encodePng(frame));
    }
  }
  return `folder:${directory}`;
}
