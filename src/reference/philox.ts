const MULTIPLIER_0 = 0xD2511F53n;
const MULTIPLIER_1 = 0xCD9E8D57n;
const WEYL_0 = 0x9E3779B9n;
const WEYL_1 = 0xBB67AE85n;
const LOW = 0xFFFFFFFFn;

/**
 * Philox4x32-10 (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC 2011): four random
 * 32-bit words for a counter of four words and a key of two. With (hi, lo) the halves of the 64-bit products
 * M0 c0 and M1 c2, each of ten rounds does
 *
 *     (c0, c1, c2, c3) <- (hi1 ^ c1 ^ k0, lo1, hi0 ^ c3 ^ k1, lo0)
 *     (k0, k1) <- (k0 + 0x9E3779B9, k1 + 0xBB67AE85) mod 2^32
 */
export function philox4x32(counter: readonly number[], key: readonly number[]): number[] {
  let [c0, c1, c2, c3] = counter.map((word) => BigInt(word >>> 0));
  let [k0, k1] = key.map((word) => BigInt(word >>> 0));
  for (let round = 0; round < 10; round++) {
    const product0 = MULTIPLIER_0 * c0;
    const product1 = MULTIPLIER_1 * c2;
    [c0, c1, c2, c3] = [
      (product1 >> 32n) ^ c1 ^ k0,
      product1 & LOW,
      (product0 >> 32n) ^ c3 ^ k1,
      product0 & LOW,
    ];
    k0 = (k0 + WEYL_0) & LOW;
    k1 = (k1 + WEYL_1) & LOW;
  }
  return [c0, c1, c2, c3].map(Number);
}
