// Gradient of squared distances for the rows of one side.
//
//   grad[r, k] = 2 sum_c g(r, c) (own[r, k] - other[c, k])
//
// Layouts: gradient [rows, cols] is g, or [cols, rows] and turned if TRANSPOSED; own [rows, dim]; other [cols, dim]; grad
// [rows, dim], written. One thread an element of grad; the differences are taken directly, because
// own sum_c g - sum_c g other would cancel for close rows.
// Constants: TRANSPOSED.

struct Params {
  rows: u32,
  cols: u32,
  dim: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> gradient: array<f32>;
@group(0) @binding(2) var<storage, read> own: array<f32>;
@group(0) @binding(3) var<storage, read> other: array<f32>;
@group(0) @binding(4) var<storage, read_write> grad: array<f32>;

@compute @workgroup_size(64)
fn main(
  @builtin(global_invocation_id) id: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
) {
  let index = id.y * groups.x * 64u + id.x;
  if (index >= params.rows * params.dim) {
    return;
  }
  let row = index / params.dim;
  let k = index % params.dim;
  let mine = own[index];
  var sum = 0.0;
  for (var col = 0u; col < params.cols; col++) {
    var place = row * params.cols + col;
    if (TRANSPOSED) {
      place = col * params.rows + row;
    }
    sum += gradient[place] * (mine - other[col * params.dim + k]);
  }
  grad[index] = 2.0 * sum;
}
