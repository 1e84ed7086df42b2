// What kernels have in common: NaN seen by its bits, and functions that are right at the ends of their ranges.
//
//   WGSL lets a compiler assume that there is no NaN and no infinity. Adapters here order a NaN either way, and give
//   Inf for exp(NaN), -88 for log(0) or NaN for tanh(50). What must come through or be counted is tested by its bits, and
//   selected as bits: a compiler that assumes no NaN may drop a select between floats of which one is NaN.
//
// A kernel with the line `// uses numbers.wgsl` gets this text behind its own (src/gpu/wgsl/shared.ts). Element is the
// kernel's, or f32; Bits and Bools are as many u32 and bool.

const EXP_OVERFLOWS = 88.72284; // the smallest number whose exponential is infinite
const EXP_VANISHES = -104.0; // exponentials of all below are 0
const LEAST_NORMAL = 0x00800000u; // bits of the smallest number that no adapter may take for 0
const INFINITY = 0x7f800000u; // bits
const NAN = 0x7fc00000u;
const LOWEST = -0x1.fffffep+127f; // the least number that is finite

// x, or where `here` the number of these bits.
fn or_bits(x: Element, bits: u32, here: Bools) -> Element {
  return bitcast<Element>(select(bitcast<Bits>(x), Bits(bits), here));
}

fn is_nan(x: Element) -> Bools {
  return (bitcast<Bits>(x) & Bits(0x7fffffffu)) > Bits(INFINITY);
}

// `value`, which comparisons made of x; x itself where it is NaN.
fn or_nan(value: Element, x: Element) -> Element {
  return bitcast<Element>(select(bitcast<Bits>(value), bitcast<Bits>(x), is_nan(x)));
}

// max(x, y), NaN where one of them is.
fn larger(x: Element, y: Element) -> Element {
  return or_nan(or_nan(max(x, y), y), x);
}

// min(x, y), NaN where one of them is.
fn smaller(x: Element, y: Element) -> Element {
  return or_nan(or_nan(min(x, y), y), x);
}

// max(x, 0), NaN where x is.
fn rectified(x: Element) -> Element {
  return or_nan(select(x, Element(0.0), x < Element(0.0)), x);
}

// x, but slope * x where x is negative; NaN where x is.
fn leaky(x: Element, slope: Element) -> Element {
  return or_nan(select(x, slope * x, x < Element(0.0)), x);
}

// e^x: 0 and infinity beyond its range.
fn safe_exp(x: Element) -> Element {
  let inside = exp(clamp(x, Element(EXP_VANISHES), Element(EXP_OVERFLOWS)));
  let above = or_bits(inside, INFINITY, x >= Element(EXP_OVERFLOWS));
  return or_nan(select(above, Element(0.0), x < Element(EXP_VANISHES)), x);
}

// log(1 + d) for d from -0.3 to 0.42, by the polynomial of Cephes's logf: WGSL's log may be wrong by 2^-21 there, which
// near 1 is all of it.
fn log_near_one(d: Element) -> Element {
  var p = 7.0376836e-2 * d - 0.1151461;
  p = p * d + 0.11676998;
  p = p * d - 0.12420141;
  p = p * d + 0.14249323;
  p = p * d - 0.16668058;
  p = p * d + 0.20000715;
  p = p * d - 0.24999994;
  p = p * d + 0.3333333;
  return d + d * d * (p * d - 0.5);
}

// The natural logarithm: -infinity for 0, NaN for negative x. A subnormal x = bits * 2^-149 is taken apart.
fn safe_log(x: Element) -> Element {
  let bits = bitcast<Bits>(x);
  let magnitude = bits & Bits(0x7fffffffu);
  let normal = select(log(x), log_near_one(x - 1.0), (x > Element(0.7)) & (x < Element(1.4)));
  let inside = select(normal, log(Element(magnitude)) - 103.27893, magnitude < Bits(LEAST_NORMAL));
  let finite = or_bits(inside, INFINITY, bits == Bits(INFINITY));
  let negative = or_bits(finite, NAN, bits > Bits(0x80000000u));
  return or_nan(or_bits(negative, 0x80000000u | INFINITY, magnitude == Bits(0u)), x);
}

// The square root: NaN for negative x.
fn safe_sqrt(x: Element) -> Element {
  let bits = bitcast<Bits>(x);
  let finite = or_bits(sqrt(x), INFINITY, bits == Bits(INFINITY));
  return or_nan(or_bits(finite, NAN, bits > Bits(0x80000000u)), x);
}

// 1 / (1 + e^-x), by the exponential of -|x|, which does not overflow.
fn safe_sigmoid(x: Element) -> Element {
  let e = safe_exp(-abs(x));
  return or_nan(select(Element(1.0), e, x < Element(0.0)) / (1.0 + e), x);
}

// tanh(x) = sign(x) (1 - e) / (1 + e) with e = exp(-2|x|); near 0 the odd series, where 1 - e would cancel. It is 1 from
// |x| = 10 on.
fn safe_tanh(x: Element) -> Element {
  let e = exp(-2.0 * min(abs(x), Element(20.0)));
  let far = sign(x) * (1.0 - e) / (1.0 + e);
  let near = x - x * x * x * (1.0 / 3.0 - x * x * (2.0 / 15.0 - x * x * 17.0 / 315.0));
  return or_nan(select(far, near, abs(x) < Element(0.1)), x);
}

// x^y, as C has it: also for negative x where y is a whole number; 1 for y = 0 and for x = 1, whatever the other is.
fn safe_pow(x: Element, y: Element) -> Element {
  let base = abs(x);
  let bits = bitcast<Bits>(base);
  let infinite = bits == Bits(INFINITY);
  let size = y * safe_log(base);
  // WGSL's pow multiplies what its logarithm is wrong by, which near 1 is all of it.
  let near_one = (base > Element(0.7)) & (base < Element(1.4));
  let by_log = near_one | (bits < Bits(LEAST_NORMAL)) | infinite;
  var magnitude = select(pow(base, y), safe_exp(size), by_log);
  magnitude = or_bits(magnitude, INFINITY, size >= Element(EXP_OVERFLOWS));
  magnitude = select(magnitude, Element(0.0), size < Element(EXP_VANISHES));
  magnitude = select(magnitude, base, y == Element(1.0));
  let whole = floor(y) == y;
  let odd = whole & (floor(y * 0.5) * 2.0 != y);
  let negative = x < Element(0.0);
  var value = select(magnitude, -magnitude, negative & odd);
  value = or_bits(value, NAN, negative & !whole & !infinite);
  value = or_nan(or_nan(value, x), y);
  let to_zero = (y == Element(0.0)) & !is_nan(y);
  let of_one = (x == Element(1.0)) | ((base == Element(1.0)) & (bitcast<Bits>(abs(y)) == Bits(INFINITY)));
  return select(value, Element(1.0), to_zero | (of_one & !is_nan(x)));
}
