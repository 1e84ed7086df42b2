// Adam (Kingma and Ba 2015), in PyTorch's form, and AdamW (Loshchilov and Hutter 2019), whose decay goes past the moments.
//
//   g = grad + weight_decay * parameter
//   m = beta1 * m + (1 - beta1) * g
//   v = beta2 * v + (1 - beta2) * g^2
//   parameter = (1 - lr * decay) * parameter - lr * (m / (1 - beta1^t)) / (sqrt(v / (1 - beta2^t)) + eps)
//
// with t = steps[0] + 1: the number of this step, counted on the GPU so that a replayed step knows it. Adam has no decay,
// AdamW no weight_decay. 1 - beta and log(beta) are settings of their own, because 1 - beta would cancel: float32 knows
// 1 - 0.999 to four digits only. Buffers, in vec4: parameter, mean (m), square (v) [size], updated; grad [size]; settings
// in a buffer because the rate changes between replays; steps [1]. Each workgroup takes span neighbours, each of its
// threads every 64th.
// uses numbers.wgsl

struct Params {
  size: u32,
  span: u32,
}

struct Settings {
  lr: f32,
  beta1: f32,
  beta2: f32,
  eps: f32,
  weight_decay: f32,
  decay: f32,
  rest1: f32, // 1 - beta1
  rest2: f32,
  log_beta1: f32,
  log_beta2: f32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> grad: array<vec4<f32>>; // texture
@group(0) @binding(2) var<storage, read> settings: Settings;
@group(0) @binding(3) var<storage, read> steps: array<u32>;
@group(0) @binding(4) var<storage, read_write> parameter: array<vec4<f32>>; // texture
@group(0) @binding(5) var<storage, read_write> mean: array<vec4<f32>>; // texture
@group(0) @binding(6) var<storage, read_write> square: array<vec4<f32>>; // texture

// 1 - e^x for x <= 0; near 0 by its series, where 1 - e^x would cancel.
fn one_minus_exp(x: f32) -> f32 {
  let near = -x * (1.0 + x / 2.0 * (1.0 + x / 3.0 * (1.0 + x / 4.0 * (1.0 + x / 5.0))));
  return select(1.0 - safe_exp(x), near, x > -0.125);
}

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(local_invocation_index) lane: u32,
  @builtin(num_workgroups) groups: vec3<u32>,
) {
  let t = f32(steps[0] + 1u);
  let correction1 = one_minus_exp(t * settings.log_beta1);
  let correction2 = one_minus_exp(t * settings.log_beta2);
  let first = (group.y * groups.x + group.x) * params.span;
  let end = min(first + params.span, params.size);
  for (var index = first + lane; index < end; index += 64u) {
    let p = parameter[index];
    let g = grad[index] + settings.weight_decay * p;
    let m = settings.beta1 * mean[index] + settings.rest1 * g;
    let v = settings.beta2 * square[index] + settings.rest2 * g * g;
    mean[index] = m;
    square[index] = v;
    let unbiased_m = m / correction1;
    let u = v / correction2;
    let root = vec4(safe_sqrt(u.x), safe_sqrt(u.y), safe_sqrt(u.z), safe_sqrt(u.w));
    let kept = (1.0 - settings.lr * settings.decay) * p;
    parameter[index] = kept - settings.lr * unbiased_m / (root + settings.eps);
  }
}
