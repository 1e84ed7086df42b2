// Gradient of a 2-D convolution with respect to its input, as an implicit matrix product, for adapters whose workgroup
// is one subgroup (llvmpipe).
//
//   grad_x[n, iy, ix, i] = sum_{ky, kx, o} grad_y[n, (iy + padding - ky) / stride, (ix + padding - kx) / stride, o]
//                                          * weight[ky, kx, i, o]
//
// over those ky, kx for which both divisions have no remainder; then + before[n, iy, ix, i] to accumulate. Layouts and
// residue classes (workgroup z) as in conv2d_input_grad.wgsl; the tile, and the weights that lanes share, as in
// conv2d_forward_subgroup.wgsl, with the columns of a matrix along the input channels.
//
// Constants: ROWS, COLS, LANES (the workgroup and the subgroup), SHARED = ceil(4 * COLS / LANES).

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
  let stride = params.stride;
  let residue = vec2<u32>(group.z / stride, group.z % stride);
  // The class's own images: every stride-th pixel of x from the residue on.
  let class_height = (params.height + stride - 1u - residue.x) / stride;
  let class_width = (params.width + stride - 1u - residue.y) / stride;
  let pixels = params.batch * class_height * class_width;
  let first_pixel = (group.x * LANES + lane) * ROWS;
  let first_col = group.y * COLS;

  // Pixel (py, px) of a class meets tap t (ky = first + stride * t) at oy = py + reach - t.
  let first_tap = (residue + params.padding) % stride;
  let reach = (residue + params.padding) / stride;
  var at_grad: array<i32, ROWS>; // pixel of grad_y at tap 0
  var grad_row: array<u32, ROWS>; // negative numbers wrap to large ones
  var grad_col: array<u32, ROWS>;
  var at_x: array<u32, ROWS>;
  var px = first_pixel % max(class_width, 1u);
  var py = first_pixel / max(class_width, 1u) % max(class_height, 1u);
  var n = first_pixel / max(class_width * class_height, 1u);
  for (var i = 0u; i < ROWS; i++) { // unroll
    let past = first_pixel + i >= pixels;
    grad_row[i] = select(py + reach.x, 0x40000000u, past);
    grad_col[i] = px + reach.y;
    at_grad[i] = i32((n * params.out_height + grad_row[i]) * params.out_width + grad_col[i]);
    at_x[i] = (n * params.height + py * stride + residue.x) * params.width + px * stride + residue.y;
    px += 1u;
    py += select(0u, 1u, px == class_width);
    px = select(px, 0u, px == class_width);
    n += select(0u, 1u, py == class_height);
    py = select(py, 0u, py == class_height);
  }
  var share: array<u32, SHARED>; // where this lane's columns of the weight matrices lie
  for (var s = 0u; s < SHARED; s++) { // unroll
    let t = min(lane + s * LANES, 4u * COLS - 1u);
    share[s] = min(4u * first_col + t, 4u * params.in4 - 1u) * params.out4;
  }

  var sums: array<array<vec4<f32>, COLS>, ROWS>;
  var tap_row = 0u;
  for (var ky = first_tap.x; ky < params.kernel_height; ky += stride) {
    var tap_col = 0u;
    for (var kx = first_tap.y; kx < params.kernel_width; kx += stride) {
      let at_weight = (ky * params.kernel_width + kx) * 4u * params.in4 * params.out4;
      var at: array<u32, ROWS>;
      var inside: array<bool, ROWS>;
      for (var i = 0u; i < ROWS; i++) { // unroll
        inside[i] = grad_row[i] - tap_row < params.out_height && grad_col[i] - tap_col < params.out_width;
        let tap = at_grad[i] - i32(tap_row * params.out_width + tap_col);
        at[i] = u32(select(0, tap, inside[i])) * params.out4;
      }
      for (var c = 0u; c < params.out4; c++) {
        var grad: array<vec4<f32>, ROWS>;
        var own: array<vec4<f32>, SHARED>;
        for (var i = 0u; i < ROWS; i++) { // unroll
          grad[i] = select(vec4<f32>(), grad_y[at[i] + c], inside[i]);
        }
        for (var s = 0u; s < SHARED; s++) { // unroll
          own[s] = weight[at_weight + share[s] + c];
        }
        for (var j = 0u; j < COLS; j++) { // unroll
          var matrix: mat4x4<f32>; // a column for each input channel
          for (var q = 0u; q < 4u; q++) { // unroll
            matrix[q] = subgroupBroadcast(own[(4u * j + q) / LANES], (4u * j + q) % LANES);
          }
          for (var i = 0u; i < ROWS; i++) { // unroll
            sums[i][j] += grad[i] * matrix;
          }
        }
      }
      tap_col += 1u;
    }
    tap_row += 1u;
  }
  // As in conv2d_forward_subgroup.wgsl, this loop is not unrolled.
  for (var row = 0u; row < ROWS; row++) {
    var at = at_x[0];
    for (var i = 0u; i < ROWS; i++) { // unroll
      at = select(at, at_x[i], row == i);
    }
    let there = first_pixel + row < pixels;
    for (var j = 0u; j < COLS; j++) { // unroll
      var value = sums[0][j];
      for (var i = 0u; i < ROWS; i++) { // unroll
        value = select(value, sums[i][j], row == i);
      }
      if (there && first_col + j < params.in4) {
        let to = at * params.in4 + first_col + j;
        if (params.accumulate != 0u) {
          value += before[to];
        }
        grad_x[to] = value;
      }
    }
  }
}
