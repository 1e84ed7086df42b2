// Writes a step's values into their place of an epoch's history.
//
//   history[place + r, column + k] = values[r, k],   place = the cursor's position (BY_SAMPLE) or step
//
// Layouts: values [rows, width]; history [capacity, stride], of which only the named columns are written; cursor as in
// batch_images.wgsl. What would lie past the end is dropped. One thread an element of values.
// Constant: BY_SAMPLE.

struct Params {
  rows: u32,
  width: u32,
  stride: u32,
  column: u32,
  capacity: u32,
}

struct Cursor {
  position: u32,
  step: u32,
  epoch: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> cursor: Cursor;
@group(0) @binding(2) var<storage, read> values: array<f32>;
@group(0) @binding(3) var<storage, read_write> history: array<f32>;

@compute @workgroup_size(64)
fn main(
  @builtin(global_invocation_id) id: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
) {
  let index = id.y * groups.x * 64u + id.x;
  let row = select(cursor.step, cursor.position, BY_SAMPLE) + index / params.width;
  if (index >= params.rows * params.width || row >= params.capacity) {
    return;
  }
  history[row * params.stride + params.column + index % params.width] = values[index];
}
