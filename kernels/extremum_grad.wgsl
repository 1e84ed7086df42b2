// Gradient of the largest or smallest element along the middle axis: all of it goes to the element that was taken.
//
//   grad_x[o, r, i] = grad_y[o, p, i] if winner[o, p, i] = r, else 0        with p = r / part_length
//
// Layouts as in extremum.wgsl: grad_x [outer, length, inner], written; winner and grad_y [outer, parts, inner]. One thread
// an element.

struct Params {
  outer: u32,
  length: u32,
  inner: u32,
  parts: u32,
  part_length: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> winner: array<u32>;
@group(0) @binding(2) var<storage, read> grad_y: array<f32>;
@group(0) @binding(3) var<storage, read_write> grad_x: array<f32>;

@compute @workgroup_size(64)
fn main(
  @builtin(global_invocation_id) id: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
) {
  let index = id.y * groups.x * 64u + id.x;
  if (index >= params.outer * params.length * params.inner) {
    return;
  }
  let i = index % params.inner;
  let r = (index / params.inner) % params.length;
  let o = index / (params.inner * params.length);
  let at = (o * params.parts + r / params.part_length) * params.inner + i;
  grad_x[index] = select(0.0, grad_y[at], winner[at] == r);
}
