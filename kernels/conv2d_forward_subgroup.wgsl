// 2-D convolution for adapters on which a load costs as much as a hundred multiplications (llvmpipe).
//
//   y[n, oy, ox, o] = bias[o] + sum_{ky, kx, i} x[n, oy*stride + ky - padding, ox*stride + kx - padding, i]
//                                               * weight[ky, kx, i, o]
//
// Layouts as in conv2d_forward.wgsl, and so few loads as there can be: a thread owns a strip of ROWS neighbouring
// pixels of one row, and loads the inputs under the strip once for all kernel columns. What the lanes have in common,
// the TAPS * 4 * COLS weights of a step, is loaded once a workgroup: lane l loads weights l, l + LANES, ..., and every
// lane reads them back by broadcast. Pixels of a strip past the end of the row are computed and dropped.
//
// Constants: ROWS, COLS, LANES (the workgroup and the subgroup), TAPS (kernel width), STRIDE, BIAS,
// STRIP = (ROWS - 1) * STRIDE + TAPS, SHARED = ceil(TAPS * 4 * COLS / LANES).

struct Params {
  strips: u32, // batch * out_height * strips_per_row
  strips_per_row: u32,
  height: u32,
  width: u32,
  in4: u32,
  out_height: u32,
  out_width: u32,
  out4: u32,
  kernel_height: u32,
  padding: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<vec4<f32>>; // texture
@group(0) @binding(2) var<storage, read> weight: array<vec4<f32>>; // texture
@group(0) @binding(3) var<storage, read> bias: array<vec4<f32>>;
@group(0) @binding(4) var<storage, read_write> y: array<vec4<f32>>;

@compute @workgroup_size(LANES)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) lane: u32) {
  let index = group.x * LANES + lane;
  let strip = min(index, params.strips - 1u);
  let first_x = (strip % params.strips_per_row) * ROWS;
  let row = strip / params.strips_per_row; // of all images
  let n = row / params.out_height;
  let first_col = group.y * COLS;
  let h = i32(params.height);
  let w = i32(params.width);
  let in_y = i32((row % params.out_height) * STRIDE) - i32(params.padding);
  let in_x = i32(first_x * STRIDE) - i32(params.padding);
  let step = 4u * params.in4 * params.out4; // weights of one kernel position

  var share: array<u32, SHARED>; // where this lane's part of a step's weights lies
  var sums: array<array<vec4<f32>, COLS>, ROWS>;
  for (var s = 0u; s < SHARED; s++) { // unroll
    let t = lane + s * LANES;
    let tap = min(t / (4u * COLS), TAPS - 1u);
    let col = min(first_col + t % COLS, params.out4 - 1u);
    share[s] = tap * step + (t / COLS) % 4u * params.out4 + col;
  }
  for (var ky = 0; ky < i32(params.kernel_height); ky++) {
    let iy = in_y + ky;
    let row_inside = iy >= 0 && iy < h;
    let at_row = (i32(n) * h + select(0, iy, row_inside)) * w;
    var at: array<u32, STRIP>;
    var inside: array<bool, STRIP>;
    for (var i = 0u; i < STRIP; i++) { // unroll
      let ix = in_x + i32(i);
      inside[i] = row_inside && ix >= 0 && ix < w;
      at[i] = u32(at_row + select(0, ix, inside[i])) * params.in4;
    }
    var at_weight = u32(ky) * TAPS * step;
    for (var c = 0u; c < params.in4; c++) {
      var input: array<vec4<f32>, STRIP>;
      for (var i = 0u; i < STRIP; i++) { // unroll
        input[i] = select(vec4<f32>(), x[at[i] + c], inside[i]);
      }
      var own: array<vec4<f32>, SHARED>;
      for (var s = 0u; s < SHARED; s++) { // unroll
        own[s] = weight[at_weight + share[s]];
      }
      at_weight += 4u * params.out4;
      for (var k = 0u; k < TAPS; k++) { // unroll
        for (var q = 0u; q < 4u; q++) { // unroll
          for (var j = 0u; j < COLS; j++) { // unroll
            let factor = subgroupBroadcast(
              own[((4u * k + q) * COLS + j) / LANES], ((4u * k + q) * COLS + j) % LANES);
            for (var i = 0u; i < ROWS; i++) { // unroll
              sums[i][j] += input[i * STRIDE + k][q] * factor;
            }
          }
        }
      }
    }
  }
  for (var i = 0u; i < ROWS; i++) { // unroll
    let ox = first_x + i;
    for (var j = 0u; j < COLS; j++) { // unroll
      let col = first_col + j;
      if (index < params.strips && ox < params.out_width && col < params.out4) {
        let offset = select(vec4<f32>(), bias[col], BIAS);
        y[(row * params.out_width + ox) * params.out4 + col] = sums[i][j] + offset;
      }
    }
  }
}
