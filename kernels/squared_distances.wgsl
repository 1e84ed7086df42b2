// Squared Euclidean distance of every row of x to every row of y.
//
//   distances[i, j] = sum_k (x[i, k] - y[j, k])^2
//
// Layouts: x [rows, dim]; y [cols, dim]; distances [rows, cols], written. One thread a pair; the differences are taken
// directly, because |x|^2 - 2 x.y + |y|^2 would cancel for close rows.

struct Params {
  rows: u32,
  cols: u32,
  dim: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<f32>;
@group(0) @binding(2) var<storage, read> y: array<f32>;
@group(0) @binding(3) var<storage, read_write> distances: array<f32>;

@compute @workgroup_size(64)
fn main(
  @builtin(global_invocation_id) id: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
) {
  let index = id.y * groups.x * 64u + id.x;
  if (index >= params.rows * params.cols) {
    return;
  }
  let row = (index / params.cols) * params.dim;
  let col = (index % params.cols) * params.dim;
  var sum = 0.0;
  for (var k = 0u; k < params.dim; k++) {
    let d = x[row + k] - y[col + k];
    sum += d * d;
  }
  distances[index] = sum;
}
