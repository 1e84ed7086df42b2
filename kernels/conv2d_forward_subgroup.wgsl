// 2-D convolution as an implicit matrix product, for adapters whose workgroup is one subgroup (llvmpipe).
//
//   y[n, oy, ox, o] = bias[o] + sum_{ky, kx, i} x[n, oy*stride + ky - padding, ox*stride + kx - padding, i]
//                                               * weight[ky, kx, i, o]
//   then y + residual[n, oy, ox, o] where params say so
//   then y where positive, slope[o] * y elsewhere when PRELU; `before` keeps what stood there, when KEEP
//
// Layouts as in conv2d_forward.wgsl: channels last, in groups of four. A thread owns ROWS neighbouring pixels of y and
// COLS groups of channels, the sums of which stay in registers. A step takes one group of input channels at one kernel
// position: ROWS inputs, the lane's own, and COLS matrices of 4 x 4 weights that all lanes share: each lane loads every
// LANES-th of their columns, and all read them back by broadcast.
//
// Constants: ROWS, COLS, LANES (the workgroup and the subgroup), SHARED = ceil(4 * COLS / LANES),
// KINDS = ceil(COLS / LANES), BIAS, PRELU, KEEP.
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

@compute @workgroup_size(LANES)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) lane: u32) {
  let first_pixel = (group.x * LANES + lane) * ROWS;
  let first_col = group.y * COLS;
  let height = params.height;
  let width = params.width;

  // Where each pixel's window begins; pixels past the end lie outside of every image.
  var at_x: array<i32, ROWS>; // pixel of x
  var window_y: array<u32, ROWS>; // negative numbers wrap to large ones
  var window_x: array<u32, ROWS>;
  var ox = first_pixel % params.out_width;
  var oy = first_pixel / params.out_width % params.out_height;
  var n = first_pixel / params.out_width / params.out_height;
  for (var i = 0u; i < ROWS; i++) { // unroll
    let past = first_pixel + i >= params.pixels;
    window_y[i] = select(oy * params.stride - params.padding, 0x40000000u, past);
    window_x[i] = ox * params.stride - params.padding;
    at_x[i] = i32(n * height * width) + i32(window_y[i]) * i32(width) + i32(window_x[i]);
    ox += 1u;
    oy += select(0u, 1u, ox == params.out_width);
    ox = select(ox, 0u, ox == params.out_width);
    n += select(0u, 1u, oy == params.out_height);
    oy = select(oy, 0u, oy == params.out_height);
  }
  var share: array<u32, SHARED>; // where this lane's columns of the weight matrices lie
  for (var s = 0u; s < SHARED; s++) { // unroll
    let t = min(lane + s * LANES, 4u * COLS - 1u);
    share[s] = t % 4u * params.out4 + min(first_col + t / 4u, params.out4 - 1u);
  }

  var sums: array<array<vec4<f32>, COLS>, ROWS>;
  var at_weight = 0u;
  for (var ky = 0u; ky < params.kernel_height; ky++) {
    for (var kx = 0u; kx < params.kernel_width; kx++) {
      var at: array<u32, ROWS>;
      var inside: array<bool, ROWS>;
      for (var i = 0u; i < ROWS; i++) { // unroll
        inside[i] = window_y[i] + ky < height && window_x[i] + kx < width;
        at[i] = u32(select(0, at_x[i] + i32(ky * width + kx), inside[i])) * params.in4;
      }
      for (var c = 0u; c < params.in4; c++) {
        var input: array<vec4<f32>, ROWS>;
        var own: array<vec4<f32>, SHARED>;
        for (var i = 0u; i < ROWS; i++) { // unroll
          input[i] = select(vec4<f32>(), x[at[i] + c], inside[i]);
        }
        for (var s = 0u; s < SHARED; s++) { // unroll
          own[s] = weight[at_weight + share[s]];
        }
        at_weight += 4u * params.out4;
        for (var j = 0u; j < COLS; j++) { // unroll
          var matrix: mat4x4<f32>;
          for (var q = 0u; q < 4u; q++) { // unroll
            matrix[q] = subgroupBroadcast(own[(4u * j + q) / LANES], (4u * j + q) % LANES);
          }
          for (var i = 0u; i < ROWS; i++) { // unroll
            sums[i][j] += matrix * input[i];
          }
        }
      }
    }
  }
  // What belongs to a group of channels: each lane loads one in LANES, and all read them back.
  var own_bias: array<vec4<f32>, KINDS>;
  var own_slopes: array<vec4<f32>, KINDS>;
  for (var s = 0u; s < KINDS; s++) { // unroll
    own_bias[s] = bias_of(first_col + s * LANES + lane);
    own_slopes[s] = slopes_of(first_col + s * LANES + lane);
  }
  var offsets: array<vec4<f32>, COLS>;
  var slopes: array<vec4<f32>, COLS>;
  for (var j = 0u; j < COLS; j++) { // unroll
    offsets[j] = subgroupBroadcast(own_bias[j / LANES], j % LANES);
    slopes[j] = subgroupBroadcast(own_slopes[j / LANES], j % LANES);
  }
  // This loop is not unrolled: what ends a row is long, and it would push the loop above out of the processor's cache.
  for (var row = 0u; row < ROWS; row++) {
    let there = first_pixel + row < params.pixels;
    let at = (first_pixel + row) * params.out4 + first_col;
    for (var j = 0u; j < COLS; j++) { // unroll
      var sum = sums[0][j];
      for (var i = 0u; i < ROWS; i++) { // unroll
        sum = select(sum, sums[i][j], row == i);
      }
      if (there && first_col + j < params.out4) {
        finish(sum + offsets[j], slopes[j], at + j);
      }
    }
  }
}
