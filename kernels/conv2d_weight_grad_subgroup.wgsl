// Gradient of a 2-D convolution with respect to its weights and bias, in parts, for adapters on which loads are dear
// (llvmpipe).
//
//   partial[s, ky, kx, i, o] = sum_{(n, oy) in part s} sum_ox
//                              x[n, oy*stride + ky - padding, ox*stride + kx - padding, i] * grad_y[n, oy, ox, o]
//   partial[s, bias, o]      = sum_{(n, oy) in part s} sum_ox grad_y[n, oy, ox, o]
//
// Layouts and parts as in conv2d_weight_grad.wgsl. A thread keeps, for one kernel row, all TAPS kernel columns x ROWS
// groups of four input channels x COLS groups of four output channels. It walks along a row of pixels with a window of
// TAPS inputs that slides, so each input is loaded once for all kernel columns; lanes lie along (kernel row, input
// channels), and what they have in common, the COLS groups of grad_y of a pixel, is loaded once a workgroup and
// broadcast.
//
// Constants: ROWS, COLS, LANES (the workgroup and the subgroup), TAPS (kernel width), STRIDE,
// SHARED = ceil(COLS / LANES).

struct Params {
  height: u32,
  width: u32,
  in4: u32,
  out_height: u32,
  out_width: u32,
  out4: u32,
  kernel_height: u32,
  padding: u32,
  pixel_rows: u32, // batch * out_height
  part_rows: u32,
  part4: u32,
  bias4: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<vec4<f32>>; // texture
@group(0) @binding(2) var<storage, read> grad_y: array<vec4<f32>>; // texture
@group(0) @binding(3) var<storage, read_write> partial: array<vec4<f32>>;

fn load_x(at_row: i32, ix: i32, channel: u32, row_inside: bool) -> vec4<f32> {
  let inside = row_inside && ix >= 0 && ix < i32(params.width);
  return select(vec4<f32>(), x[u32(select(0, at_row + ix, inside)) * params.in4 + channel], inside);
}

@compute @workgroup_size(LANES)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) lane: u32) {
  let tiles = (params.in4 + ROWS - 1u) / ROWS; // of input channels, for each kernel row
  let index = group.x * LANES + lane;
  let ky = min(index / tiles, params.kernel_height - 1u);
  let first_in = (index % tiles) * ROWS;
  let first_out = group.y * COLS;
  let pad = i32(params.padding);
  let h = i32(params.height);

  var channel: array<u32, ROWS>;
  var share: array<u32, SHARED>; // this lane's groups of grad_y
  var sums: array<array<array<array<vec4<f32>, COLS>, 4>, TAPS>, ROWS>;
  var bias_sums: array<vec4<f32>, COLS>;
  for (var i = 0u; i < ROWS; i++) { // unroll
    channel[i] = min(first_in + i, params.in4 - 1u);
  }
  for (var s = 0u; s < SHARED; s++) { // unroll
    share[s] = min(first_out + lane + s * LANES, params.out4 - 1u);
  }
  let first_row = group.z * params.part_rows;
  let end_row = min(first_row + params.part_rows, params.pixel_rows);
  for (var row = first_row; row < end_row; row++) {
    let n = row / params.out_height;
    let iy = i32((row % params.out_height) * STRIDE + ky) - pad;
    let row_inside = iy >= 0 && iy < h;
    let at_row = select(0, (i32(n) * h + iy) * i32(params.width), row_inside);
    var at_grad = row * params.out_width * params.out4;
    // Before the first pixel the window stands one step to the left of it.
    var window: array<array<vec4<f32>, TAPS>, ROWS>;
    for (var i = 0u; i < ROWS; i++) { // unroll
      for (var k = 0u; k < TAPS; k++) { // unroll
        if (k >= STRIDE) {
          window[i][k] = load_x(at_row, i32(k) - i32(STRIDE) - pad, channel[i], row_inside);
        }
      }
    }
    for (var ox = 0u; ox < params.out_width; ox++) {
      let ix = i32(ox * STRIDE) - pad;
      var own: array<vec4<f32>, SHARED>;
      for (var s = 0u; s < SHARED; s++) { // unroll
        own[s] = grad_y[at_grad + share[s]];
      }
      for (var i = 0u; i < ROWS; i++) { // unroll
        for (var k = 0u; k < TAPS; k++) { // unroll
          if (k + STRIDE < TAPS) {
            window[i][k] = window[i][min(k + STRIDE, TAPS - 1u)];
          } else {
            window[i][k] = load_x(at_row, ix + i32(k), channel[i], row_inside);
          }
        }
      }
      for (var j = 0u; j < COLS; j++) { // unroll
        let grad = subgroupBroadcast(own[j / LANES], j % LANES);
        bias_sums[j] += grad;
        for (var i = 0u; i < ROWS; i++) { // unroll
          for (var k = 0u; k < TAPS; k++) { // unroll
            for (var q = 0u; q < 4u; q++) { // unroll
              sums[i][k][q][j] += window[i][k][q] * grad;
            }
          }
        }
      }
      at_grad += params.out4;
    }
  }
  if (index >= tiles * params.kernel_height) {
    return;
  }
  let at_part = group.z * params.part4;
  for (var j = 0u; j < COLS; j++) { // unroll
    if (index == 0u && first_out + j < params.out4) {
      partial[at_part + params.bias4 + first_out + j] = bias_sums[j];
    }
  }
  for (var i = 0u; i < ROWS; i++) { // unroll
    for (var k = 0u; k < TAPS; k++) { // unroll
      let position = ky * TAPS + k;
      for (var q = 0u; q < 4u; q++) { // unroll
        for (var j = 0u; j < COLS; j++) { // unroll
          if (first_in + i < params.in4 && first_out + j < params.out4) {
            let at_channel = (position * params.in4 + first_in + i) * 4u + q;
            partial[at_part + at_channel * params.out4 + first_out + j] = sums[i][k][q][j];
          }
        }
      }
    }
  }
}
