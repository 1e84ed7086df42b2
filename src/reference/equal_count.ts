/** In how many places two rows of whole numbers agree: `count = sum_i [a[i] = b[i]]`. */
export function equalCount(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let count = 0;
  for (let i = 0; i < a.length; i++) count += a[i] === b[i] ? 1 : 0;
  return count;
}
