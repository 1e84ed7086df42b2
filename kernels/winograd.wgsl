// What the kernels of Winograd's convolution share: the transforms along one axis.
//
//   S. Winograd, "Arithmetic complexity of computations", 1980; A. Lavin and S. Gray, "Fast algorithms for convolutional
//   neural networks", CVPR 2016. POINTS neighbouring inputs d and TAPS weights w give STRIP = POINTS + 1 - TAPS outputs,
//
//     y[m] = sum_k d[m + k] w[k],   y = A' ((G w) * (B' d)),
//
//   by POINTS products in place of STRIP * TAPS. Rows of A and G hold powers of points a, A STRIP and G TAPS of them, and
//   G divides by N(a), the product of the differences from the other points. The points are 0, 1, -1, 2, -2 and infinity,
//   and, where POINTS is 8, 1/2 and -1/2 before infinity, whose row has a 1 at its end alone. Row a of B' holds the
//   coefficients of the product of x - b over the other points b, infinity left out.

alias Points = array<vec4<f32>, POINTS>;

// Point p; infinity, the last one, has no number.
fn point(p: u32) -> f32 {
  let size = select(select(select(0.5, 2.0, p < 5u), 1.0, p < 3u), 0.0, p == 0u);
  return select(size, -size, p % 2u == 0u);
}

// N of point p, 1 for infinity.
fn distance_of(p: u32) -> f32 {
  if (POINTS == 6u) {
    return select(select(select(1.0, 24.0, p < 5u), -6.0, p < 3u), 4.0, p == 0u);
  }
  return select(select(select(select(1.0, 1.40625, p < 7u), 90.0, p < 5u), -4.5, p < 3u), -1.0, p == 0u);
}

// B' d.
fn windowed(d: Points) -> Points {
  var v: Points;
  if (POINTS == 6u) {
    let even_1 = d[4] - 4.0 * d[2];
    let odd_1 = d[3] - 4.0 * d[1];
    let even_2 = d[4] - d[2];
    let odd_2 = 2.0 * (d[3] - d[1]);
    v[0] = 4.0 * d[0] - 5.0 * d[2] + d[4];
    v[1] = even_1 + odd_1;
    v[2] = even_1 - odd_1;
    v[3] = even_2 + odd_2;
    v[4] = even_2 - odd_2;
    v[5] = 4.0 * d[1] - 5.0 * d[3] + d[5];
    return v;
  }
  let last = POINTS - 1u;
  let even_1 = d[2] - 4.25 * d[4] + d[last - 1u];
  let odd_1 = d[1] - 4.25 * d[3] + d[5];
  let even_2 = 0.25 * d[2] - 1.25 * d[4] + d[last - 1u];
  let odd_2 = 0.5 * d[1] - 2.5 * d[3] + 2.0 * d[5];
  let even_3 = 4.0 * d[2] - 5.0 * d[4] + d[last - 1u];
  let odd_3 = 2.0 * d[1] - 2.5 * d[3] + 0.5 * d[5];
  v[0] = 5.25 * (d[2] - d[4]) + d[last - 1u] - d[0];
  v[1] = even_1 + odd_1;
  v[2] = even_1 - odd_1;
  v[3] = even_2 + odd_2;
  v[4] = even_2 - odd_2;
  v[5] = even_3 + odd_3;
  v[last - 1u] = even_3 - odd_3;
  v[last] = 5.25 * (d[3] - d[5]) + d[last] - d[1];
  return v;
}
