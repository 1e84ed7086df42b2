// Gradient of a 2-D convolution with respect to its input, for adapters on which loads are dear (llvmpipe).
//
//   grad_x[n, iy, ix, i] = sum_{ky, kx, o} grad_y[n, (iy + padding - ky) / stride, (ix + padding - kx) / stride, o]
//                                          * weight[ky, kx, i, o]
//
// over those ky, kx for which both divisions have no remainder. Layouts and residue classes (workgroup z) as in
// conv2d_input_grad.wgsl, strips and shared weights as in conv2d_forward_subgroup.wgsl. Pixel p of a class (ix = r +
// stride * p) meets tap t (kx = first + stride * t) at ox = p + reach - t, so a strip of ROWS pixels of a class needs
// ROWS + TAPS - 1 neighbouring values of grad_y for all its taps.
//
// Constants: ROWS, COLS, LANES (the workgroup and the subgroup), TAPS = ceil(kernel width / STRIDE), STRIDE,
// STRIP = ROWS + TAPS - 1, SHARED = ceil(TAPS * 4 * COLS / LANES).

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
  padding: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> grad_y: array<vec4<f32>>; // texture
@group(0) @binding(2) var<storage, read> weight: array<vec4<f32>>; // texture
@group(0) @binding(3) var<storage, read_write> grad_x: array<vec4<f32>>;

@compute @workgroup_size(LANES)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) lane: u32) {
  let residue = vec2<u32>(group.z / STRIDE, group.z % STRIDE);
  // The class's own image; where a class is empty, one pixel that is computed and dropped.
  let class_height = (params.height + STRIDE - 1u - residue.x) / STRIDE;
  let class_width = (params.width + STRIDE - 1u - residue.y) / STRIDE;
  let strips_per_row = max((class_width + ROWS - 1u) / ROWS, 1u);
  let strips = params.batch * class_height * select(0u, strips_per_row, class_width > 0u);
  let index = group.x * LANES + lane;
  let strip = min(index, max(strips, 1u) - 1u);
  let first_p = (strip % strips_per_row) * ROWS;
  let row = strip / strips_per_row; // of the class's images
  let n = row / max(class_height, 1u);
  let iy = row % max(class_height, 1u) * STRIDE + residue.x;
  let first_col = group.y * COLS;
  let out_h = i32(params.out_height);
  let out_w = i32(params.out_width);
  let first_kx = (residue.y + params.padding) % STRIDE;
  let first_ox = i32(first_p + (residue.y + params.padding) / STRIDE) - i32(TAPS - 1u);
  let step = 4u * params.in4 * params.out4; // weights of one kernel position

  var share: array<u32, SHARED>; // where this lane's part of a step's weights lies
  var present: array<bool, SHARED>; // false for taps past the kernel
  var sums: array<array<vec4<f32>, COLS>, ROWS>;
  for (var s = 0u; s < SHARED; s++) { // unroll
    let t = lane + s * LANES;
    let kx = first_kx + STRIDE * (t / (4u * COLS));
    let channel = min(4u * first_col + t % (4u * COLS), 4u * params.in4 - 1u);
    present[s] = kx < params.kernel_width;
    share[s] = select(0u, kx, present[s]) * step + channel * params.out4;
  }
  for (var ky = (residue.x + params.padding) % STRIDE; ky < params.kernel_height; ky += STRIDE) {
    let reach = i32(iy + params.padding) - i32(ky);
    let oy = reach / i32(STRIDE);
    let row_inside = reach >= 0 && oy < out_h;
    let at_row = (i32(n) * out_h + select(0, oy, row_inside)) * out_w;
    var at: array<u32, STRIP>;
    var inside: array<bool, STRIP>;
    for (var i = 0u; i < STRIP; i++) { // unroll
      let ox = first_ox + i32(i);
      inside[i] = row_inside && ox >= 0 && ox < out_w;
      at[i] = u32(at_row + select(0, ox, inside[i])) * params.out4;
    }
    let at_kernel = ky * params.kernel_width * step;
    for (var c = 0u; c < params.out4; c++) {
      var grad: array<vec4<f32>, STRIP>;
      for (var i = 0u; i < STRIP; i++) { // unroll
        grad[i] = select(vec4<f32>(), grad_y[at[i] + c], inside[i]);
      }
      var own: array<vec4<f32>, SHARED>;
      for (var s = 0u; s < SHARED; s++) { // unroll
        own[s] = select(vec4<f32>(), weight[at_kernel + share[s] + c], present[s]);
      }
      for (var t = 0u; t < TAPS; t++) { // unroll
        for (var j = 0u; j < COLS; j++) { // unroll
          let w0 = subgroupBroadcast(own[(4u * (t * COLS + j)) / LANES], 4u * (t * COLS + j) % LANES);
          let w1 = subgroupBroadcast(own[(4u * (t * COLS + j) + 1u) / LANES], (4u * (t * COLS + j) + 1u) % LANES);
          let w2 = subgroupBroadcast(own[(4u * (t * COLS + j) + 2u) / LANES], (4u * (t * COLS + j) + 2u) % LANES);
          let w3 = subgroupBroadcast(own[(4u * (t * COLS + j) + 3u) / LANES], (4u * (t * COLS + j) + 3u) % LANES);
          for (var i = 0u; i < ROWS; i++) { // unroll
            let g = grad[i + TAPS - 1u - t];
            sums[i][j] += vec4<f32>(dot(g, w0), dot(g, w1), dot(g, w2), dot(g, w3));
          }
        }
      }
    }
  }
  for (var i = 0u; i < ROWS; i++) { // unroll
    let ix = residue.y + STRIDE * (first_p + i);
    for (var j = 0u; j < COLS; j++) { // unroll
      if (index < strips && ix < params.width && first_col + j < params.in4) {
        grad_x[((n * params.height + iy) * params.width + ix) * params.in4 + first_col + j] = sums[i][j];
      }
    }
  }
}
