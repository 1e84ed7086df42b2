// Center loss (Wen et al., ECCV 2016, Eq. 2), a sample at a time, and its gradient for the features.
//
//   losses[i]           = w_i * |features[i] - centers[labels[i]]|^2                              (forward)
//   grad_features[i, k] = grad_loss * 2 * w_i * (features[i, k] - centers[labels[i], k])          (GRADIENT)
//
// with w_i = scale, or scale / (added + n) when COUNTED, where n is the number of samples in the batch with the label of
// i. The loss is the sum of `losses`. With m the batch size, the rules are
//
//   AUTOGRAD            scale 1/m
//   PAPER, PAPER_BATCH  scale 1/(2m)
//   PLAIN               scale 1/(2m)
//   BALANCED            scale 1/(2m), COUNTED, added 0
//   JX_2018             scale 1/2, COUNTED, added 1
//
// Layouts: features [samples, dim]; centers [classes, dim]; labels [samples]; grad_loss [1]; result: losses [samples],
// or grad_features [samples, dim]; written. One thread a sample. Constants: GRADIENT, COUNTED.

struct Params {
  samples: u32,
  dim: u32,
  classes: u32,
  scale: f32,
  added: f32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> features: array<f32>;
@group(0) @binding(2) var<storage, read> centers: array<f32>;
@group(0) @binding(3) var<storage, read> labels: array<i32>;
@group(0) @binding(4) var<storage, read> grad_loss: array<f32>;
@group(0) @binding(5) var<storage, read_write> result: array<f32>;

@compute @workgroup_size(64)
fn main(
  @builtin(global_invocation_id) id: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
) {
  let index = id.y * groups.x * 64u + id.x;
  if (index >= params.samples) {
    return;
  }
  let label = labels[index];
  var weight = params.scale;
  if (COUNTED) {
    var count = params.added;
    for (var i = 0u; i < params.samples; i++) {
      count += select(0.0, 1.0, labels[i] == label);
    }
    weight /= count;
  }
  let row = index * params.dim;
  let center = min(u32(label), params.classes - 1u) * params.dim; // of a label that is no class, any
  var distance = 0.0;
  for (var k = 0u; k < params.dim; k++) {
    let d = features[row + k] - centers[center + k];
    distance += d * d;
    if (GRADIENT) {
      result[row + k] = grad_loss[0] * 2.0 * weight * d;
    }
  }
  if (!GRADIENT) {
    result[index] = weight * distance;
  }
}
