// Matrix product with optional transposes, for adapters whose workgroup is one subgroup (llvmpipe).
//
//   product[r, c] = sum_k A[r, k] * B[k, c]
//
// Layouts, row-major in groups of four:
//   a        [rows, inner4], or [4*inner4, rows4] when TRANSPOSE_A
//   b        [4*inner4, cols4], or [4*cols4, inner4] when TRANSPOSE_B
//   product  [rows, cols4], written
//
// A thread owns ROWS neighbouring rows and COLS groups of columns. A step takes four values of k: ROWS vectors of A, the
// lane's own, and COLS matrices of 4 x 4 values of B that all lanes share: each lane loads every LANES-th of their
// columns, and all read them back by broadcast.
//
// Constants: ROWS (a multiple of four), COLS, LANES (the workgroup and the subgroup), SHARED = ceil(4 * COLS / LANES),
// QUARTER = ROWS / 4, TRANSPOSE_A, TRANSPOSE_B.

struct Params {
  rows: u32,
  rows4: u32,
  cols4: u32,
  inner4: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> a: array<vec4<f32>>; // texture
@group(0) @binding(2) var<storage, read> b: array<vec4<f32>>; // texture
@group(0) @binding(3) var<storage, read_write> product: array<vec4<f32>>;

@compute @workgroup_size(LANES)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) lane: u32) {
  let first_row = (group.x * LANES + lane) * ROWS;
  let first_col = group.y * COLS;

  // Rows and columns past the edge read the last one instead; what they compute is dropped.
  var at_a: array<u32, ROWS>;
  for (var i = 0u; i < ROWS; i++) { // unroll
    at_a[i] = min(first_row + i, params.rows - 1u) * params.inner4;
  }
  var at_rows: array<u32, QUARTER>;
  for (var i = 0u; i < QUARTER; i++) { // unroll
    at_rows[i] = min(first_row / 4u + i, params.rows4 - 1u);
  }
  var share: array<u32, SHARED>; // where this lane's columns of the matrices of B lie
  for (var s = 0u; s < SHARED; s++) { // unroll
    let t = min(lane + s * LANES, 4u * COLS - 1u);
    let col = min(first_col + t / 4u, params.cols4 - 1u);
    share[s] = select(t % 4u * params.cols4 + col, (4u * col + t % 4u) * params.inner4, TRANSPOSE_B);
  }
  let step_b = select(4u * params.cols4, 1u, TRANSPOSE_B);

  var sums: array<array<vec4<f32>, COLS>, ROWS>;
  for (var k = 0u; k < params.inner4; k++) {
    var left: array<vec4<f32>, ROWS>;
    var own: array<vec4<f32>, SHARED>;
    if (TRANSPOSE_A) {
      for (var i = 0u; i < QUARTER; i++) { // unroll
        var block: mat4x4<f32>;
        for (var q = 0u; q < 4u; q++) { // unroll
          block[q] = a[(4u * k + q) * params.rows4 + at_rows[i]];
        }
        block = transpose(block);
        for (var q = 0u; q < 4u; q++) { // unroll
          left[4u * i + q] = block[q];
        }
      }
    } else {
      for (var i = 0u; i < ROWS; i++) { // unroll
        left[i] = a[at_a[i] + k];
      }
    }
    for (var s = 0u; s < SHARED; s++) { // unroll
      own[s] = b[share[s] + k * step_b];
    }
    for (var j = 0u; j < COLS; j++) { // unroll
      var matrix: mat4x4<f32>; // a column for each k, or when TRANSPOSE_B a column for each c
      for (var q = 0u; q < 4u; q++) { // unroll
        matrix[q] = subgroupBroadcast(own[(4u * j + q) / LANES], (4u * j + q) % LANES);
      }
      if (TRANSPOSE_B) {
        matrix = transpose(matrix);
      }
      for (var i = 0u; i < ROWS; i++) { // unroll
        sums[i][j] += matrix * left[i];
      }
    }
  }
  for (var i = 0u; i < ROWS; i++) { // unroll
    for (var j = 0u; j < COLS; j++) { // unroll
      if (first_row + i < params.rows && first_col + j < params.cols4) {
        product[(first_row + i) * params.cols4 + first_col + j] = sums[i][j];
      }
    }
  }
}
