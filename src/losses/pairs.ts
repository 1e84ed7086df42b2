/** Losses over all pairs of rows. */
import { gpu } from "../gpu/device.ts";

/**
 * Refuses more rows than the adapter holds the pairs of in one array.
 *
 * @param act What they are for.
 * @param rows What they are: "classes".
 * @param advice What to do.
 * @throws {RangeError} Before anything is made.
 */
export function checkPairs(act: string, count: number, rows: string, advice: string): void {
  const bytes = 4 * count ** 2, { mostBytes } = gpu().pool;
  if (bytes <= mostBytes) return;
  const most = Math.floor(Math.sqrt(mostBytes / 4));
  throw new RangeError(
    `Cannot allocate ${act} of ${count} ${rows}: their pairs take ${bytes} bytes, and this adapter binds at most ` +
      `${mostBytes}, the pairs of ${most} ${rows}; ${advice}`,
  );
}
