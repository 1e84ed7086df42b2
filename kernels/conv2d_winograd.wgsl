// 2-D convolution of stride 1 by Winograd's products along the rows, for adapters whose workgroup is one subgroup (llvmpipe).
//
//   sums[p]             = sum_{ky, i} strips[p, n, oy + ky - padding, s, i] * points[p, ky, i, o]
//   y[n, oy, s*STRIP + m, o] = bias[o] + sum_p A[p, m] sums[p],   A: winograd.wgsl
//   then y + residual[n, oy, ox, o] where params say so
//   then y where positive, slope[o] * y elsewhere when PRELU; `before` keeps what stood there, when KEEP
//
// A NaN stays one and reaches all outputs of its strip; an infinity becomes a NaN there. The other kernels keep it.
//
// Layouts, channels last in groups of four:
//   strips  [POINTS, batch * height, row_strips, in4]
//   points  [POINTS, TAPS, 4*in4, out4], when TURNED [POINTS, TAPS, 4*out4, in4]
//   y       [batch, out_height, out_width, out4], written; bias, slope, residual and before as in conv2d_forward.wgsl
//
// A thread owns ROWS strips x COLS groups of channels, and lanes share weights, as in conv2d_forward_subgroup.wgsl. It
// takes one point after the other, and adds that point's sums to those of its outputs.
//
// Constants: ROWS, COLS, LANES (the workgroup and the subgroup), SHARED = ceil(4 * COLS / LANES),
// KINDS = ceil(COLS / LANES), POINTS, STRIP, TAPS, TURNED, BIAS, PRELU, KEEP.
// uses conv2d_finish.wgsl
// uses winograd.wgsl
// uses numbers.wgsl

alias Element = vec4<f32>;

struct Params {
  strips: u32, // batch * out_height * row_strips
  row_strips: u32,
  height: u32,
  in4: u32,
  out_height: u32,
  out_width: u32,
  out4: u32,
  padding: u32,
  plane: u32, // batch * height * row_strips
  slopes: u32, // 1 or the number of channels
  add_residual: u32, // 1 where there is one
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> strips: array<vec4<f32>>; // texture
@group(0) @binding(2) var<storage, read> points: array<vec4<f32>>; // texture
@group(0) @binding(3) var<storage, read> bias: array<vec4<f32>>;
@group(0) @binding(4) var<storage, read> residual: array<vec4<f32>>; // texture
@group(0) @binding(5) var<storage, read> slope: array<f32>;
@group(0) @binding(6) var<storage, read_write> y: array<vec4<f32>>; // into texture
@group(0) @binding(7) var<storage, read_write> before: array<vec4<f32>>; // into texture

@compute @workgroup_size(LANES)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) lane: u32) {
  let first_strip = (group.x * LANES + lane) * ROWS;
  let first_col = group.y * COLS;
  let in4 = params.in4;
  let out4 = params.out4;

  var at_row: array<i32, ROWS>; // the strip of the row of x that tap 0 meets
  var window_y: array<u32, ROWS>; // negative numbers wrap to large ones
  var s = first_strip % params.row_strips;
  var oy = first_strip / params.row_strips % params.out_height;
  var n = first_strip / params.row_strips / params.out_height;
  for (var i = 0u; i < ROWS; i++) { // unroll
    window_y[i] = select(oy - params.padding, 0x40000000u, first_strip + i >= params.strips);
    at_row[i] = (i32(n * params.height) + i32(window_y[i])) * i32(params.row_strips) + i32(s);
    s += 1u;
    oy += select(0u, 1u, s == params.row_strips);
    s = select(s, 0u, s == params.row_strips);
    n += select(0u, 1u, oy == params.out_height);
    oy = select(oy, 0u, oy == params.out_height);
  }
  var share: array<u32, SHARED>; // this lane's columns of the weight matrices
  for (var s = 0u; s < SHARED; s++) { // unroll
    let t = min(lane + s * LANES, 4u * COLS - 1u);
    let col = min(first_col + t / 4u, out4 - 1u);
    share[s] = select(t % 4u * out4 + col, (4u * col + t % 4u) * in4, TURNED);
  }
  let step = select(4u * out4, 1u, TURNED);

  var outputs: array<array<array<vec4<f32>, COLS>, ROWS>, STRIP>;
  for (var p = 0u; p < POINTS; p++) {
    var sums = array<array<vec4<f32>, COLS>, ROWS>();
    for (var ky = 0u; ky < TAPS; ky++) {
      var at: array<u32, ROWS>;
      var inside: array<bool, ROWS>;
      for (var i = 0u; i < ROWS; i++) { // unroll
        inside[i] = window_y[i] + ky < params.height;
        at[i] = (p * params.plane + u32(select(0, at_row[i] + i32(ky * params.row_strips), inside[i]))) * in4;
      }
      var at_weight = (p * TAPS + ky) * 4u * in4 * out4;
      for (var c = 0u; c < in4; c++) {
        var input: array<vec4<f32>, ROWS>;
        var own: array<vec4<f32>, SHARED>;
        for (var i = 0u; i < ROWS; i++) { // unroll
          input[i] = select(vec4<f32>(), strips[at[i] + c], inside[i]);
        }
        for (var s = 0u; s < SHARED; s++) { // unroll
          own[s] = points[at_weight + share[s]];
        }
        at_weight += step;
        for (var j = 0u; j < COLS; j++) { // unroll
          var matrix: mat4x4<f32>;
          for (var q = 0u; q < 4u; q++) { // unroll
            matrix[q] = subgroupBroadcast(own[(4u * j + q) / LANES], (4u * j + q) % LANES);
          }
          for (var i = 0u; i < ROWS; i++) { // unroll
            if (TURNED) {
              sums[i][j] += input[i] * matrix;
            } else {
              sums[i][j] += matrix * input[i];
            }
          }
        }
      }
    }
    var factor = 1.0; // A[p, m]
    for (var m = 0u; m < STRIP; m++) { // unroll
      let own = select(factor, select(0.0, 1.0, m == STRIP - 1u), p == POINTS - 1u);
      for (var i = 0u; i < ROWS; i++) { // unroll
        for (var j = 0u; j < COLS; j++) { // unroll
          outputs[m][i][j] += own * sums[i][j];
        }
      }
      factor *= point(p);
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
  for (var m = 0u; m < STRIP; m++) { // not unrolled, as in conv2d_forward_subgroup.wgsl
    var own: array<array<vec4<f32>, COLS>, ROWS>;
    for (var i = 0u; i < ROWS; i++) { // unroll
      for (var j = 0u; j < COLS; j++) { // unroll
        var sum = outputs[0][i][j];
        for (var k = 0u; k < STRIP; k++) { // unroll
          sum = select(sum, outputs[k][i][j], m == k);
        }
        own[i][j] = sum;
      }
    }
    for (var row = 0u; row < ROWS; row++) {
      let strip = first_strip + row;
      let ox = strip % params.row_strips * STRIP + m;
      let there = strip < params.strips && ox < params.out_width;
      let at = (strip / params.row_strips * params.out_width + ox) * out4 + first_col;
      for (var j = 0u; j < COLS; j++) { // unroll
        var sum = own[0][j];
        for (var i = 0u; i < ROWS; i++) { // unroll
          sum = select(sum, own[i][j], row == i);
        }
        if (there && first_col + j < out4) {
          finish(sum + offsets[j], slopes[j], at + j);
        }
      }
    }
  }
}
