// The k rows of a table that are nearest to each query, a part of the table at a time.
//
//   rows[i, :], distances[i, :] = the k smallest |query[i] - table[j]|^2 over all rows j so far, ascending
//
// A dispatch compares the rows begin..end - 1 of a part, which begins at row part_first of the table. Rows come in order,
// so min(k, part_first + begin) places of a query are filled before. Of equal distances the row that came first stays in
// front. The difference is taken directly: |x|^2 - 2 x.y + |y|^2 would cancel for close rows.
//
// Layouts: query [queries, dim] and part [part_rows, dim], dim in groups of four, padded with zeros; distances, rows
// [queries, k], read and written. One thread takes QUERIES queries and compares them with ROWS rows at once. A row enters
// the list by insertion: seldom, about k log(table / k) times.
// Constants: QUERIES, ROWS.

struct Params {
  queries: u32,
  dim4: u32,
  k: u32,
  part_first: u32,
  begin: u32,
  end: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> query: array<vec4<f32>>; // texture
@group(0) @binding(2) var<storage, read> part: array<vec4<f32>>; // texture
@group(0) @binding(3) var<storage, read_write> distances: array<f32>;
@group(0) @binding(4) var<storage, read_write> rows: array<i32>;

// Puts a row into a query's list. Returns its last distance, the largest once the list is full.
fn insert(index: u32, row: u32, distance: f32) -> f32 {
  let list = index * params.k;
  var place = min(row, params.k - 1u);
  while (place > 0u && distances[list + place - 1u] > distance) {
    distances[list + place] = distances[list + place - 1u];
    rows[list + place] = rows[list + place - 1u];
    place--;
  }
  distances[list + place] = distance;
  rows[list + place] = i32(row);
  return distances[list + params.k - 1u];
}

@compute @workgroup_size(64)
fn main(
  @builtin(global_invocation_id) id: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
) {
  let first = (id.y * groups.x * 64u + id.x) * QUERIES;
  if (first >= params.queries) {
    return;
  }
  var farthest: array<f32, QUERIES>;
  for (var q = 0u; q < QUERIES; q++) { // unroll
    farthest[q] = distances[min(first + q, params.queries - 1u) * params.k + params.k - 1u];
  }
  for (var start = params.begin; start < params.end; start += ROWS) {
    var sums = array<array<f32, ROWS>, QUERIES>();
    for (var e = 0u; e < params.dim4; e++) {
      var theirs: array<vec4<f32>, ROWS>;
      for (var r = 0u; r < ROWS; r++) { // unroll
        theirs[r] = part[(start + r) * params.dim4 + e];
      }
      for (var q = 0u; q < QUERIES; q++) { // unroll
        let own = query[(first + q) * params.dim4 + e];
        for (var r = 0u; r < ROWS; r++) { // unroll
          let difference = own - theirs[r];
          sums[q][r] += dot(difference, difference);
        }
      }
    }
    for (var q = 0u; q < QUERIES; q++) { // unroll
      for (var r = 0u; r < ROWS; r++) { // unroll
        let row = params.part_first + start + r;
        if (sums[q][r] < farthest[q] || row < params.k) {
          if (start + r < params.end && first + q < params.queries) {
            farthest[q] = insert(first + q, row, sums[q][r]);
          }
        }
      }
    }
  }
}
