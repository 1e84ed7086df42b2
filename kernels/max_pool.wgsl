// Max pooling, which also says where each maximum stood.
//
//   y[n, oy, ox, c]      = max over the window of x[n, oy*STRIDE - padding + ky, ox*STRIDE - padding + kx, c]
//   winner[n, oy, ox, c] = its row-major place in x, channels left out; among equals the first in the window
//
// Places in the padding never win; a NaN always does, the last of several. Layouts, channels last, in Elements of one
// channel or four: x [batch, height, width, columns]; y, winner [batch, out_height, out_width, columns], written. One
// thread for one column of one of the batch * out_height rows of y.
// Constants: Element, and Index of as many numbers; WINDOW; STRIDE.
// uses numbers.wgsl

struct Params {
  rows: u32,
  height: u32,
  width: u32,
  columns: u32,
  out_height: u32,
  out_width: u32,
  padding: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<Element>; // texture
@group(0) @binding(2) var<storage, read_write> y: array<Element>; // into texture
@group(0) @binding(3) var<storage, read_write> winner: array<Index>; // into texture

@compute @workgroup_size(64)
fn main(
  @builtin(global_invocation_id) id: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
) {
  let index = id.y * groups.x * 64u + id.x;
  let row = index / params.columns;
  if (row >= params.rows) {
    return;
  }
  let c = index % params.columns;
  let oy = row % params.out_height;
  // Rows and columns of the window that lie in the image; at least one of each, because padding < WINDOW.
  let top = max(oy * STRIDE, params.padding) - params.padding;
  let bottom = min(oy * STRIDE + WINDOW - params.padding, params.height);
  let image = row / params.out_height * params.height * params.width;
  for (var ox = 0u; ox < params.out_width; ox++) {
    let left = max(ox * STRIDE, params.padding) - params.padding;
    let right = min(ox * STRIDE + WINDOW - params.padding, params.width);
    var at = Index(image + top * params.width + left);
    var best = x[(image + top * params.width + left) * params.columns + c];
    for (var iy = top; iy < bottom; iy++) {
      for (var ix = left; ix < right; ix++) {
        let here = image + iy * params.width + ix;
        let value = x[here * params.columns + c];
        let wins = ((value > best) & !is_nan(best)) | is_nan(value);
        best = select(best, value, wins);
        at = select(at, Index(here), wins);
      }
    }
    y[(row * params.out_width + ox) * params.columns + c] = best;
    winner[(row * params.out_width + ox) * params.columns + c] = at;
  }
}
