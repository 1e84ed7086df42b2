// The weights of a convolution at Winograd's points.
//
//   points[p, ky, i, o] = sum_kx G[p, kx] weight[ky, kx, i, o]
//
// or, when TURNED, with weight[TAPS - 1 - ky, TAPS - 1 - kx, i, o]: with those a convolution of the outputs' gradient gives
// the images' gradient. G: winograd.wgsl.
//
// Layouts, channels last in groups of four:
//   weight  [TAPS, TAPS, in, out4]
//   points  [POINTS, TAPS, in, out4], written
//
// A thread takes one group of output channels of one input channel.
//
// Constants: TAPS, POINTS, TURNED.
// uses winograd.wgsl

struct Params {
  plane: u32, // in * out4
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> weight: array<vec4<f32>>; // texture
@group(0) @binding(2) var<storage, read_write> points: array<vec4<f32>>; // into texture

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let index = id.y * groups.x * 64u + id.x;
  if (index >= params.plane) {
    return;
  }
  for (var ky = 0u; ky < TAPS; ky++) {
    var taps: array<vec4<f32>, TAPS>;
    for (var kx = 0u; kx < TAPS; kx++) { // unroll
      let tap = ky * TAPS + kx;
      taps[kx] = weight[select(tap, TAPS * TAPS - 1u - tap, TURNED) * params.plane + index];
    }
    for (var p = 0u; p < POINTS; p++) { // unroll
      var sum = vec4<f32>();
      for (var k = 0u; k < TAPS; k++) { // unroll
        sum = sum * point(p) + taps[TAPS - 1u - k];
      }
      if (p == POINTS - 1u) {
        sum = taps[TAPS - 1u];
      }
      points[(p * TAPS + ky) * params.plane + index] = sum * (1.0 / distance_of(p));
    }
  }
}
