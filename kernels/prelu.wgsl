// PReLU (He et al. 2015): one learned slope for negative inputs, or one a channel.
//
//   y[r, c] = x[r, c] if x[r, c] > 0, else weight[c] * x[r, c]        (weight[0] for all when SHARED)
//
// Layouts: x, y [rows, channels]; weight [channels], or [1] when SHARED; y is written. One thread an element.
// Constant: SHARED.

struct Params {
  size: u32,
  channels: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<f32>;
@group(0) @binding(2) var<storage, read> weight: array<f32>;
@group(0) @binding(3) var<storage, read_write> y: array<f32>;

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
  y[index] = select(v, weight[c] * v, v < 0.0);
}
