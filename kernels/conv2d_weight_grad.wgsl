// Gradient of a 2-D convolution with respect to its weights and bias, in parts.
//
//   partial[s, ky, kx, i, o] = sum_{(n, oy) in part s} sum_ox
//                              x[n, oy*stride + ky - padding, ox*stride + kx - padding, i] * grad_y[n, oy, ox, o]
//   partial[s, bias, o]      = sum_{(n, oy) in part s} sum_ox grad_y[n, oy, ox, o]
//
// The reduction runs over all pixels of the batch and is long, so it is cut into parts of `part_rows` rows of pixels
// (workgroup z); their sum is another kernel's work, in a fixed order, so the bits do not depend on timing.
//
// Layouts, channels last in groups of four:
//   x        [batch, height, width, in4]
//   grad_y   [batch, out_height, out_width, out4]
//   partial  [parts, part4], written: [kernel_height, kernel_width, 4*in4, out4] first, the bias [out4] at bias4
//
// A thread keeps, for one kernel position, ROWS groups of four input channels x COLS groups of four output channels;
// lanes lie along (kernel position, input channels), so what lanes have in common is grad_y.
//
// Constants: ROWS, COLS, LANES.

struct Params {
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
  pixel_rows: u32, // batch * out_height
  part_rows: u32,
  part4: u32, // groups of four of a part
  bias4: u32, // where in a part the bias begins
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<vec4<f32>>; // texture
@group(0) @binding(2) var<storage, read> grad_y: array<vec4<f32>>; // texture
@group(0) @binding(3) var<storage, read_write> partial: array<vec4<f32>>; // into texture

@compute @workgroup_size(LANES)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) lane: u32) {
  let tiles = (params.in4 + ROWS - 1u) / ROWS; // of input channels, for each kernel position
  let positions = params.kernel_height * params.kernel_width;
  let index = group.x * LANES + lane;
  let position = min(index / tiles, positions - 1u);
  let first_in = (index % tiles) * ROWS;
  let first_out = group.y * COLS;
  let dy = i32(position / params.kernel_width) - i32(params.padding);
  let dx = i32(position % params.kernel_width) - i32(params.padding);
  let h = i32(params.height);
  let w = i32(params.width);

  var channel: array<u32, ROWS>;
  var col: array<u32, COLS>;
  var sums: array<array<array<vec4<f32>, COLS>, 4>, ROWS>;
  var bias_sums: array<vec4<f32>, COLS>;
  for (var i = 0u; i < ROWS; i++) { // unroll
    channel[i] = min(first_in + i, params.in4 - 1u);
  }
  for (var j = 0u; j < COLS; j++) { // unroll
    col[j] = min(first_out + j, params.out4 - 1u);
  }
  let first_row = group.z * params.part_rows;
  let end_row = min(first_row + params.part_rows, params.pixel_rows);
  for (var row = first_row; row < end_row; row++) {
    let n = row / params.out_height;
    let iy = i32((row % params.out_height) * params.stride) + dy;
    let row_inside = iy >= 0 && iy < h;
    let at_row = select(0, (i32(n) * h + iy) * w, row_inside);
    var at_grad = row * params.out_width * params.out4;
    var ix = dx;
    for (var ox = 0u; ox < params.out_width; ox++) {
      let inside = row_inside && ix >= 0 && ix < w;
      let at = u32(select(0, at_row + ix, inside)) * params.in4;
      var grad: array<vec4<f32>, COLS>;
      for (var j = 0u; j < COLS; j++) { // unroll
        grad[j] = grad_y[at_grad + col[j]];
        bias_sums[j] += grad[j];
      }
      for (var i = 0u; i < ROWS; i++) { // unroll
        let input = select(vec4<f32>(), x[at + channel[i]], inside);
        for (var q = 0u; q < 4u; q++) { // unroll
          for (var j = 0u; j < COLS; j++) { // unroll
            sums[i][q][j] += input[q] * grad[j];
          }
        }
      }
      at_grad += params.out4;
      ix += i32(params.stride);
    }
  }
  if (index >= tiles * positions) {
    return;
  }
  let at_part = group.z * params.part4;
  for (var j = 0u; j < COLS; j++) { // unroll
    if (index == 0u && first_out + j < params.out4) {
      partial[at_part + params.bias4 + first_out + j] = bias_sums[j];
    }
  }
  let base = position * params.in4;
  for (var i = 0u; i < ROWS; i++) { // unroll
    for (var q = 0u; q < 4u; q++) { // unroll
      for (var j = 0u; j < COLS; j++) { // unroll
        if (first_in + i < params.in4 && first_out + j < params.out4) {
          partial[at_part + ((base + first_in + i) * 4u + q) * params.out4 + first_out + j] = sums[i][q][j];
        }
      }
    }
  }
}
