// The place of the largest (or smallest) element of each row; among equals the first. A NaN counts as larger and as
// smaller than all numbers.
//
//   places[r] = argmax_c x[r, c]     (argmin when MINIMUM)
//
// Layouts: x [rows, cols]; places [rows], written. One thread a row.
// Constant: MINIMUM.
// uses numbers.wgsl

struct Params {
  rows: u32,
  cols: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<f32>;
@group(0) @binding(2) var<storage, read_write> places: array<i32>;

@compute @workgroup_size(64)
fn main(
  @builtin(global_invocation_id) id: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
) {
  let index = id.y * groups.x * 64u + id.x;
  if (index >= params.rows) {
    return;
  }
  let row = index * params.cols;
  var best = x[row];
  var place = 0u;
  for (var c = 1u; c < params.cols; c++) {
    let value = x[row + c];
    let better = select(value > best, value < best, MINIMUM) || is_nan(value);
    if (better && !is_nan(best)) {
      best = value;
      place = c;
    }
  }
  places[index] = i32(place);
}
