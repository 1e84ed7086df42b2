// The rows of a convolution's images, in strips for Winograd's product.
//
//   strips[p, n, iy, s, i] = sum_k B[k, p] x[n, iy, s * STRIP + k - padding, i],   0 <= k < POINTS
//
// and x is 0 outside of the image. B: winograd.wgsl.
//
// Layouts, channels last in groups of four:
//   x       [batch, height, width, in4]
//   strips  [POINTS, batch * height, row_strips, in4], written
//
// A thread takes the strips of a row in one group of channels.
//
// Constants: POINTS, STRIP.
// uses winograd.wgsl

struct Params {
  threads: u32, // batch * height * in4
  width: u32,
  in4: u32,
  padding: u32,
  row_strips: u32,
  plane: u32, // groups of four of a point
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<vec4<f32>>; // texture
@group(0) @binding(2) var<storage, read_write> strips: array<vec4<f32>>; // into texture

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let index = id.y * groups.x * 64u + id.x;
  if (index >= params.threads) {
    return;
  }
  let c = index % params.in4;
  let row = index / params.in4;
  for (var s = 0u; s < params.row_strips; s++) {
    var d: Points;
    for (var k = 0u; k < POINTS; k++) { // unroll
      let ix = s * STRIP + k - params.padding; // negative numbers wrap to large ones
      let inside = ix < params.width;
      d[k] = select(vec4<f32>(), x[(row * params.width + select(0u, ix, inside)) * params.in4 + c], inside);
    }
    let v = windowed(d);
    let to = (row * params.row_strips + s) * params.in4 + c;
    for (var p = 0u; p < POINTS; p++) { // unroll
      strips[p * params.plane + to] = v[p];
    }
  }
}
