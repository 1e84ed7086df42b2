// Gradient of batch norm with respect to its input (Ioffe and Szegedy 2015, section 3).
//
//   grad_x[r, c] = weight[c] / std[c] * (g - mean_r(g) - n * mean_r(g * n)),   n = (x[r, c] - mean[c]) / std[c]
//
// with g = grad_y[r, c], or 0 where the ReLU was off when RELU; in evaluation the two means are left out, because the
// statistics do not depend on x. Layouts: x, grad_y, grad_x [rows, channels]; weight, bias, mean, spread [channels];
// sums [2, stride], the joined output of batch_norm_sums.wgsl; grad_x is written. One thread an element.
// Constants: RELU; TRAINING.

struct Params {
  size: u32,
  channels: u32,
  stride: u32,
  rows: f32,
  eps: f32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<f32>;
@group(0) @binding(2) var<storage, read> weight: array<f32>;
@group(0) @binding(3) var<storage, read> bias: array<f32>;
@group(0) @binding(4) var<storage, read> mean: array<f32>;
@group(0) @binding(5) var<storage, read> spread: array<f32>;
@group(0) @binding(6) var<storage, read> grad_y: array<f32>;
@group(0) @binding(7) var<storage, read> sums: array<f32>;
@group(0) @binding(8) var<storage, read_write> grad_x: array<f32>;

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
  let normalized = (x[index] - mean[c]) * inv_std;
  let off = RELU && !(normalized * weight[c] + bias[c] > 0.0);
  let g = select(grad_y[index], 0.0, off);
  let through_statistics = (sums[c] + normalized * sums[params.stride + c]) / params.rows;
  grad_x[index] = weight[c] * inv_std * (g - select(0.0, through_statistics, TRAINING));
}
