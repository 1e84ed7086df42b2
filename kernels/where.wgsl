// Elements of one array or of another, by a condition, with broadcasting.
//
//   y[c] = a[c . strides_a] if condition[c . strides_condition] != 0, else b[c . strides_b]
//
// Buffers: y is row-major of `shape` (RANK axes, the last in shape[RANK - 1]) and written; a stride of 0 repeats an operand
// along an axis. Elements are moved as bits, of whatever type they are; the condition is f32. One thread an element.
// Constant: RANK, at most 8.

struct Params {
  shape: array<vec4<u32>, 2>,
  strides_condition: array<vec4<u32>, 2>,
  strides_a: array<vec4<u32>, 2>,
  strides_b: array<vec4<u32>, 2>,
  size: u32, // of `shape`
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> condition: array<u32>;
@group(0) @binding(2) var<storage, read> a: array<u32>;
@group(0) @binding(3) var<storage, read> b: array<u32>;
@group(0) @binding(4) var<storage, read_write> y: array<u32>;

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
  var at = vec3<u32>(0u);
  for (var d = 0u; d < RANK; d++) { // unroll
    let axis = RANK - 1u - d;
    let length = params.shape[axis / 4u][axis % 4u];
    let c = rest % length;
    rest /= length;
    at.x += c * params.strides_condition[axis / 4u][axis % 4u];
    at.y += c * params.strides_a[axis / 4u][axis % 4u];
    at.z += c * params.strides_b[axis / 4u][axis % 4u];
  }
  let holds = (condition[at.x] & 0x7fffffffu) != 0u; // neither 0 nor -0
  if (holds) {
    y[i] = a[at.y];
  } else {
    y[i] = b[at.z];
  }
}
