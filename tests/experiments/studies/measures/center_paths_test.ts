import { assert } from "@std/assert";
import { centerPaths } from "../../../../experiments/studies/measures/center_paths.ts";
import { Random } from "../../../../src/model/random.ts";

/** Four centers at the corners of a long rectangle, 0 by 1 and 2 by 3; the two of a side move by the same steps if `pairs`. */
function paths(epochs: number, pairs: boolean): Float32Array[] {
  const random = new Random(11, "shuffle");
  const at = Float32Array.from([0, 0, 0, 1, 200, 0, 200, 1]);
  return Array.from({ length: epochs }, () => {
    for (let side = 0; side < 4; side += 2) {
      const step = [random.normal(), random.normal()];
      for (const center of [side, side + 1]) {
        for (const d of [0, 1]) at[2 * center + d] += pairs ? step[d] : random.normal();
      }
    }
    return at.slice();
  });
}

Deno.test("centerPaths() find neighbours that move alike", () => {
  const { strength, withDistance } = centerPaths(paths(14, true), 4, { times: 99 });
  assert(strength.rank <= 0.05, `${strength.rank}`);
  assert(strength.value > strength.mean && withDistance.value < -0.7, `${withDistance.value}`);
});

Deno.test("centerPaths() find nothing where each goes its own way", () => {
  const { strength } = centerPaths(paths(14, false), 4, { times: 99 });
  assert(strength.rank > 0.05, `${strength.rank}`);
});

/** Ten centers that go straight out from one place, each by itself, with noise of their own, and slow down alike. */
function slowing(seed: number): Float32Array[] {
  const random = new Random(seed, "shuffle"), at = new Float32Array(20);
  const ways = Array.from({ length: 10 }, () => 2 * Math.PI * random.uniform());
  return Array.from({ length: 12 }, (_, t) => {
    for (const [k, angle] of ways.entries()) {
      for (const [d, way] of [Math.cos(angle), Math.sin(angle)].entries()) {
        at[2 * k + d] += Math.exp(-t / 4) * way + 0.1 * random.normal();
      }
    }
    return at.slice();
  });
}

Deno.test("centerPaths() find nothing in centers that only slow down alike", () => {
  const all = Array.from({ length: 20 }, (_, k) => centerPaths(slowing(k), 10, { times: 99 }));
  for (const name of ["strength", "withDistance"] as const) {
    const found = all.filter((paths) => paths[name].rank <= 0.05).length;
    // A binomial of 20 draws at 0.05: more than 4 come once in 400.
    assert(found <= 4, `${name}: ${found} of 20`);
  }
});
