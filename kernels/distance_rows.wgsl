// Squared Euclidean distances of some rows of a table to all of its rows.
//
//   distances[i, j] = |table[first + i] - table[j]|^2
//
// The differences are taken directly: |x|^2 - 2 x.y + |y|^2 would cancel for close rows. Layouts: table [rows, dim], dim in
// groups of four, padded with zeros; distances [count, rows], rows in groups of four, written; columns beyond the
// last row of the table mean nothing. A thread takes QUERIES rows and compares them with four; its neighbours take
// the next four, so that all of them load the same queries. Constant: QUERIES.

struct Params {
  first: u32,
  count: u32,
  dim4: u32,
  rows4: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> table: array<vec4<f32>>; // texture
@group(0) @binding(2) var<storage, read_write> distances: array<vec4<f32>>;

@compute @workgroup_size(64)
fn main(
  @builtin(global_invocation_id) id: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
) {
  let index = id.y * groups.x * 64u + id.x;
  let column = index % params.rows4;
  let row = index / params.rows4 * QUERIES;
  if (row >= params.count) {
    return;
  }
  var sums = array<vec4<f32>, QUERIES>();
  for (var e = 0u; e < params.dim4; e++) {
    var theirs: array<vec4<f32>, 4>;
    for (var r = 0u; r < 4u; r++) { // unroll
      theirs[r] = table[(4u * column + r) * params.dim4 + e];
    }
    for (var q = 0u; q < QUERIES; q++) { // unroll
      let own = table[(params.first + row + q) * params.dim4 + e];
      let a = own - theirs[0];
      let b = own - theirs[1];
      let c = own - theirs[2];
      let d = own - theirs[3];
      sums[q] += vec4<f32>(dot(a, a), dot(b, b), dot(c, c), dot(d, d));
    }
  }
  for (var q = 0u; q < QUERIES; q++) { // unroll
    if (row + q < params.count) {
      distances[(row + q) * params.rows4 + column] = sums[q];
    }
  }
}
