/** About ten seconds for a whole run, each frame between a tenth and a whole second; in milliseconds. */
export function delayFor(epochs: number): number {
  return Math.max(100, Math.min(1000, 10_000 / epochs));
}
