// Gradient of a convolution's weights, from that of the weights at Winograd's points.
//
//   grad_weight[ky, kx, i, o] = sum_p G[p, kx] grad_points[p, ky, i, o],   G: winograd.wgsl
//
// Layouts, channels last in groups of four:
//   grad_points  [POINTS, TAPS, in, out4]
//   grad_weight  [TAPS, TAPS, in, out4], written
//
// A thread takes one group of output channels of one input channel.
//
// Constants: TAPS, POINTS.
// uses winograd.wgsl

struct Params {
  plane: u32, // in * out4
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> grad_points: array<vec4<f32>>; // texture
@group(0) @binding(2) var<storage, read_write> grad_weight: array<vec4<f32>>; // into texture

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let index = id.y * groups.x * 64u + id.x;
  if (index >= params.plane) {
    return;
  }
  for (var ky = 0u; ky < TAPS; ky++) {
    var taps = array<vec4<f32>, TAPS>();
    for (var p = 0u; p < POINTS; p++) { // unroll
      let term = grad_points[(p * TAPS + ky) * params.plane + index] * (1.0 / distance_of(p));
      var power = 1.0; // of the point; of infinity, 0 but for the last
      for (var kx = 0u; kx < TAPS; kx++) { // unroll
        let factor = select(power, select(0.0, 1.0, kx == TAPS - 1u), p == POINTS - 1u);
        taps[kx] += factor * term;
        power *= point(p);
      }
    }
    for (var kx = 0u; kx < TAPS; kx++) { // unroll
      grad_weight[(ky * TAPS + kx) * params.plane + index] = taps[kx];
    }
  }
}
