// The pull of the center repulsion towards the centers, a sample at a time, and its gradient for the features
// (mo-vic/standalone-center-loss's alternative).
//
//   e_i                 = alpha * |features[i] - centers[labels[i]]|^2
//   losses[i]           = scale * exp(min(e_i, bound))                                                    (forward)
//   clamped[i]          = 1 where e_i > bound, else 0                                                     (forward)
//   grad_features[i, k] = grad_loss * scale * 2 * alpha * exp(min(e_i, bound)) * r_i
//                         * (features[i, k] - centers[labels[i], k])                                      (GRADIENT)
//
// with r_i = sqrt(bound / e_i) where e_i > bound, else 1: a clamped sample has the value and the gradient of the point on
// its way to the center whose exponent is the bound. A NaN is not clamped. The pull is the sum of `losses`; `scale` holds
// its 1/m, so that the sum stays as finite as its parts. Layouts: features [samples, dim]; centers [classes, dim]; labels
// [samples]; grad_loss [1]; result: losses [samples], or grad_features [samples, dim]; clamped [samples]; both written,
// clamped by the forward pass alone. One thread a sample.
// Constant: GRADIENT.
// uses numbers.wgsl

struct Params {
  samples: u32,
  dim: u32,
  classes: u32,
  scale: f32,
  alpha: f32,
  bound: f32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> features: array<f32>;
@group(0) @binding(2) var<storage, read> centers: array<f32>;
@group(0) @binding(3) var<storage, read> labels: array<i32>;
@group(0) @binding(4) var<storage, read> grad_loss: array<f32>;
@group(0) @binding(5) var<storage, read_write> result: array<f32>;
@group(0) @binding(6) var<storage, read_write> clamped: array<f32>;

@compute @workgroup_size(64)
fn main(
  @builtin(global_invocation_id) id: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
) {
  let index = id.y * groups.x * 64u + id.x;
  if (index >= params.samples) {
    return;
  }
  let row = index * params.dim;
  let center = min(u32(labels[index]), params.classes - 1u) * params.dim; // of a label that is no class, any
  var distance = 0.0;
  for (var k = 0u; k < params.dim; k++) {
    let d = features[row + k] - centers[center + k];
    distance += d * d;
  }
  let exponent = params.alpha * distance;
  let beyond = exponent > params.bound && !is_nan(exponent);
  let pull = params.scale * safe_exp(select(exponent, params.bound, beyond));
  if (!GRADIENT) {
    result[index] = pull;
    clamped[index] = select(0.0, 1.0, beyond);
    return;
  }
  let reach = select(1.0, sqrt(params.bound / exponent), beyond);
  let factor = grad_loss[0] * 2.0 * params.alpha * pull * reach;
  for (var k = 0u; k < params.dim; k++) {
    result[row + k] = factor * (features[row + k] - centers[center + k]);
  }
}
