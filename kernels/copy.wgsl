// Strided copy: what transpose, slice, concat, broadcasting and padding are made of.
//
//   y[offset_y + c . strides_y] = x[offset_x + c . strides_x]    for every coordinate c below `shape`, times scale if SCALED
//
// Buffers: x is read, the named elements of y are written and no others. One thread an Element: one number, or four
// where both lie together along the last axis.
// Constants: Scalar, the type of a number, and Element, one or four of them; RANK, at most 8 (the last axis is
// shape[RANK - 1]); SCALED, for f32 alone.

struct Params {
  shape: array<vec4<u32>, 2>,
  strides_x: array<vec4<u32>, 2>,
  strides_y: array<vec4<u32>, 2>,
  offset_x: u32,
  offset_y: u32,
  size: u32, // of `shape`
  scale: f32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<Element>;
@group(0) @binding(2) var<storage, read_write> y: array<Element>;

@compute @workgroup_size(64)
fn main(
  @builtin(global_invocation_id) id: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
) {
  let i = id.y * groups.x * 64u + id.x;
  if (i >= params.size) {
    return;
  }
  var rest = i;
  var at_x = params.offset_x;
  var at_y = params.offset_y;
  for (var d = 0u; d < RANK; d++) { // unroll
    let axis = RANK - 1u - d;
    let length = params.shape[axis / 4u][axis % 4u];
    let c = rest % length;
    rest /= length;
    at_x += c * params.strides_x[axis / 4u][axis % 4u];
    at_y += c * params.strides_y[axis / 4u][axis % 4u];
  }
  if (SCALED) {
    y[at_y] = Scalar(params.scale) * x[at_x];
  } else {
    y[at_y] = x[at_x];
  }
}
