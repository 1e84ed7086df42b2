import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { pathCorrelation } from "../../src/metrics/path_correlation.ts";
import { againstShuffled, shuffledNames, shuffledPaths } from "../../src/metrics/shuffled.ts";
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

Deno.test("shuffledPaths() keeps a center's ends and its steps", () => {
  const paths = walks(9, false, 1), mixed = shuffledPaths(paths, 2, random());
  for (const at of [0, 8]) {
    mixed[at].forEach((x, d) => assertAlmostEquals(x, paths[at][d], 1e-5));
  }
  const steps = (of: Float32Array[], d: number) =>
    of.slice(1).map((centers, t) => centers[d] - of[t][d]);
  for (let d = 0; d < 4; d++) {
    const [a, b] = [paths, mixed].map((of) => steps(of, d).sort((x, y) => x - y));
    a.forEach((step, t) => assertAlmostEquals(step, b[t], 1e-5));
  }
  assert(steps(mixed, 0).some((step, t) => Math.abs(step - steps(paths, 0)[t]) > 0.1));
});

Deno.test("againstShuffled() finds paths that go together, and none that do not", () => {
  const rankOf = (together: boolean, stream: number) => {
    const paths = walks(12, together, stream);
    const r = (of: Float32Array[]) => pathCorrelation(of, 2)[1];
    return againstShuffled(r(paths), (draw) => r(shuffledPaths(paths, 2, draw)), { times: 99 });
  };
  assertEquals(rankOf(true, 3).rank, 0.01);
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
