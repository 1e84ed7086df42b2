// 2-D convolution (cross-correlation, as every framework has it).
//
//   y[n, oy, ox, o] = bias[o] + sum_{ky, kx, i} x[n, oy*stride + ky - padding, ox*stride + kx - padding, i]
//                                               * weight[ky, kx, i, o]
//   then y + residual[n, oy, ox, o] where params say so
//   then y where positive, slope[o] * y elsewhere when PRELU; `before` keeps what stood there, when KEEP
//
// Layouts, channels last in groups of four:
//   x       [batch, height, width, in4]               vec4 of input channels
//   weight  [kernel_height, kernel_width, 4*in4, out4] vec4 of output channels
//   bias    [out4], read when BIAS
//   slope   [channels], or one for all
//   y       [batch, out_height, out_width, out4], written; residual and before likewise
//
// Implicit GEMM: rows are output pixels, columns output channels. A thread keeps ROWS pixels x COLS groups of four
// channels in registers; lanes lie along the pixels, so what lanes have in common are the weights.
//
// Constants: ROWS, COLS, LANES, BIAS, PRELU, KEEP.
// uses conv2d_finish.wgsl
// uses numbers.wgsl

alias Element = vec4<f32>;

struct Params {
  pixels: u32, // batch * out_height * out_width
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
  slopes: u32, // 1 or the number of channels
  add_residual: u32, // 1 where there is one
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<vec4<f32>>; // texture
@group(0) @binding(2) var<storage, read> weight: array<vec4<f32>>; // texture
@group(0) @binding(3) var<storage, read> bias: array<vec4<f32>>;
@group(0) @binding(4) var<storage, read> residual: array<vec4<f32>>; // texture
@group(0) @binding(5) var<storage, read> slope: array<f32>;
@group(0) @binding(6) var<storage, read_write> y: array<vec4<f32>>; // into texture
@group(0) @binding(7) var<storage, read_write> before: array<vec4<f32>>; // into texture

// Where the window of an output pixel begins in x: row and column, negative in the padding; and the image's first pixel.
fn origin(pixel: u32) -> vec3<i32> {
  let p = min(pixel, params.pixels - 1u);
  let ox = p % params.out_width;
  let oy = (p / params.out_width) % params.out_height;
  let n = p / (params.out_width * params.out_height);
  let pad = i32(params.padding);
  return vec3<i32>(
    i32(oy * params.stride) - pad,
    i32(ox * params.stride) - pad,
    i32(n * params.height * params.width),
  );
}

@compute @workgroup_size(LANES)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) lane: u32) {
  let first_pixel = group.x * ROWS * LANES + lane;
  let first_col = group.y * COLS;
  let h = i32(params.height);
  let w = i32(params.width);

  var origins: array<vec3<i32>, ROWS>;
  var col: array<u32, COLS>;
  var sums: array<array<vec4<f32>, COLS>, ROWS>;
  for (var i = 0u; i < ROWS; i++) { // unroll
    origins[i] = origin(first_pixel + i * LANES);
  }
  for (var j = 0u; j < COLS; j++) { // unroll
    col[j] = min(first_col + j, params.out4 - 1u);
  }
  var at_weight = 0u;
  for (var ky = 0; ky < i32(params.kernel_height); ky++) {
    for (var kx = 0; kx < i32(params.kernel_width); kx++) {
      var at: array<u32, ROWS>;
      var inside: array<bool, ROWS>;
      for (var i = 0u; i < ROWS; i++) { // unroll
        let iy = origins[i].x + ky;
        let ix = origins[i].y + kx;
        inside[i] = iy >= 0 && iy < h && ix >= 0 && ix < w;
        at[i] = u32(select(0, origins[i].z + iy * w + ix, inside[i])) * params.in4;
      }
      for (var c = 0u; c < params.in4; c++) {
        var input: array<vec4<f32>, ROWS>;
        for (var i = 0u; i < ROWS; i++) { // unroll
          input[i] = select(vec4<f32>(), x[at[i] + c], inside[i]);
        }
        for (var q = 0u; q < 4u; q++) { // unroll
          for (var j = 0u; j < COLS; j++) { // unroll
            let factor = weight[at_weight + col[j]];
            for (var i = 0u; i < ROWS; i++) { // unroll
              sums[i][j] += input[i][q] * factor;
            }
          }
          at_weight += params.out4;
        }
      }
    }
  }
  for (var j = 0u; j < COLS; j++) { // unroll
    let offset = bias_of(first_col + j);
    let slopes = slopes_of(first_col + j);
    for (var i = 0u; i < ROWS; i++) { // unroll
      let pixel = first_pixel + i * LANES;
      if (pixel < params.pixels && first_col + j < params.out4) {
        finish(sums[i][j] + offset, slopes, pixel * params.out4 + first_col + j);
      }
    }
  }
}
