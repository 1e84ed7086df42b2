// Stochastic gradient descent with momentum and weight decay, in PyTorch's form.
//
//   g = grad + weight_decay * parameter
//   velocity = momentum * velocity + g
//   parameter = parameter - lr * velocity                    or, with Nesterov's momentum,
//   parameter = parameter - lr * (g + momentum * velocity)
//
// (A velocity of 0 before the first step gives PyTorch's first step.) Buffers, in vec4: parameter, velocity [size],
// updated; grad [size]; settings: lr, momentum, weight_decay, nesterov (1 or 0), in a buffer because the rate changes
// between replays. Each workgroup takes span neighbours, each of its threads every 64th.

struct Params {
  size: u32,
  span: u32,
}

struct Settings {
  lr: f32,
  momentum: f32,
  weight_decay: f32,
  nesterov: f32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> grad: array<vec4<f32>>; // texture
@group(0) @binding(2) var<storage, read> settings: Settings;
@group(0) @binding(3) var<storage, read_write> parameter: array<vec4<f32>>; // texture
@group(0) @binding(4) var<storage, read_write> velocity: array<vec4<f32>>; // texture

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(local_invocation_index) lane: u32,
  @builtin(num_workgroups) groups: vec3<u32>,
) {
  let lr = settings.lr;
  let momentum = settings.momentum;
  let weight_decay = settings.weight_decay;
  let nesterov = settings.nesterov != 0.0;
  let first = (group.y * groups.x + group.x) * params.span;
  let end = min(first + params.span, params.size);
  for (var index = first + lane; index < end; index += 64u) {
    let p = parameter[index];
    let g = grad[index] + weight_decay * p;
    let v = momentum * velocity[index] + g;
    velocity[index] = v;
    parameter[index] = p - lr * select(v, g + momentum * v, nesterov);
  }
}
