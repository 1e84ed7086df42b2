// Functions of two elements, with broadcasting.
//
//   y[c] = f(a[c . strides_a], b[c . strides_b])    for every coordinate c of the result
//
// Buffers: y is row-major of `shape` (RANK axes, the last in shape[RANK - 1]) and written; a stride of 0 repeats an
// operand along an axis. One thread an element of y.
// Constants: OP chooses f, by the numbers below (src/ops/binary.ts holds the same list); RANK, at most 8.

const ADD = 0u;
const SUB = 1u;
const MUL = 2u;
const DIV = 3u;
const POW = 4u;
const MAXIMUM = 5u;

struct Params {
  shape: array<vec4<u32>, 2>,
  strides_a: array<vec4<u32>, 2>,
  strides_b: array<vec4<u32>, 2>,
  size: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> a: array<f32>;
@group(0) @binding(2) var<storage, read> b: array<f32>;
@group(0) @binding(3) var<storage, read_write> y: array<f32>;

// u^v, also for negative u where v is a whole number.
fn power(u: f32, v: f32) -> f32 {
  let magnitude = select(pow(abs(u), v), 1.0, v == 0.0);
  let odd = floor(v) == v && floor(v * 0.5) * 2.0 != v;
  return select(magnitude, -magnitude, u < 0.0 && odd);
}

fn f(u: f32, v: f32) -> f32 {
  switch OP {
    case ADD: { return u + v; }
    case SUB: { return u - v; }
    case MUL: { return u * v; }
    case DIV: { return u / v; }
    case POW: { return power(u, v); }
    case MAXIMUM: { return select(select(u + v, v, v > u), u, u >= v); } // u + v where either is NaN
    default: { return 0.0; }
  }
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
  var rest = i;
  var at_a = 0u;
  var at_b = 0u;
  for (var d = 0u; d < RANK; d++) { // unroll
    let axis = RANK - 1u - d;
    let length = params.shape[axis / 4u][axis % 4u];
    let c = rest % length;
    rest /= length;
    at_a += c * params.strides_a[axis / 4u][axis % 4u];
    at_b += c * params.strides_b[axis / 4u][axis % 4u];
  }
  y[i] = f(a[at_a], b[at_b]);
}
