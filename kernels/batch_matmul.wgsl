// Many small matrix products, with optional transposes; batch axes broadcast.
//
//   product[n, r, c] = sum_k A[n, r, k] * B[n, k, c]
//
// Layouts, row-major:
//   a        [.., rows, inner], or [.., inner, rows] when TRANSPOSE_A
//   b        [.., inner, cols], or [.., cols, inner] when TRANSPOSE_B
//   product  [batch, rows, cols], written
// The batch has RANK axes of `shape` (the last in shape[RANK - 1]); strides_a and strides_b say how many elements apart an
// operand's matrices are along each, 0 where it has one for all.
//
// A thread computes 4 x 4 elements of one product; what is past the edge reads the last row or column, and is not stored.
// Constants: RANK, at most 8; TRANSPOSE_A, TRANSPOSE_B.
// uses places.wgsl

struct Params {
  shape: array<vec4<u32>, 2>,
  strides_a: array<vec4<u32>, 2>,
  strides_b: array<vec4<u32>, 2>,
  batch: u32,
  rows: u32,
  cols: u32,
  inner: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> a: array<f32>; // texture
@group(0) @binding(2) var<storage, read> b: array<f32>; // texture
@group(0) @binding(3) var<storage, read_write> product: array<f32>;

@compute @workgroup_size(64)
fn main(
  @builtin(global_invocation_id) id: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
) {
  let index = id.y * groups.x * 64u + id.x;
  let across = (params.cols + 3u) / 4u;
  let down = (params.rows + 3u) / 4u;
  let n = index / (across * down);
  if (n >= params.batch) {
    return;
  }
  let first_row = 4u * ((index / across) % down);
  let first_col = 4u * (index % across);
  let rows = min(vec4<u32>(0u, 1u, 2u, 3u) + first_row, vec4<u32>(params.rows - 1u));
  let cols = min(vec4<u32>(0u, 1u, 2u, 3u) + first_col, vec4<u32>(params.cols - 1u));
  let start = places(n); // where the n-th matrices of both begin
  let at_a = start.x + select(rows * params.inner, rows, vec4<bool>(TRANSPOSE_A));
  let at_b = start.y + select(cols, cols * params.inner, vec4<bool>(TRANSPOSE_B));
  let step_a = select(1u, params.rows, TRANSPOSE_A);
  let step_b = select(params.cols, 1u, TRANSPOSE_B);
  var sums: array<vec4<f32>, 4>;
  for (var k = 0u; k < params.inner; k++) {
    let at = at_b + k * step_b;
    let right = vec4<f32>(b[at.x], b[at.y], b[at.z], b[at.w]);
    for (var i = 0u; i < 4u; i++) { // unroll
      sums[i] += a[at_a[i] + k * step_a] * right;
    }
  }
  for (var i = 0u; i < 4u; i++) { // unroll
    for (var j = 0u; j < 4u; j++) { // unroll
      if (first_row + i < params.rows && first_col + j < params.cols) {
        product[(n * params.rows + first_row + i) * params.cols + first_col + j] = sums[i][j];
      }
    }
  }
}
