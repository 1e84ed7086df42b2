import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { Matrix } from "npm:ml-matrix@6.12.1";
import { leadingEigen } from "../../src/metrics/leading_eigen.ts";
import { pca, project } from "../../src/metrics/pca.ts";
import { Random } from "../../src/model/random.ts";

/** Rows that vary less from axis to axis, turned so that no axis is a component. */
function tilted(count: number, dim: number): Float32Array {
  const random = new Random(1, "weights");
  const rows = new Float32Array(count * dim);
  for (let i = 0; i < count; i++) {
    const sums = new Float64Array(dim);
    for (let k = 0; k < dim; k++) {
      const size = (random.uniform() - 0.5) * 10 * 0.7 ** k;
      for (let j = 0; j < dim; j++) sums[j] += size * Math.cos(Math.PI * k * (j + 0.5) / dim);
    }
    rows.set(sums.map((v) => v + 3), i * dim);
  }
  return rows;
}

function assertOrthonormal(vectors: Float64Array, dim: number): void {
  for (let p = 0; p < vectors.length; p += dim) {
    for (let q = 0; q < vectors.length; q += dim) {
      let dot = 0;
      for (let j = 0; j < dim; j++) dot += vectors[p + j] * vectors[q + j];
      assertAlmostEquals(dot, p === q ? 1 : 0, 1e-12, `${p / dim} and ${q / dim}`);
    }
  }
}

Deno.test("pca() gives NumPy's numbers, for rows that span three of four dimensions", () => {
  // numpy.linalg.eigh of the covariance, NumPy 1.24, signs by the same rule.
  const rows = Float32Array.from({ length: 48 }, (_, i) => ((i * 37) % 19 - 9) / 4);
  for (let i = 0; i < 48; i += 4) {
    rows[i] *= 3;
    rows[i + 1] *= 2;
    rows[i + 3] += rows[i];
  }
  const basis = pca(rows, 4, 4);
  const near = (seen: ArrayLike<number>, wanted: number[], bar = 1e-8) =>
    wanted.forEach((value, i) => assertAlmostEquals(seen[i], value, bar, `number ${i}`));
  near(basis.mean, [0.5, 0.625, 0.0625, 0.70833333333]);
  near(basis.shares, [0.882516019, 0.105299162, 0.0121848187, 0]);
  near(basis.components.subarray(0, 4), [0.628456787, 0.293140755, 0.146570378, 0.70542731]);
  near(basis.components.subarray(4, 8), [-0.356673614, 0.829454586, 0.414727293, -0.113094185]);
  near(basis.components.subarray(8), [-0.691249593, -0.161473177, -0.0807365885, 0.699701376]);
  near(basis.components.subarray(12), [0, -0.447213595, 0.894427191, 0]);
  assertOrthonormal(basis.components, 4);
  const flat = project(rows, pca(rows, 4, 2));
  near(flat, [-7.1632254, 7.24913366, 6.40469149, 0.00370364092, 0.964760003, -0.547535243], 1e-6);
});

Deno.test("pca() of 128 dimensions: power iteration finds the same, one component after another", () => {
  const [count, dim] = [300, 128];
  const rows = tilted(count, dim);
  const basis = pca(rows, dim, 3);
  assertOrthonormal(basis.components, dim);
  const rest = Float64Array.from(rows, (v, i) => v - basis.mean[i % dim]);
  const energy = () => rest.reduce((sum, v) => sum + v * v, 0);
  const whole = energy();
  for (let k = 0; k < 3; k++) {
    let vector = new Float64Array(dim).map((_, j) => 1 + j % 3);
    const along = () =>
      Float64Array.from({ length: count }, (_, i) => {
        let sum = 0;
        for (let j = 0; j < dim; j++) sum += rest[i * dim + j] * vector[j];
        return sum;
      });
    for (let step = 0; step < 100; step++) {
      const next = new Float64Array(dim);
      along().forEach((t, i) => {
        for (let j = 0; j < dim; j++) next[j] += t * rest[i * dim + j];
      });
      vector = next.map((v) => v / Math.hypot(...next));
    }
    const before = energy();
    along().forEach((t, i) => {
      for (let j = 0; j < dim; j++) rest[i * dim + j] -= t * vector[j];
    });
    assertAlmostEquals(basis.shares[k], (before - energy()) / whole, 1e-9);
    const found = basis.components.subarray(k * dim, (k + 1) * dim);
    const peak = vector.reduce((best, v) => Math.abs(v) > Math.abs(best) ? v : best, 0);
    found.forEach((v, j) => assertAlmostEquals(v, vector[j] * Math.sign(peak), 1e-6));
  }
});

Deno.test("pca() of one, two and three dimensions: all components rotate, and lose nothing", () => {
  for (const dim of [1, 2, 3]) {
    const rows = tilted(20, dim);
    const basis = pca(rows, dim, dim);
    assertOrthonormal(basis.components, dim);
    assertAlmostEquals(basis.shares.reduce((a, b) => a + b), 1, 1e-12);
    const turned = project(rows, basis);
    for (let i = 0; i < rows.length; i += dim) {
      const length = (of: Float32Array, from: ArrayLike<number>) =>
        Math.hypot(...of.subarray(i, i + dim).map((v, j) => v - from[j]));
      assertAlmostEquals(length(turned, [0, 0, 0]), length(rows, basis.mean), 1e-5);
    }
  }
});

Deno.test("pca() points components so that their largest entry is positive", () => {
  for (const sign of [1, -1]) {
    const { components } = pca(Float32Array.of(0, 0, sign, -2 * sign, 5, -10), 2, 1);
    assertAlmostEquals(components[0], -1 / Math.sqrt(5));
    assertAlmostEquals(components[1], 2 / Math.sqrt(5));
  }
});

Deno.test("pca() leaves out rows that are not finite, and project() keeps them so", () => {
  const clean = tilted(10, 3);
  const rows = new Float32Array(36);
  rows.set([NaN, 1, 1, 5, Infinity, 5]);
  rows.set(clean, 6);
  const basis = pca(rows, 3, 2);
  assertEquals(basis, pca(clean, 3, 2));
  const flat = project(rows, basis);
  assertEquals([...flat.subarray(0, 4)].some(Number.isFinite), false);
  assertEquals(flat.subarray(4), project(clean, basis));
});

Deno.test("pca() of fewer samples than components fills up with directions without variance", () => {
  for (const rows of [Float32Array.of(1, 2, 3), new Float32Array(12).fill(7)]) {
    const basis = pca(rows, 3, 3);
    assertOrthonormal(basis.components, 3);
    assertEquals(basis.shares, new Float64Array(3));
    assertEquals(project(rows, basis).every((v) => v === 0), true);
  }
  const two = pca(Float32Array.of(0, 0, 0, 2, 2, 2), 3, 3);
  assertOrthonormal(two.components, 3);
  assertAlmostEquals(two.shares[0], 1, 1e-12);
});

Deno.test("pca() and project() refuse what does not fit", () => {
  const rows = new Float32Array(6);
  assertThrows(() => pca(rows, 4, 1), TypeError, "Cannot read 6 numbers as rows of 4 features");
  assertThrows(() => pca(rows, 0, 1), TypeError, "rows of 0 features");
  for (const components of [0, 4, 1.5]) {
    assertThrows(() => pca(rows, 3, components), RangeError, "of 3-D features: ask for 1 to 3");
  }
  assertThrows(() => pca(rows.fill(NaN), 3, 1), RangeError, "components of 2 rows: none is finite");
  const basis = pca(new Float32Array(6), 3, 1);
  assertThrows(() => project(new Float32Array(7), basis), TypeError, "Cannot read 7 numbers");
});

Deno.test("leadingEigen() finds the same in a large matrix as among all eigenvectors, largest first", () => {
  const rows = new Matrix(200, 60);
  tilted(200, 60).forEach((value, i) => rows.set(Math.floor(i / 60), i % 60, value - 3));
  const matrix = rows.transpose().mmul(rows);
  const [all, some] = [leadingEigen(matrix, 4), leadingEigen(matrix, 4, 0)];
  assertOrthonormal(Float64Array.from(some.vectors.transpose().to1DArray()), 60);
  for (let k = 0; k < 4; k++) {
    assertAlmostEquals(some.values[k] / all.values[k], 1, 1e-10);
    const along = some.vectors.getColumnVector(k).dot(all.vectors.getColumnVector(k));
    assertAlmostEquals(Math.abs(along), 1, 1e-8, `vector ${k}`);
  }
  assertEquals(leadingEigen(matrix, 4, 0), some);
});

Deno.test("leadingEigen() of a matrix with less rank than vectors, and of fewer rows", () => {
  const { values, vectors } = leadingEigen(Matrix.diag([5, 3], 40, 40), 3, 0);
  [5, 3, 0].forEach((value, k) => assertAlmostEquals(values[k], value, 1e-10));
  assertOrthonormal(Float64Array.from(vectors.transpose().to1DArray()), 40);
  [0, 1].forEach((k) => assertAlmostEquals(Math.abs(vectors.get(k, k)), 1, 1e-8));
  const whole = leadingEigen(new Matrix([[2, 1], [1, 2]]), 2, 0);
  [3, 1].forEach((value, k) => assertAlmostEquals(whole.values[k], value, 1e-12));
});

Deno.test("pca() of 300 dimensions: the components that its first dimensions have alone", () => {
  const small = tilted(50, 5);
  const rows = new Float32Array(50 * 300);
  for (let i = 0; i < 50; i++) rows.set(small.subarray(5 * i, 5 * i + 5), 300 * i);
  const [large, alone] = [pca(rows, 300, 3), pca(small, 5, 3)];
  for (let k = 0; k < 3; k++) {
    assertAlmostEquals(large.shares[k], alone.shares[k], 1e-9);
    for (let j = 0; j < 5; j++) {
      assertAlmostEquals(large.components[300 * k + j], alone.components[5 * k + j], 1e-6);
    }
  }
  assertEquals(pca(new Float32Array(600).fill(1), 300, 2).shares, new Float64Array(2));
});
