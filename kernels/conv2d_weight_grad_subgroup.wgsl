// Gradient of a 2-D convolution with respect to its weights and bias, in parts, as an implicit matrix product, for
// adapters whose workgroup is one subgroup (llvmpipe).
//
//   partial[s, ky, kx, i, o] = sum_{pixels (n, oy, ox) in part s}
//                              x[n, oy*stride + ky - padding, ox*stride + kx - padding, i] * grad_y[n, oy, ox, o]
//   partial[s, bias, o]      = sum over the same pixels of grad_y[n, oy, ox, o]
//
// Layouts as in conv2d_weight_grad.wgsl. A thread owns ROWS groups of four input channels, each at its own kernel
// position ((ky, kx, in4) taken as one axis), and COLS groups of output channels. A step takes four pixels: ROWS
// matrices of 4 channels x 4 pixels, the lane's own, and COLS matrices of 4 channels x 4 pixels of grad_y that all lanes
// share: each lane loads every LANES-th of their columns, and all read them back by broadcast.
//
// Constants: ROWS, COLS, LANES (the workgroup and the subgroup), SHARED = ceil(4 * COLS / LANES).

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
  pixels: u32, // batch * out_height * out_width
  part_pixels: u32, // of a part, a multiple of four; the last one may have fewer
  part4: u32, // groups of four of a part of `partial`
  bias4: u32, // where in it the bias begins
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<vec4<f32>>; // texture
@group(0) @binding(2) var<storage, read> grad_y: array<vec4<f32>>; // texture
@group(0) @binding(3) var<storage, read_write> partial: array<vec4<f32>>; // into texture

@compute @workgroup_size(LANES)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) lane: u32) {
  let height = params.height;
  let width = params.width;
  let in4 = params.in4;
  let rows = params.kernel_height * params.kernel_width * in4;
  let first_row = (group.x * LANES + lane) * ROWS;
  let first_col = group.y * COLS;

  // Of each row, its channel group and its distance from a pixel's window.
  var at_row: array<i32, ROWS>;
  var down: array<u32, ROWS>; // negative numbers wrap to large ones
  var right: array<u32, ROWS>;
  for (var i = 0u; i < ROWS; i++) { // unroll
    let row = min(first_row + i, rows - 1u);
    let tap = row / in4;
    down[i] = tap / params.kernel_width - params.padding;
    right[i] = tap % params.kernel_width - params.padding;
    at_row[i] = (i32(down[i]) * i32(width) + i32(right[i])) * i32(in4) + i32(row % in4);
  }
  var share_pixel: array<u32, SHARED>; // which columns of the matrices of grad_y this lane loads
  var share_col: array<u32, SHARED>;
  for (var s = 0u; s < SHARED; s++) { // unroll
    let t = min(lane + s * LANES, 4u * COLS - 1u);
    share_pixel[s] = t % 4u;
    share_col[s] = min(first_col + t / 4u, params.out4 - 1u);
  }

  let first_pixel = group.z * params.part_pixels;
  let end_pixel = min(first_pixel + params.part_pixels, params.pixels);
  var ox = first_pixel % params.out_width;
  var oy = first_pixel / params.out_width % params.out_height;
  var n = first_pixel / params.out_width / params.out_height;
  var sums: array<array<array<vec4<f32>, COLS>, 4>, ROWS>;
  var bias_sums: array<vec4<f32>, COLS>;
  for (var pixel = first_pixel; pixel < end_pixel; pixel += 4u) {
    var own: array<vec4<f32>, SHARED>;
    for (var s = 0u; s < SHARED; s++) { // unroll
      let present = pixel + share_pixel[s] < end_pixel;
      let at = select(0u, pixel + share_pixel[s], present) * params.out4 + share_col[s];
      own[s] = select(vec4<f32>(), grad_y[at], present);
    }
    var input: array<mat4x4<f32>, ROWS>;
    for (var p = 0u; p < 4u; p++) { // unroll
      let present = pixel + p < end_pixel;
      let iy = oy * params.stride;
      let ix = ox * params.stride;
      let at = i32(((n * height + iy) * width + ix) * in4);
      for (var i = 0u; i < ROWS; i++) { // unroll
        let inside = present && iy + down[i] < height && ix + right[i] < width;
        input[i][p] = select(vec4<f32>(), x[u32(select(0, at + at_row[i], inside))], inside);
      }
      ox += 1u;
      oy += select(0u, 1u, ox == params.out_width);
      ox = select(ox, 0u, ox == params.out_width);
      n += select(0u, 1u, oy == params.out_height);
      oy = select(oy, 0u, oy == params.out_height);
    }
    for (var i = 0u; i < ROWS; i++) { // unroll
      input[i] = transpose(input[i]); // a column for each channel
    }
    for (var j = 0u; j < COLS; j++) { // unroll
      var grad: mat4x4<f32>; // a column for each pixel
      for (var p = 0u; p < 4u; p++) { // unroll
        grad[p] = subgroupBroadcast(own[(4u * j + p) / LANES], (4u * j + p) % LANES);
      }
      bias_sums[j] += grad * vec4<f32>(1.0);
      for (var i = 0u; i < ROWS; i++) { // unroll
        for (var q = 0u; q < 4u; q++) { // unroll
          sums[i][q][j] += grad * input[i][q];
        }
      }
    }
  }
  let at_part = group.z * params.part4;
  for (var j = 0u; j < COLS; j++) { // unroll
    let col = first_col + j;
    if (col < params.out4) {
      if (first_row == 0u) {
        partial[at_part + params.bias4 + col] = bias_sums[j];
      }
      for (var i = 0u; i < ROWS; i++) { // unroll
        for (var q = 0u; q < 4u; q++) { // unroll
          if (first_row + i < rows) {
            partial[at_part + (4u * (first_row + i) + q) * params.out4 + col] = sums[i][q][j];
          }
        }
      }
    }
  }
}
