// What follows a forward convolution: bias, residual and PReLU, and what is stored of them.
//
//   y[at] = value where positive, slopes * value elsewhere when PRELU, else value;   before[at] = value when KEEP
//   with value = sum + residual[at] where params say so
//
// Bias and slopes belong to a group of four channels: a thread loads them once for all its pixels. A column past the last
// group reads that one's. The kernel has the constants BIAS, PRELU and KEEP, the parameters `out4`, `slopes` and
// `add_residual`, and the arrays `bias`, `residual`, `slope`, `y` and `before` of conv2d_forward.wgsl.

fn bias_of(col: u32) -> vec4<f32> {
  return select(vec4<f32>(), bias[min(col, params.out4 - 1u)], BIAS);
}

fn slopes_of(col: u32) -> vec4<f32> {
  let i = (4u * min(col, params.out4 - 1u) + vec4(0u, 1u, 2u, 3u)) % params.slopes;
  return select(vec4<f32>(), vec4(slope[i.x], slope[i.y], slope[i.z], slope[i.w]), PRELU);
}

fn finish(sum: vec4<f32>, slopes: vec4<f32>, at: u32) {
  var value = sum;
  if (params.add_residual != 0u) {
    value += residual[at];
  }
  if (KEEP) {
    before[at] = value;
  }
  if (PRELU) {
    value = leaky(value, slopes);
  }
  y[at] = value;
}
