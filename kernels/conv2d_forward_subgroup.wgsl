// 2-D convolution, the lanes of a subgroup sharing the loads of weights.
//
//   y[n, oy, ox, o] = bias[o] + sum_{ky, kx, i} x[n, oy*stride + ky - padding, ox*stride + kx - padding, i]
//                                               * weight[ky, kx, i, o]
//
// Layouts, channels last in groups of four:
//   x       [batch, height, width, in4]               vec4 of input channels
//   weight  [kernel_height, kernel_width, 4*in4, out4] vec4 of output channels
//   bias    [out4], read when BIAS
//   y       [batch, out_height, out_width, out4], written
//
// The same tile as conv2d_forward.wgsl: a thread keeps ROWS pixels x COLS groups of four channels, lanes lie along the
// pixels. What lanes have in common, the 4 * COLS weights of a step, is loaded once a workgroup: lane l loads weights
// l, l + LANES, ... and every lane reads them back by broadcast. For adapters on which a load costs as much as a
// hundred multiplications and a broadcast as two (llvmpipe).
//
// Constants: ROWS, COLS, LANES (the workgroup and the subgroup), SHARED = ceil(4 * COLS / LANES), BIAS.

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
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read> weight: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read> bias: array<vec4<f32>>;
@group(0) @binding(4) var<storage, read_write> y: array<vec4<f32>>;

// The input row and column (before padding is cut off) and the image's first pixel, of an output pixel.
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
  var share: array<u32, SHARED>; // where this lane's part of a step's weights lies
  var sums: array<array<vec4<f32>, COLS>, ROWS>;
  for (var i = 0u; i < ROWS; i++) { // unroll
    origins[i] = origin(first_pixel + i * LANES);
  }
  for (var s = 0u; s < SHARED; s++) { // unroll
    let t = lane + s * LANES;
    share[s] = ((t / COLS) % 4u) * params.out4 + min(first_col + t % COLS, params.out4 - 1u);
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
        var own: array<vec4<f32>, SHARED>;
        for (var s = 0u; s < SHARED; s++) { // unroll
          own[s] = weight[at_weight + share[s]];
        }
        at_weight += 4u * params.out4;
        for (var q = 0u; q < 4u; q++) { // unroll
          for (var j = 0u; j < COLS; j++) { // unroll
            let factor = subgroupBroadcast(own[(q * COLS + j) / LANES], (q * COLS + j) % LANES);
            for (var i = 0u; i < ROWS; i++) { // unroll
              sums[i][j] += input[i][q] * factor;
            }
          }
        }
      }
    }
  }
  for (var i = 0u; i < ROWS; i++) { // unroll
    let pixel = first_pixel + i * LANES;
    for (var j = 0u; j < COLS; j++) { // unroll
      if (pixel < params.pixels && first_col + j < params.out4) {
        let at = first_col + j;
        y[pixel * params.out4 + at] = sums[i][j] + select(vec4<f32>(), bias[at], BIAS);
      }
    }
  }
}
