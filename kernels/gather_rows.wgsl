// Rows of a table by their numbers.
//
//   y[i, k] = x[rows[i], k]
//
// Layouts: x [table_rows, width]; rows [count]; y [count, width], written. One thread an element.
// Constant: Element, the type of one.
// A number outside of the table reads its last row.

struct Params {
  count: u32,
  width: u32,
  table_rows: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<Element>;
@group(0) @binding(2) var<storage, read> rows: array<i32>;
@group(0) @binding(3) var<storage, read_write> y: array<Element>;

@compute @workgroup_size(64)
fn main(
  @builtin(global_invocation_id) id: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
) {
  let index = id.y * groups.x * 64u + id.x;
  if (index >= params.count * params.width) {
    return;
  }
  let row = min(u32(rows[index / params.width]), params.table_rows - 1u);
  y[index] = x[row * params.width + index % params.width];
}
