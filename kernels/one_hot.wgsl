// A row a label, 1 at its class and 0 elsewhere.
//
//   y[i, k] = 1 if labels[i] = k, else 0
//
// Layouts: labels [rows]; y [rows, classes], written. One thread an element. A label that is no class has a
// row of zeros.

struct Params {
  rows: u32,
  classes: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> labels: array<i32>;
@group(0) @binding(2) var<storage, read_write> y: array<f32>;

@compute @workgroup_size(64)
fn main(
  @builtin(global_invocation_id) id: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
) {
  let index = id.y * groups.x * 64u + id.x;
  if (index >= params.rows * params.classes) {
    return;
  }
  let label = u32(labels[index / params.classes]);
  y[index] = select(0.0, 1.0, label == index % params.classes);
}
