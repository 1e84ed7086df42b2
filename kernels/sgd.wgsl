// Stochastic gradient descent with momentum and weight decay, in PyTorch's form.
//
//   g = grad + weight_decay * parameter
//   velocity = momentum * velocity + g
//   parameter = parameter - lr * velocity
//
// (A velocity of 0 before the first step gives PyTorch's first step.) Buffers: parameter, velocity [size], updated;
// grad [size]; settings: lr, momentum, weight_decay, in a buffer because the rate changes between replays.
// One thread an element.

struct Params {
  size: u32,
}

struct Settings {
  lr: f32,
  momentum: f32,
  weight_decay: f32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> grad: array<f32>;
@group(0) @binding(2) var<storage, read> settings: Settings;
@group(0) @binding(3) var<storage, read_write> parameter: array<f32>;
@group(0) @binding(4) var<storage, read_write> velocity: array<f32>;

@compute @workgroup_size(64)
fn main(
  @builtin(global_invocation_id) id: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
) {
  let index = id.y * groups.x * 64u + id.x;
  if (index >= params.size) {
    return;
  }
  let p = parameter[index];
  let g = grad[index] + settings.weight_decay * p;
  let v = settings.momentum * velocity[index] + g;
  velocity[index] = v;
  parameter[index] = p - settings.lr * v;
}
