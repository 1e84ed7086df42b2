// Max pooling, which also says where each maximum stood.
//
//   y[n, oy, ox, c]      = max over the window of x[n, oy*stride - padding + ky, ox*stride - padding + kx, c]
//   winner[n, oy, ox, c] = its index in x; among equals the first in row-major order of the window
//
// Places in the padding never win; a NaN always does. Layouts, channels last: x [batch, height, width, channels]; y, winner
// [batch, out_height, out_width, channels], written. One thread an output.

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
@group(0) @binding(1) var<storage, read> x: array<f32>;
@group(0) @binding(2) var<storage, read_write> y: array<f32>;
@group(0) @binding(3) var<storage, read_write> winner: array<u32>;

fn is_nan(value: f32) -> bool {
  return (bitcast<u32>(value) & 0x7fffffffu) > 0x7f800000u;
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
  let ox = (index / params.channels) % params.out_width;
  let oy = (index / (params.channels * params.out_width)) % params.out_height;
  let n = index / (params.channels * params.out_width * params.out_height);
  // Rows and columns of the window that lie in the image; at least one of each, because padding < window.
  let top = max(oy * params.stride, params.padding) - params.padding;
  let left = max(ox * params.stride, params.padding) - params.padding;
  let bottom = min(oy * params.stride + params.window - params.padding, params.height);
  let right = min(ox * params.stride + params.window - params.padding, params.width);
  var at = ((n * params.height + top) * params.width + left) * params.channels + c;
  var best = x[at];
  for (var iy = top; iy < bottom; iy++) {
    for (var ix = left; ix < right; ix++) {
      let here = ((n * params.height + iy) * params.width + ix) * params.channels + c;
      let value = x[here];
      if (value > best || is_nan(value)) {
        best = value;
        at = here;
      }
    }
  }
  y[index] = best;
  winner[index] = at;
}
