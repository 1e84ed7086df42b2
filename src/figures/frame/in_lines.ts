/** Places items of these widths one after another, like words in lines of `width` pixels. */
export function inLines(
  widths: readonly number[],
  width: number,
  gap: number,
): { left: number; line: number }[] {
  let [left, line] = [0, 0];
  return widths.map((own) => {
    if (left > 0 && left + own > width) [left, line] = [0, line + 1];
    const place = { left, line };
    left += own + gap;
    return place;
  });
}
