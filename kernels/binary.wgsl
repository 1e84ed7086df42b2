// Functions of two elements, with broadcasting.
//
//   y[c] = f(a[c . strides_a], b[c . strides_b])    for every coordinate c of the result
//
// Buffers: y is row-major of `shape` (RANK axes, the last in shape[RANK - 1]) and written; a stride of 0 repeats an
// operand along an axis. RANK is 0 where both operands lie as the result does; an Element may then be four of theirs.
// Each workgroup takes span neighbours, each of its threads every 64th.
// Constants: Element; OP chooses f, by the numbers below (src/ops/binary_kernel.ts holds the same list); RANK, at most
// 8.

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
  span: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> a: array<Element>; // texture
@group(0) @binding(2) var<storage, read> b: array<Element>; // texture
@group(0) @binding(3) var<storage, read_write> y: array<Element>; // into texture

// u^v, also for negative u where v is a whole number.
fn power(u: Element, v: Element) -> Element {
  let magnitude = select(pow(abs(u), v), Element(1.0), v == Element(0.0));
  let odd = (floor(v) == v) & (floor(v * 0.5) * 2.0 != v);
  return select(magnitude, -magnitude, (u < Element(0.0)) & odd);
}

fn f(u: Element, v: Element) -> Element {
  switch OP {
    case ADD: { return u + v; }
    case SUB: { return u - v; }
    case MUL: { return u * v; }
    case DIV: { return u / v; }
    case POW: { return power(u, v); }
    case MAXIMUM: { return select(select(u + v, v, v > u), u, u >= v); } // u + v where either is NaN
    default: { return Element(0.0); }
  }
}

// Where operands stand for the i-th element of the result.
fn places(i: u32) -> vec2<u32> {
  if (RANK == 0u) {
    return vec2<u32>(i);
  }
  var rest = i;
  var at = vec2<u32>(0u);
  for (var d = 0u; d < RANK; d++) { // unroll
    let axis = RANK - 1u - d;
    let length = params.shape[axis / 4u][axis % 4u];
    let c = rest % length;
    rest /= length;
    at.x += c * params.strides_a[axis / 4u][axis % 4u];
    at.y += c * params.strides_b[axis / 4u][axis % 4u];
  }
  return at;
}

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(local_invocation_index) lane: u32,
  @builtin(num_workgroups) groups: vec3<u32>,
) {
  let first = (group.y * groups.x + group.x) * params.span;
  let end = min(first + params.span, params.size);
  for (var i = first + lane; i < end; i += 64u) {
    let at = places(i);
    y[i] = f(a[at.x], b[at.y]);
  }
}
