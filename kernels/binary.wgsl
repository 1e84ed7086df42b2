// Functions of two elements, with broadcasting, and their gradients before the sum over broadcast axes.
//
//   result[c] = f(u, v)               with u = a[c . strides_a], v = b[c . strides_b]     (forward)
//   result[c] = grad_y[c] * df/du     for every coordinate c of the result                (GRADIENT 1; df/dv by 2)
//
// Buffers: grad_y and result are row-major of `shape` (RANK axes, the last in shape[RANK - 1]); result is written. A stride
// of 0 repeats an operand along an axis. RANK is 0 where both operands lie as the result does; an Element may then be four
// of theirs. Each workgroup takes span neighbours, each of its threads every 64th.
// Constants: Element; RANK, at most 8; GRADIENT, 0 for the value; OP chooses f, by the numbers that src/ops/elementwise.ts
// puts in front of this text.
// At a tie the gradient of maximum and minimum goes to a. d(a^b)/da = b a^(b-1), and 0 for b = 0; d(a^b)/db = a^b log a,
// and 0 for a = 0 with b >= 0. Comparisons give 1 or 0 and have no gradient; of a NaN only notEqual is 1.
// uses numbers.wgsl
// uses places.wgsl

struct Params {
  shape: array<vec4<u32>, 2>,
  strides_a: array<vec4<u32>, 2>,
  strides_b: array<vec4<u32>, 2>,
  size: u32, // of `shape`
  span: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> a: array<Element>; // texture
@group(0) @binding(2) var<storage, read> b: array<Element>; // texture
@group(0) @binding(3) var<storage, read> grad_y: array<Element>; // texture
@group(0) @binding(4) var<storage, read_write> result: array<Element>; // into texture

// A number's place among all numbers, the same for 0 and -0: what compares alike on every adapter, subnormals too.
fn rank_of(x: Element) -> Bits {
  let bits = bitcast<Bits>(x);
  let magnitude = bits & Bits(0x7fffffffu);
  let middle = Bits(0x80000000u);
  return select(middle + magnitude, middle - magnitude, bits >= middle);
}

fn one_where(known: Bools, u: Element, v: Element) -> Element {
  return select(Element(0.0), Element(1.0), known & !(is_nan(u) | is_nan(v)));
}

fn value(u: Element, v: Element) -> Element {
  switch OP {
    case ADD: { return u + v; }
    case SUB: { return u - v; }
    case MUL: { return u * v; }
    case DIV: { return u / v; }
    case POW: { return safe_pow(u, v); }
    case MAXIMUM: { return larger(u, v); }
    case MINIMUM: { return smaller(u, v); }
    case GREATER: { return one_where(rank_of(u) > rank_of(v), u, v); }
    case GREATER_EQUAL: { return one_where(rank_of(u) >= rank_of(v), u, v); }
    case LESS: { return one_where(rank_of(u) < rank_of(v), u, v); }
    case LESS_EQUAL: { return one_where(rank_of(u) <= rank_of(v), u, v); }
    case EQUAL: { return one_where(rank_of(u) == rank_of(v), u, v); }
    case NOT_EQUAL: { return 1.0 - one_where(rank_of(u) == rank_of(v), u, v); }
    default: { return Element(0.0); }
  }
}

// df/du, or df/dv for GRADIENT 2.
fn derivative(u: Element, v: Element) -> Element {
  let second = GRADIENT == 2u;
  switch OP {
    case ADD: { return Element(1.0); }
    case SUB: { return Element(select(1.0, -1.0, second)); }
    case MUL: { return select(v, u, second); }
    case DIV: { return select(1.0 / v, -(u / v) / v, second); }
    case POW: {
      if (second) {
        return select(safe_pow(u, v) * safe_log(u), Element(0.0), (u == Element(0.0)) & (v >= Element(0.0)));
      }
      return select(v * safe_pow(u, v - 1.0), Element(0.0), v == Element(0.0));
    }
    case MAXIMUM, MINIMUM: {
      let other = select(v > u, v < u, Bools(OP == MINIMUM));
      let to_second = select(Element(0.0), Element(1.0), other);
      return or_nan(or_nan(select(1.0 - to_second, to_second, second), u), v);
    }
    default: { return Element(0.0); }
  }
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
    let u = a[at.x];
    let v = b[at.y];
    if (GRADIENT > 0u) {
      let slope = derivative(u, v);
      // An infinite gradient does not go to the operand that was not taken.
      let shut = Bools(OP == MAXIMUM || OP == MINIMUM) & ((bitcast<Bits>(slope) & Bits(0x7fffffffu)) == Bits(0u));
      result[i] = select(grad_y[i] * slope, Element(0.0), shut);
    } else {
      result[i] = value(u, v);
    }
  }
}
