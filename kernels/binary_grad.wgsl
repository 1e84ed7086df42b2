// Gradient of a function of two elements with respect to one of them, before the sum over broadcast axes.
//
//   grad[c] = grad_y[c] * df/da   (or df/db when SECOND)   at (a[c . strides_a], b[c . strides_b])
//
// Buffers: grad_y and grad are row-major of `shape`; grad is written. Threads as in binary.wgsl.
// Constants: Element, OP, RANK as in binary.wgsl; SECOND chooses the operand. At a tie, maximum's gradient goes to a.
// d(a^b)/da = b a^(b-1), and 0 for b = 0; d(a^b)/db = a^b log a, and 0 for a = 0.

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
@group(0) @binding(3) var<storage, read> grad_y: array<Element>; // texture
@group(0) @binding(4) var<storage, read_write> grad: array<Element>; // into texture

// u^v, also for negative u where v is a whole number.
fn power(u: Element, v: Element) -> Element {
  let magnitude = select(pow(abs(u), v), Element(1.0), v == Element(0.0));
  let odd = (floor(v) == v) & (floor(v * 0.5) * 2.0 != v);
  return select(magnitude, -magnitude, (u < Element(0.0)) & odd);
}

fn derivative(u: Element, v: Element) -> Element {
  switch OP {
    case ADD: { return Element(1.0); }
    case SUB: { return Element(select(1.0, -1.0, SECOND)); }
    case MUL: { return select(v, u, SECOND); }
    case DIV: { return select(1.0 / v, -u / (v * v), SECOND); }
    case POW: {
      if (SECOND) {
        return select(power(u, v) * log(abs(u)), Element(0.0), u == Element(0.0));
      }
      return select(v * power(u, v - 1.0), Element(0.0), v == Element(0.0));
    }
    case MAXIMUM: {
      let second = select(Element(0.0), Element(1.0), v > u);
      return select(1.0 - second, second, SECOND);
    }
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
    grad[i] = grad_y[i] * derivative(a[at.x], b[at.y]);
  }
}
