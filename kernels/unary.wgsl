// Functions of one element, and their gradients.
//
//   result[i] = f(x[i])                                                                    (forward)
//   result[i] = grad_y[i] * f'(x[i]), with y = f(x) at hand where f' is shorter in it      (GRADIENT)
//
// Buffers, in Elements of one number or four: x, y, grad_y, result [size]; result is written. Each workgroup takes span
// neighbours, each of its threads every 64th.
// Constants: Element; GRADIENT; OP chooses f, by the numbers that src/ops/elementwise.ts puts in front of this text.
// `slope` is that of the leaky ReLU for negative x; `low` and `high` bound what is clamped.
// Of a NaN, value and gradient are NaN; the gradient of neg is -1 everywhere. At a kink the derivative is PyTorch's: 0 for
// abs and ReLU, the slope for the leaky ReLU, 1 at both bounds of clamp.
// uses numbers.wgsl

struct Params {
  size: u32,
  span: u32,
  slope: f32,
  low: f32,
  high: f32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<Element>; // texture
@group(0) @binding(2) var<storage, read> y: array<Element>; // texture
@group(0) @binding(3) var<storage, read> grad_y: array<Element>; // texture
@group(0) @binding(4) var<storage, read_write> result: array<Element>; // into texture

// Words 1 to 7 are the first 224 binary places of 1 / (2 pi); word 0 is before the point.
fn word_of_inverse(i: Bits) -> Bits {
  var word = select(Bits(0u), Bits(0x28be60dbu), i == Bits(1u));
  word = select(word, Bits(0x9391054au), i == Bits(2u));
  word = select(word, Bits(0x7f09d5f4u), i == Bits(3u));
  word = select(word, Bits(0x7d4d3770u), i == Bits(4u));
  word = select(word, Bits(0x36d8a566u), i == Bits(5u));
  word = select(word, Bits(0x4f10e410u), i == Bits(6u));
  return select(word, Bits(0x7f9458eau), i == Bits(7u));
}

// The upper half of a 64-bit product, from 16-bit halves.
fn upper(a: Bits, b: Bits) -> Bits {
  let half = Bits(0xffffu);
  let by = Bits(16u);
  let middle = (a >> by) * (b & half) + (((a & half) * (b & half)) >> by);
  let carry = (a & half) * (b >> by) + (middle & half);
  return (a >> by) * (b >> by) + (middle >> by) + (carry >> by);
}

// sin(v + quarters * pi/2). Payne and Hanek (1983): v = m 2^e is divided by 2 pi with the 96 places that matter for its e;
// whole turns fall off, so no v is too large. What is left, up to an eighth of a turn, goes into a polynomial (Cephes).
fn sine(v: Element, quarters: u32) -> Element {
  let bits = bitcast<Bits>(v) & Bits(0x7fffffffu);
  let m = (bits & Bits(0x007fffffu)) | Bits(0x00800000u);
  let start = max(bits >> Bits(23u), Bits(126u)) - Bits(118u); // E - 150 + 32, where v = m 2^(E - 150)
  let i = start >> Bits(5u);
  let s = start & Bits(31u);
  let back = Bits(31u) - s;
  let w1 = word_of_inverse(i + Bits(1u));
  let w2 = word_of_inverse(i + Bits(2u));
  let p0 = (word_of_inverse(i) << s) | ((w1 >> Bits(1u)) >> back);
  let p1 = (w1 << s) | ((w2 >> Bits(1u)) >> back);
  let p2 = (w2 << s) | ((word_of_inverse(i + Bits(3u)) >> Bits(1u)) >> back);
  let low = m * p1 + upper(m, p2);
  let turns = m * p0 + upper(m, p1) + select(Bits(0u), Bits(1u), low < m * p1);
  var quarter = (turns + Bits(0x20000000u)) >> Bits(30u);
  let rest = turns - (quarter << Bits(30u));
  let below = rest >= Bits(0x80000000u);
  let rest_high = select(rest, ~rest + select(Bits(0u), Bits(1u), low == Bits(0u)), below);
  let rest_low = select(low, Bits(0u) - low, below);
  let fraction = Element(rest_high) * 2.3283064365386963e-10 + Element(rest_low) * 5.421010862427522e-20;
  let small = abs(v) < Element(0.7853981);
  var angle = select(select(fraction, -fraction, below) * 6.2831853, abs(v), small);
  quarter = select(quarter, Bits(0u), small);
  // sin(-|v|) = -sin |v|, so a negative v turns the other way.
  let negative = v < Element(0.0);
  angle = select(angle, -angle, negative);
  quarter = select(quarter, Bits(0u) - quarter, negative) + Bits(quarters);
  let z = angle * angle;
  let odd = ((-1.9515296e-4 * z + 8.3321609e-3) * z - 0.16666655) * z * angle + angle;
  let even = ((2.4433157e-5 * z - 1.3887316e-3) * z + 4.1666646e-2) * z * z - 0.5 * z + 1.0;
  let value = select(odd, even, (quarter & Bits(1u)) == Bits(1u));
  let signed = select(value, -value, (quarter & Bits(2u)) == Bits(2u));
  return or_bits(signed, NAN, bits >= Bits(INFINITY));
}

// pi/2 - asin(v) by a polynomial for small |v| (Cephes), and by the half angle near 1, where the polynomial cancels.
fn arc_cosine(v: Element) -> Element {
  let size = abs(v);
  let near = size > Element(0.5);
  let half = 0.5 * (1.0 - size);
  let z = select(v * v, half, near);
  let s = select(v, safe_sqrt(half), near);
  let p = (((4.2163199e-2 * z + 2.4181311e-2) * z + 4.5470026e-2) * z + 7.4953003e-2) * z + 0.16666752;
  let arc = p * z * s + s;
  let beyond = select(2.0 * arc, 3.1415927 - 2.0 * arc, v < Element(0.0));
  return or_nan(or_bits(select(1.5707964 - arc, beyond, near), NAN, size > Element(1.0)), v);
}

// The slope of the sigmoid, e / (1 + e)^2 with e = exp(-|v|): 1 - sigmoid(v) would cancel.
fn bell(v: Element) -> Element {
  let e = safe_exp(-abs(v));
  return e / ((1.0 + e) * (1.0 + e));
}

fn value(v: Element) -> Element {
  switch OP {
    case NEG: { return -v; }
    case EXP: { return safe_exp(v); }
    case LOG: { return safe_log(v); }
    case SQRT: { return safe_sqrt(v); }
    case ABS: { return abs(v); }
    case SIGMOID: { return safe_sigmoid(v); }
    case TANH: { return safe_tanh(v); }
    case RELU: { return rectified(v); }
    case LEAKY_RELU: { return leaky(v, Element(params.slope)); }
    case SQUARE: { return v * v; }
    case SIN: { return sine(v, 0u); }
    case COS: { return sine(v, 1u); }
    case ACOS: { return arc_cosine(v); }
    case CLAMP: {
      let raised = select(v, Element(params.low), v < Element(params.low));
      return or_nan(select(raised, Element(params.high), v > Element(params.high)), v);
    }
    default: { return v; }
  }
}

// f'(v), with the value f(v).
fn derivative(v: Element, value: Element) -> Element {
  switch OP {
    case NEG: { return Element(-1.0); }
    case EXP: { return value; }
    case LOG: { return 1.0 / v; }
    case SQRT: { return 0.5 / value; }
    case ABS: { return sign(v); }
    case SIGMOID: { return bell(v); }
    case TANH: { return 4.0 * bell(2.0 * v); }
    case RELU: { return select(Element(0.0), Element(1.0), v > Element(0.0)); }
    case LEAKY_RELU: { return select(Element(params.slope), Element(1.0), v > Element(0.0)); }
    case SQUARE: { return 2.0 * v; }
    case SIN: { return sine(v, 1u); }
    case COS: { return sine(v, 2u); }
    case ACOS: { return -1.0 / safe_sqrt((1.0 - v) * (1.0 + v)); }
    case CLAMP: {
      let inside = (v >= Element(params.low)) & (v <= Element(params.high));
      return select(Element(0.0), Element(1.0), inside);
    }
    default: { return Element(1.0); }
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
    let v = x[i];
    if (GRADIENT) {
      let slope = derivative(v, y[i]);
      let product = grad_y[i] * select(or_nan(slope, v), slope, Bools(OP == NEG));
      // Where nothing goes through, an infinite gradient does not either.
      let shut = Bools(OP == RELU || OP == CLAMP) & (slope == Element(0.0)) & !is_nan(v);
      result[i] = select(product, Element(0.0), shut);
    } else {
      result[i] = value(v);
    }
  }
}
