// The gradient of gather_rows: rows added up in the places they were read from.
//
//   grad_x[r, k] = sum over i with rows[i] = r of grad_y[i, k]
//
// Layouts: grad_y [count, width]; rows [count]; grad_x [table_rows, width], written. One thread an element of grad_x,
// which looks through all of `rows`: no atomics, so the same bits every time, at a cost of table_rows * count.
// A number outside of the table counts as its last row, as in gather_rows.wgsl.

struct Params {
  count: u32,
  width: u32,
  table_rows: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> grad_y: array<f32>;
@group(0) @binding(2) var<storage, read> rows: array<i32>;
@group(0) @binding(3) var<storage, read_write> grad_x: array<f32>;

@compute @workgroup_size(64)
fn main(
  @builtin(global_invocation_id) id: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
) {
  let index = id.y * groups.x * 64u + id.x;
  if (index >= params.table_rows * params.width) {
    return;
  }
  let row = index / params.width;
  let k = index % params.width;
  var sum = 0.0;
  for (var i = 0u; i < params.count; i++) {
    if (min(u32(rows[i]), params.table_rows - 1u) == row) {
      sum += grad_y[i * params.width + k];
    }
  }
  grad_x[index] = sum;
}
