// One value everywhere.
//
//   y[i] = value
//
// Buffer: y [size], in Elements of one number or four, written. One thread an Element.
// Constant: Element.

struct Params {
  size: u32,
  value: f32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read_write> y: array<Element>;

@compute @workgroup_size(64)
fn main(
  @builtin(global_invocation_id) id: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
) {
  let i = id.y * groups.x * 64u + id.x;
  if (i < params.size) {
    y[i] = Element(params.value);
  }
}
