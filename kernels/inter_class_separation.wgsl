// How far the samples of different classes lie apart, a pair at a time (mo-vic/standalone-center-loss).
//
//   pairs[i, j] = log(shift + |features[i] - features[j]|^2)           where labels[i] != labels[j], else 0   (forward)
//   pairs[i, j] = 1 / (shift + |features[i] - features[j]|^2)          where labels[i] != labels[j], else 0   (GRADIENT)
//
// and, TRUNCATED, min(|features[i] - features[j]|^2, margin), or 1 up to the margin and 0 beyond (GRADIENT). The separation
// is the sum of the pairs over the number of samples; what GRADIENT writes are the weights that
// inter_class_separation_grad.wgsl gives the differences. shift is 1, or 0 for the bare logarithm (-inf and infinity then
// where two points coincide) and for the margin. Layouts: features [samples, dim]; labels [samples]; pairs
// [samples, samples], written. One thread a pair.
// Constants: GRADIENT, TRUNCATED.
// uses numbers.wgsl

struct Params {
  samples: u32,
  dim: u32,
  shift: f32,
  margin: f32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> features: array<f32>; // texture
@group(0) @binding(2) var<storage, read> labels: array<i32>; // texture
@group(0) @binding(3) var<storage, read_write> pairs: array<f32>;

@compute @workgroup_size(64)
fn main(
  @builtin(global_invocation_id) id: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
) {
  let index = id.y * groups.x * 64u + id.x;
  if (index >= params.samples * params.samples) {
    return;
  }
  let i = index / params.samples;
  let j = index % params.samples;
  var pair = 0.0;
  if (labels[i] != labels[j]) {
    var sum = params.shift;
    for (var k = 0u; k < params.dim; k++) {
      let d = features[i * params.dim + k] - features[j * params.dim + k];
      sum += d * d;
    }
    if (TRUNCATED) {
      let weight = or_nan(select(0.0, 1.0, sum <= params.margin), sum);
      pair = select(smaller(sum, params.margin), weight, GRADIENT);
    } else if (GRADIENT) {
      pair = or_bits(1.0 / sum, INFINITY, sum == 0.0);
    } else {
      pair = safe_log(sum);
    }
  }
  pairs[index] = pair;
}
