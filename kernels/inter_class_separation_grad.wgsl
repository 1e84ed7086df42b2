// Gradient of the inter-class separation for the features.
//
//   grad_features[i, k] = grad_loss * scale * sum_j weights[i, j] * (features[i, k] - features[j, k])
//
// with scale = 4 / samples: 2 from the square, and 2 because each pair counts in both orders. Layouts: features,
// grad_features [samples, dim]; weights [samples, samples], what inter_class_separation.wgsl writes with GRADIENT;
// grad_loss [1]; grad_features is written. One thread a component.

struct Params {
  samples: u32,
  dim: u32,
  scale: f32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> features: array<f32>; // texture
@group(0) @binding(2) var<storage, read> weights: array<f32>; // texture
@group(0) @binding(3) var<storage, read> grad_loss: array<f32>;
@group(0) @binding(4) var<storage, read_write> grad_features: array<f32>;

@compute @workgroup_size(64)
fn main(
  @builtin(global_invocation_id) id: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
) {
  let index = id.y * groups.x * 64u + id.x;
  if (index >= params.samples * params.dim) {
    return;
  }
  let i = index / params.dim;
  let k = index % params.dim;
  let own = features[index];
  var sum = 0.0;
  for (var j = 0u; j < params.samples; j++) {
    sum += weights[i * params.samples + j] * (own - features[j * params.dim + k]);
  }
  grad_features[index] = grad_loss[0] * params.scale * sum;
}
