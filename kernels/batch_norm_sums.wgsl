// The two sums that the backward pass of batch norm needs, in parts.
//
//   sums[p, 0, c] = sum over the rows r of part p of grad_y[r, c]                    (the gradient of bias)
//   sums[p, 1, c] = sum over the same rows of grad_y[r, c] * (x[r, c] - mean[c]) / std[c]   (that of weight)
//
// with grad_y taken as 0 where the ReLU was off, when RELU. Layouts: x, grad_y [rows, channels]; weight, bias, mean,
// spread [channels]; sums [parts, 2, stride], written (stride >= channels). One thread a (part, channel).
// Constants: RELU; TRAINING as in batch_norm.wgsl.

struct Params {
  rows: u32,
  channels: u32,
  parts: u32,
  part_rows: u32,
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
@group(0) @binding(7) var<storage, read_write> sums: array<f32>;

@compute @workgroup_size(64)
fn main(
  @builtin(global_invocation_id) id: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
) {
  let index = id.y * groups.x * 64u + id.x;
  if (index >= params.parts * params.channels) {
    return;
  }
  let c = index % params.channels;
  let part = index / params.channels;
  let first = part * params.part_rows;
  let end = min(first + params.part_rows, params.rows);
  let inv_std = select(1.0 / sqrt(spread[c] + params.eps), spread[c], TRAINING);
  let center = mean[c];
  let scale = weight[c];
  let shift = bias[c];
  var at = first * params.channels + c;
  var sum = 0.0;
  var product = 0.0;
  for (var r = first; r < end; r++) {
    let normalized = (x[at] - center) * inv_std;
    let off = RELU && !(normalized * scale + shift > 0.0);
    let g = select(grad_y[at], 0.0, off);
    sum += g;
    product += g * normalized;
    at += params.channels;
  }
  sums[2u * part * params.stride + c] = sum;
  sums[(2u * part + 1u) * params.stride + c] = product;
}
