/** What the thread of a run tells the thread that draws its line. */
import type { BarState } from "./bar_text.ts";

/** The first message, and each line that is to be drawn until the next one. */
export type Message =
  | { kind: "begin"; shared: SharedArrayBuffer; terminal: boolean }
  | { kind: "bar"; turn: number; state: BarState }
  | { kind: "text"; turn: number; text: string };

/**
 * Places in the memory that both share: whether the user wants to stop; which turn's line may be drawn, 0 for none; and who
 * writes to the terminal, 0 for nobody.
 */
export const STOP = 0, TURN = 1, WRITER = 2, PLACES = 3;

/** Does something while the other thread does not write. */
export function alone(shared: Int32Array, act: () => void): void {
  while (Atomics.compareExchange(shared, WRITER, 0, 1) !== 0);
  try {
    act();
  } finally {
    Atomics.store(shared, WRITER, 0);
  }
}

/** Prints what it can: a terminal that was closed, or a full disk under a log, stops no run. */
export function print(act: () => void): void {
  try {
    act();
  } catch {
    // Nobody is there to be told.
  }
}

/** Writes over the line that the cursor is in. */
export function overwrite(text: string): void {
  print(() => Deno.stdout.writeSync(new TextEncoder().encode(`\r\x1b[2K${text}`)));
}
