// Numbers of one type as numbers of another.
//
//   f32 to i32:  y[i] = x[i] without its fraction; the nearest i32 where it lies outside, 0 for NaN
//   i32 to f32:  y[i] = x[i], rounded where 24 bits do not hold it                                    (WHOLE)
//
// WGSL does not say what becomes of a float outside of i32, so it is bounded here, and a NaN is seen by its bits.
// Layouts: x [size], f32, or i32 when WHOLE; y [size], of the other type, written. One thread an element.
// Constants: WHOLE; From and To, the types.

struct Params {
  size: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<From>;
@group(0) @binding(2) var<storage, read_write> y: array<To>;

fn whole(v: f32) -> i32 {
  let magnitude = bitcast<u32>(v) & 0x7fffffffu;
  let negative = bitcast<u32>(v) >> 31u == 1u;
  let beyond = magnitude >= 0x4f000000u; // 2 ** 31, infinity, NaN
  let inside = i32(bitcast<f32>(select(bitcast<u32>(v), 0u, beyond)));
  let bound = select(0x7fffffffi, -0x7fffffffi - 1i, negative);
  let outside = select(bound, 0i, magnitude > 0x7f800000u);
  return select(inside, outside, beyond);
}

@compute @workgroup_size(64)
fn main(
  @builtin(global_invocation_id) id: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
) {
  let i = id.y * groups.x * 64u + id.x;
  if (i >= params.size) {
    return;
  }
  if (WHOLE) {
    y[i] = To(x[i]);
  } else {
    y[i] = To(whole(f32(x[i])));
  }
}
