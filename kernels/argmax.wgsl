// The place of the largest (or smallest) element of each row; among equals the first. A NaN wins, in argmax
// and in argmin; of several, the first.
//
//   places[r] = argmax_c x[r, c]     (argmin when MINIMUM)
//
// Layouts: x [rows, cols]; places [rows], written. One thread a row; or, TOGETHER, a
// workgroup, each of its threads every 64th column.
// Constants: MINIMUM, TOGETHER.
// uses numbers.wgsl

struct Params {
  rows: u32,
  cols: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<f32>;
@group(0) @binding(2) var<storage, read_write> places: array<i32>;

var<workgroup> bests: array<f32, 64>;
var<workgroup> found: array<u32, 64>;

// Whether a value comes before the best one; a NaN before all but another.
fn better(value: f32, best: f32) -> bool {
  return !is_nan(best) && (is_nan(value) || select(value > best, value < best, MINIMUM));
}

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(local_invocation_index) lane: u32,
  @builtin(num_workgroups) groups: vec3<u32>,
) {
  let workgroup = group.y * groups.x + group.x;
  let index = select(workgroup * 64u + lane, workgroup, TOGETHER);
  let inside = index < params.rows;
  let row = index * params.cols;
  let first = select(0u, lane, TOGETHER);
  let step = select(1u, 64u, TOGETHER);
  let end = select(0u, params.cols, inside);
  var best = x[row + first];
  var place = first;
  for (var c = first + step; c < end; c += step) {
    let value = x[row + c];
    if (better(value, best)) {
      best = value;
      place = c;
    }
  }
  if (TOGETHER) {
    bests[lane] = best;
    found[lane] = place;
    workgroupBarrier();
    for (var l = 0u; l < 64u; l++) {
      let equal = !better(best, bests[l]) && !better(bests[l], best);
      if (better(bests[l], best) || (equal && found[l] < place)) {
        best = bests[l];
        place = found[l];
      }
    }
  }
  if (inside && (lane == 0u || !TOGETHER)) {
    places[index] = i32(place);
  }
}
