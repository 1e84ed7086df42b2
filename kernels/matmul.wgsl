// Matrix product with optional transposes.
//
//   product[r, c] = sum_k A[r, k] * B[k, c]
//
// Layouts, row-major:
//   a        [rows, inner], or [inner, rows] when TRANSPOSE_A
//   b        [inner, cols], or [cols, inner] when TRANSPOSE_B
//   product  [rows, cols], written
//
// A thread keeps ROWS x COLS sums in registers. Lanes lie along the rows: lane l of a workgroup owns the rows
// l, l + LANES, ... of the workgroup's block, so neighbouring lanes read the same columns of B.
//
// Constants: ROWS, COLS (tile of a thread), LANES (workgroup size), TRANSPOSE_A, TRANSPOSE_B.

struct Params {
  rows: u32,
  cols: u32,
  inner: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> a: array<f32>; // texture
@group(0) @binding(2) var<storage, read> b: array<f32>; // texture
@group(0) @binding(3) var<storage, read_write> product: array<f32>;

// Rows and columns past the edge read the last one instead; store() drops what they compute.
fn start_a(row: u32) -> u32 {
  let r = min(row, params.rows - 1u);
  return select(r * params.inner, r, TRANSPOSE_A);
}

fn start_b(col: u32) -> u32 {
  let c = min(col, params.cols - 1u);
  return select(c, c * params.inner, TRANSPOSE_B);
}

fn store(row: u32, col: u32, value: f32) {
  if (row < params.rows && col < params.cols) {
    product[row * params.cols + col] = value;
  }
}

@compute @workgroup_size(LANES)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) lane: u32) {
  let first_row = group.x * ROWS * LANES + lane;
  let first_col = group.y * COLS;
  let step_a = select(1u, params.rows, TRANSPOSE_A);
  let step_b = select(params.cols, 1u, TRANSPOSE_B);

  var at_a: array<u32, ROWS>;
  var at_b: array<u32, COLS>;
  var sums: array<array<f32, COLS>, ROWS>;
  for (var i = 0u; i < ROWS; i++) { // unroll
    at_a[i] = start_a(first_row + i * LANES);
  }
  for (var j = 0u; j < COLS; j++) { // unroll
    at_b[j] = start_b(first_col + j);
  }
  for (var k = 0u; k < params.inner; k++) {
    var left: array<f32, ROWS>;
    for (var i = 0u; i < ROWS; i++) { // unroll
      left[i] = a[at_a[i] + k * step_a];
    }
    for (var j = 0u; j < COLS; j++) { // unroll
      let right = b[at_b[j] + k * step_b];
      for (var i = 0u; i < ROWS; i++) { // unroll
        sums[i][j] += left[i] * right;
      }
    }
  }
  for (var i = 0u; i < ROWS; i++) { // unroll
    for (var j = 0u; j < COLS; j++) { // unroll
      store(first_row + i * LANES, first_col + j, sums[i][j]);
    }
  }
}
