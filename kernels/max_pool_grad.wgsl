// Gradient of max pooling with respect to its input.
//
//   grad_x[i] = sum of grad_y[o] over the windows o that contain i and whose winner is i
//
// Each input gathers from the windows it may have won, so no two threads add to one place. Layouts as in
// max_pool.wgsl; grad_x is written. One thread an input.

struct Params {
  size: u32,
  height: u32,
  width: u32,
  channels: u32,
  out_height: u32,
  out_width: u32,
  window: u32,
  stride: u32,
  padding: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> winner: array<u32>;
@group(0) @binding(2) var<storage, read> grad_y: array<f32>;
@group(0) @binding(3) var<storage, read_write> grad_x: array<f32>;

// The first output whose window reaches the padded position p.
fn first_window(p: u32) -> u32 {
  return (max(p + 1u, params.window) - params.window + params.stride - 1u) / params.stride;
}

@compute @workgroup_size(64)
fn main(
  @builtin(global_invocation_id) id: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
) {
  let index = id.y * groups.x * 64u + id.x;
  if (index >= params.size) {
    return;
  }
  let c = index % params.channels;
  let px = (index / params.channels) % params.width + params.padding;
  let py = (index / (params.channels * params.width)) % params.height + params.padding;
  let n = index / (params.channels * params.width * params.height);
  let end_y = min(py / params.stride + 1u, params.out_height);
  let end_x = min(px / params.stride + 1u, params.out_width);
  var sum = 0.0;
  for (var oy = first_window(py); oy < end_y; oy++) {
    for (var ox = first_window(px); ox < end_x; ox++) {
      let o = ((n * params.out_height + oy) * params.out_width + ox) * params.channels + c;
      sum += select(0.0, grad_y[o], winner[o] == index);
    }
  }
  grad_x[index] = sum;
}
