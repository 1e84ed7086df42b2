// Gradient of a 2-D convolution with respect to its input.
//
//   grad_x[n, iy, ix, i] = sum_{ky, kx, o} grad_y[n, (iy + padding - ky) / stride, (ix + padding - kx) / stride, o]
//                                          * weight[ky, kx, i, o]
//
// over those ky, kx for which both divisions have no remainder; then + before[n, iy, ix, i] where `accumulate` says so.
// Which ky, kx these are depends on (iy mod stride, ix mod stride) alone, so each such residue class of pixels has its own
// workgroups (z), which visit no others.
//
// Layouts, channels last in groups of four:
//   grad_y  [batch, out_height, out_width, out4]
//   weight  [kernel_height, kernel_width, 4*in4, out4]
//   grad_x  [batch, height, width, in4], written; before likewise
//
// A thread keeps ROWS input pixels x COLS groups of four input channels; lanes lie along the pixels.
//
// Constants: ROWS, COLS, LANES.

struct Params {
  batch: u32,
  height: u32,
  width: u32,
  in4: u32,
  out_height: u32,
  out_width: u32,
  out4: u32,
  kernel_height: u32,
  kernel_width: u32,
  stride: u32,
  padding: u32,
  accumulate: u32, // 1 where there is a gradient before
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> grad_y: array<vec4<f32>>; // texture
@group(0) @binding(2) var<storage, read> weight: array<vec4<f32>>; // texture
@group(0) @binding(3) var<storage, read> before: array<vec4<f32>>; // texture
@group(0) @binding(4) var<storage, read_write> grad_x: array<vec4<f32>>; // into texture

@compute @workgroup_size(LANES)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) lane: u32) {
  let s = params.stride;
  let residue = vec2<u32>(group.z / s, group.z % s);
  let class_height = (params.height + s - 1u - residue.x) / s;
  let class_width = (params.width + s - 1u - residue.y) / s;
  let pixels = params.batch * class_height * class_width;
  let first_pixel = group.x * ROWS * LANES + lane;
  let first_col = group.y * COLS;
  let out_h = i32(params.out_height);
  let out_w = i32(params.out_width);

  // of each pixel: its row and column plus padding, the first pixel of its output image, its own index
  var shifted: array<vec2<i32>, ROWS>;
  var image: array<i32, ROWS>;
  var own: array<u32, ROWS>;
  var sums: array<array<vec4<f32>, COLS>, ROWS>;
  for (var i = 0u; i < ROWS; i++) { // unroll
    let p = min(first_pixel + i * LANES, max(pixels, 1u) - 1u);
    let n = p / max(class_height * class_width, 1u);
    let iy = (p / max(class_width, 1u)) % max(class_height, 1u) * s + residue.x;
    let ix = p % max(class_width, 1u) * s + residue.y;
    shifted[i] = vec2<i32>(vec2<u32>(iy, ix) + params.padding);
    image[i] = i32(n * params.out_height * params.out_width);
    own[i] = (n * params.height + iy) * params.width + ix;
  }
  for (var ky = (residue.x + params.padding) % s; ky < params.kernel_height; ky += s) {
    for (var kx = (residue.y + params.padding) % s; kx < params.kernel_width; kx += s) {
      var at: array<u32, ROWS>;
      var inside: array<bool, ROWS>;
      for (var i = 0u; i < ROWS; i++) { // unroll
        let reach = shifted[i] - vec2<i32>(i32(ky), i32(kx));
        let o = reach / i32(s);
        inside[i] = reach.x >= 0 && reach.y >= 0 && o.x < out_h && o.y < out_w;
        at[i] = u32(select(0, image[i] + o.x * out_w + o.y, inside[i])) * params.out4;
      }
      let at_kernel = (ky * params.kernel_width + kx) * 4u * params.in4;
      for (var c = 0u; c < params.out4; c++) {
        var grad: array<vec4<f32>, ROWS>;
        for (var i = 0u; i < ROWS; i++) { // unroll
          grad[i] = select(vec4<f32>(), grad_y[at[i] + c], inside[i]);
        }
        for (var j = 0u; j < COLS; j++) { // unroll
          let at_weight = (at_kernel + 4u * min(first_col + j, params.in4 - 1u)) * params.out4 + c;
          let w0 = weight[at_weight];
          let w1 = weight[at_weight + params.out4];
          let w2 = weight[at_weight + 2u * params.out4];
          let w3 = weight[at_weight + 3u * params.out4];
          for (var i = 0u; i < ROWS; i++) { // unroll
            let g = grad[i];
            sums[i][j] += vec4<f32>(dot(g, w0), dot(g, w1), dot(g, w2), dot(g, w3));
          }
        }
      }
    }
  }
  for (var i = 0u; i < ROWS; i++) { // unroll
    for (var j = 0u; j < COLS; j++) { // unroll
      if (first_pixel + i * LANES < pixels && first_col + j < params.in4) {
        let at = own[i] * params.in4 + first_col + j;
        var value = sums[i][j];
        if (params.accumulate != 0u) {
          value += before[at];
        }
        grad_x[at] = value;
      }
    }
  }
}
