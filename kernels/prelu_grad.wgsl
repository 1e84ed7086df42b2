// Gradient of PReLU with respect to its input, and the terms of the gradient of its slope.
//
//   grad_x[r, c]  = grad_y[r, c] * (1 if x[r, c] > 0, else weight[c])
//   slope_terms[r, c] = grad_y[r, c] * min(x[r, c], 0)      whose sum over r (and c when SHARED) is grad_weight
//
// Layouts: x, grad_y, grad_x, slope_terms [rows, channels]; weight [channels], or [1] when SHARED; the last two are
// written. One thread an element.
// Constant: SHARED.

struct Params {
  size: u32,
  channels: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<f32>;
@group(0) @binding(2) var<storage, read> weight: array<f32>;
@group(0) @binding(3) var<storage, read> grad_y: array<f32>;
@group(0) @binding(4) var<storage, read_write> grad_x: array<f32>;
@group(0) @binding(5) var<storage, read_write> slope_terms: array<f32>;

@compute @workgroup_size(64)
fn main(
  @builtin(global_invocation_id) id: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
) {
  let index = id.y * groups.x * 64u + id.x;
  if (index >= params.size) {
    return;
  }
  let c = select(index % params.channels, 0u, SHARED);
  let v = x[index];
  let g = grad_y[index];
  grad_x[index] = g * select(weight[c], 1.0, v > 0.0);
  slope_terms[index] = g * select(0.0, v, v < 0.0);
}
