// Normalisation by given statistics, with scale, shift, and the ReLU that follows it.
//
//   y[r, c] = (x[r, c] - mean[c]) / std[c] * weight[c] + bias[c],   then max(y, 0) when RELU
//
// Layouts: x, y [rows, channels]; all others [channels]; y is written. One thread for
// CHUNK rows of one channel, so that what belongs to the channel is loaded once; neighbouring threads take neighbouring
// channels.
// Constants: RELU; TRAINING: `spread` holds 1 / std, else it holds the variance; CHUNK.

struct Params {
  rows: u32,
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
  let c = index % params.channels;
  let first = (index / params.channels) * CHUNK;
  if (first >= params.rows) {
    return;
  }
  let end = min(first + CHUNK, params.rows);
  let center = mean[c];
  let scale = select(1.0 / sqrt(spread[c] + params.eps), spread[c], TRAINING) * weight[c];
  let shift = bias[c];
  var at = first * params.channels + c;
  for (var r = first; r < end; r++) {
    let value = (x[at] - center) * scale + shift;
    y[at] = select(value, 0.0, RELU && value < 0.0);
    at += params.channels;
  }
}
