// Joins the means and squared deviations of the parts, and moves the running statistics.
//
//   mean[c]         = mean over all rows
//   inv_std[c]      = 1 / sqrt(biased variance + eps)
//   running_mean[c] = (1 - momentum) * running_mean[c] + momentum * mean[c]
//   running_var[c]  = (1 - momentum) * running_var[c] + momentum * unbiased variance
//
// Parts are joined one after the other by Chan, Golub and LeVeque's rule (1979): with d = mean_b - mean_a,
// mean = mean_a + d n_b / n and deviation = deviation_a + deviation_b + d^2 n_a n_b / n.
// Layouts: means, deviations [parts, channels]; all others [channels]; mean and inv_std are written, the running ones
// updated. rows are two at least. One thread a channel.
// uses numbers.wgsl

struct Params {
  rows: u32,
  channels: u32,
  parts: u32,
  part_rows: u32, // of a part; the last one may have fewer
  eps: f32,
  momentum: f32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> means: array<f32>;
@group(0) @binding(2) var<storage, read> deviations: array<f32>;
@group(0) @binding(3) var<storage, read_write> running_mean: array<f32>;
@group(0) @binding(4) var<storage, read_write> running_var: array<f32>;
@group(0) @binding(5) var<storage, read_write> mean: array<f32>;
@group(0) @binding(6) var<storage, read_write> inv_std: array<f32>;

@compute @workgroup_size(64)
fn main(
  @builtin(global_invocation_id) id: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
) {
  let index = id.y * groups.x * 64u + id.x;
  if (index >= params.channels) {
    return;
  }
  var count = f32(min(params.part_rows, params.rows));
  var joint = means[index];
  var deviation = deviations[index];
  for (var p = 1u; p < params.parts; p++) {
    let first = p * params.part_rows;
    let n = f32(min(first + params.part_rows, params.rows) - first);
    let total = count + n;
    let d = means[p * params.channels + index] - joint;
    joint += d * n / total;
    deviation += deviations[p * params.channels + index] + d * d * count * n / total;
    count = total;
  }
  mean[index] = joint;
  inv_std[index] = 1.0 / safe_sqrt(deviation / count + params.eps);
  let m = params.momentum;
  running_mean[index] = (1.0 - m) * running_mean[index] + m * joint;
  running_var[index] = (1.0 - m) * running_var[index] + m * deviation / (count - 1.0);
}
