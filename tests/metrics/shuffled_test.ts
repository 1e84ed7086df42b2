import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { pathCorrelation } from "../../src/metrics/path_correlation.ts";
import { againstShuffled, mirroredPaths, shuffledNames } from "../../src/metrics/shuffled.ts";
import { Random } from "../../src/model/random.ts";

const random = (stream = 0) => new Random(7, "shuffle", stream);

/** Random walks of two centers in the plane; the second repeats the first's steps where `together`. */
function walks(epochs: number, together: boolean, stream: number): Float32Array[] {
  const draw = random(stream), at = new Float32Array(4);
  return Array.from({ length: epochs }, () => {
    for (let i = 0; i < 2; i++) at[i] += draw.normal();
    for (let i = 2; i < 4; i++) at[i] = together ? at[i - 2] + 5 : at[i] + draw.normal();
    return at.slice();
  });
}

Deno.test("mirroredPaths() keep what a step goes along the way, and how far beside it", () => {
  const paths = walks(9, false, 1), mirrored = mirroredPaths(paths, 2, random());
  const partsOf = (of: Float32Array[], k: number) => {
    const way = [0, 1].map((d) => paths[8][2 * k + d] - paths[0][2 * k + d]);
    const length = Math.hypot(...way);
    return of.slice(1).map((centers, t) => {
      const [x, y] = [0, 1].map((d) => centers[2 * k + d] - of[t][2 * k + d]);
      return [(x * way[0] + y * way[1]) / length, (y * way[0] - x * way[1]) / length];
    });
  };
  let turned = 0;
  for (const k of [0, 1]) {
    const after = partsOf(mirrored, k);
    for (const [t, [along, beside]] of partsOf(paths, k).entries()) {
      assertAlmostEquals(after[t][0], along, 1e-5);
      assertAlmostEquals(Math.abs(after[t][1]), Math.abs(beside), 1e-5);
      if (after[t][1] * beside < 0) turned++;
    }
  }
  assert(turned > 2 && turned < 14, `${turned} of 16`);
});

Deno.test("againstShuffled() finds paths that go together, and none that do not", () => {
  const rankOf = (together: boolean, stream: number) => {
    const paths = walks(12, together, stream);
    const r = (of: Float32Array[]) => pathCorrelation(of, 2)[1];
    return againstShuffled(r(paths), (draw) => r(mirroredPaths(paths, 2, draw)), { times: 99 });
  };
  assert(rankOf(true, 3).rank <= 0.05);
  const ranks = Array.from({ length: 40 }, (_, k) => rankOf(false, 100 + k).rank);
  // A binomial of 40 draws at 0.05: more than 6 come once in 200.
  assert(ranks.filter((rank) => rank <= 0.05).length <= 6, `${ranks}`);
  assert(ranks.reduce((a, b) => a + b) / 40 > 0.35, `${ranks}`);
});

Deno.test("againstShuffled() is NaN for NaN, and the same by the same seed", () => {
  assertEquals(againstShuffled(NaN, () => 1, { times: 9 }).rank, NaN);
  const once = () => againstShuffled(0.4, (draw) => draw.uniform(), { times: 50, seed: 3 });
  assertEquals(once(), once());
  assertEquals(againstShuffled(1, () => 1, { times: 9 }).rank, 1);
});

Deno.test("shuffledNames() gives rows and columns the same new names", () => {
  const n = 4, values = Array.from({ length: n * n }, (_, i) => i % (n + 1) ? i : -1);
  const mixed = shuffledNames(values, n, random(5));
  for (let k = 0; k < n; k++) assertEquals(mixed[k * n + k], -1);
  assertEquals([...mixed].sort(), [...values].sort());
  const order = random(5).permutation(n);
  assertEquals(mixed[1 * n + 2], values[order[1] * n + order[2]]);
});
