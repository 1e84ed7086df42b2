// Adam (Kingma and Ba 2015), in PyTorch's form.
//
//   g = grad + weight_decay * parameter
//   m = beta1 * m + (1 - beta1) * g
//   v = beta2 * v + (1 - beta2) * g^2
//   parameter = parameter - lr * (m / (1 - beta1^t)) / (sqrt(v / (1 - beta2^t)) + eps)
//
// with t = steps[0] + 1: the number of this step, counted on the GPU so that a replayed step knows it.
// Buffers: parameter, mean (m), square (v) [size], updated; grad [size]; settings in a buffer because the rate changes
// between replays; steps [1]. One thread an element.

struct Params {
  size: u32,
}

struct Settings {
  lr: f32,
  beta1: f32,
  beta2: f32,
  eps: f32,
  weight_decay: f32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> grad: array<f32>;
@group(0) @binding(2) var<storage, read> settings: Settings;
@group(0) @binding(3) var<storage, read> steps: array<u32>;
@group(0) @binding(4) var<storage, read_write> parameter: array<f32>;
@group(0) @binding(5) var<storage, read_write> mean: array<f32>;
@group(0) @binding(6) var<storage, read_write> square: array<f32>;

@compute @workgroup_size(64)
fn main(
  @builtin(global_invocation_id) id: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
) {
  let index = id.y * groups.x * 64u + id.x;
  if (index >= params.size) {
    return;
  }
  let t = f32(steps[0] + 1u);
  let p = parameter[index];
  let g = grad[index] + settings.weight_decay * p;
  let m = settings.beta1 * mean[index] + (1.0 - settings.beta1) * g;
  let v = settings.beta2 * square[index] + (1.0 - settings.beta2) * g * g;
  mean[index] = m;
  square[index] = v;
  let unbiased_m = m / (1.0 - pow(settings.beta1, t));
  let unbiased_v = v / (1.0 - pow(settings.beta2, t));
  parameter[index] = p - settings.lr * unbiased_m / (sqrt(unbiased_v) + settings.eps);
}
