// Normalisation by given statistics, with scale, shift, and the ReLU that follows it.
//
//   y[r, c] = (x[r, c] - mean[c]) / std[c] * weight[c] + bias[c],   then max(y, 0) when RELU
//
// Layouts: x, y [rows, channels]; all others [channels]; y is written. One thread an element.
// Constants: RELU; TRAINING: `spread` holds 1 / std, else it holds the variance.

struct Params {
  size: u32,
  channels: u32,
  eps: f32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<f32>;
@group(0) @binding(2) var<storage, read> weight: array<f32>;
@group(0) @binding(3) var<storage, read> bias: array<f32>;
@group(0) @binding(4) var<storage, read> mean: array<f32>;
@group(0) @binding(5) var<storage, read> spread: array<f32>;
@group(0) @binding(6) var<storage, read_write> y: array<f32>;

@compute @workgroup_size(64)
fn main(
  @builtin(global_invocation_id) id: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
) {
  let index = id.y * groups.x * 64u + id.x;
  if (index >= params.size) {
    return;
  }
  let c = index % params.channels;
  let inv_std = select(1.0 / sqrt(spread[c] + params.eps), spread[c], TRAINING);
  let value = (x[index] - mean[c]) * (inv_std * weight[c]) + bias[c];
  y[index] = select(value, 0.0, RELU && value < 0.0);
}
