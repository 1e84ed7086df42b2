// Rows of a convolution's images, or of its outputs' gradient, in strips at Winograd's points.
//
//   strips[p, n, iy, s, i] = sum_k B[k, p] x[n, iy, s * STRIP + k - padding, i],   0 <= k < POINTS
//   OUTPUTS: with A[p, k] for B[k, p], 0 <= k < STRIP, and padding 0
//
// and x is 0 outside of the image. A, B: winograd.wgsl.
//
// Layouts, channels last in groups of four:
//   x       [batch, height, width, in4]
//   strips  [POINTS, batch * height, row_strips, in4], written
//
// A thread takes the strips of a row in one group of channels.
//
// Constants: POINTS, STRIP, OUTPUTS.
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

fn load(row: u32, ix: u32, c: u32) -> vec4<f32> {
  let inside = ix < params.width;
  let value = x[(row * params.width + select(0u, ix, inside)) * params.in4 + c];
  return select(vec4<f32>(), value, inside);
}

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let index = id.y * groups.x * 64u + id.x;
  if (index >= params.threads) {
    return;
  }
  let c = index % params.in4;
  let row = index / params.in4;
  for (var s = 0u; s < params.row_strips; s++) {
    let ix = s * STRIP - params.padding; // negative numbers wrap to large ones
    var v: Points;
    if (OUTPUTS) {
      var d: array<vec4<f32>, STRIP>;
      for (var k = 0u; k < STRIP; k++) { // unroll
        d[k] = load(row, ix + k, c);
      }
      for (var p = 0u; p < POINTS; p++) { // unroll
        var sum = vec4<f32>();
        for (var k = 0u; k < STRIP; k++) { // unroll
          sum = sum * point(p) + d[STRIP - 1u - k];
        }
        v[p] = sum;
      }
      v[POINTS - 1u] = d[STRIP - 1u];
    } else {
      var d: Points;
      for (var k = 0u; k < POINTS; k++) { // unroll
        d[k] = load(row, ix + k, c);
      }
      v = windowed(d);
    }
    let to = (row * params.row_strips + s) * params.in4 + c;
    for (var p = 0u; p < POINTS; p++) { // unroll
      strips[p * params.plane + to] = v[p];
    }
  }
}
