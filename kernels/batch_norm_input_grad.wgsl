// Gradient of batch norm with respect to its input (Ioffe and Szegedy 2015, section 3).
//
//   grad_x[r, c] = weight[c] / std[c] * (g - mean_r(g) - n * mean_r(g * n)),   n = (x[r, c] - mean[c]) / std[c]
//
// with g = grad_y[r, c], or 0 where the ReLU was off when RELU; in evaluation the two means are left out, because the
// statistics do not depend on x. Layouts: x, grad_y, grad_x [rows, channels]; weight, bias, mean, spread [channels];
// sums [2, stride], the joined output of batch_norm_sums.wgsl; grad_x is written. One thread for CHUNK rows of
// one channel, as in batch_norm.wgsl.
// Constants: RELU; TRAINING; CHUNK.

struct Params {
  rows: u32,
  channels: u32,
  stride: u32,
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
  let c = index % params.channels;
  let first = (index / params.channels) * CHUNK;
  if (first >= params.rows) {
    return;
  }
  let end = min(first + CHUNK, params.rows);
  let center = mean[c];
  let inv_std = select(1.0 / sqrt(spread[c] + params.eps), spread[c], TRAINING);
  let scale = weight[c];
  let shift = bias[c];
  let mean_grad = select(0.0, sums[c] / f32(params.rows), TRAINING);
  let mean_product = select(0.0, sums[params.stride + c] / f32(params.rows), TRAINING);
  var at = first * params.channels + c;
  for (var r = first; r < end; r++) {
    let normalized = (x[at] - center) * inv_std;
    let off = RELU && !(normalized * scale + shift > 0.0);
    let g = select(grad_y[at], 0.0, off);
    grad_x[at] = scale * inv_std * (g - mean_grad - normalized * mean_product);
    at += params.channels;
  }
}
