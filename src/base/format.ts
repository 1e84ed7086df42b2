/** Numbers as messages and tables have them. */

const HOUR = 3600;

/** `0.9445` as "94.45 %". */
export function percent(share: number): string {
  return `${(100 * share).toFixed(2)} %`;
}

/** `75` as "1 min 15 s". */
export function duration(seconds: number): string {
  const s = Math.round(seconds);
  if (s < 60) return `${s} s`;
  if (s < HOUR) return `${Math.floor(s / 60)} min ${s % 60} s`;
  return `${Math.floor(s / HOUR)} h ${Math.floor(s % HOUR / 60)} min`;
}
