// Functions of one element.
//
//   y[i] = f(x[i])
//
// Buffers, in Elements of one number or four: x and y [size]; y is written. Each workgroup takes span neighbours, each
// of its threads every 64th.
// Constants: Element; OP chooses f, by the numbers below (src/ops/unary.ts holds the same list).
// `slope` is that of the leaky ReLU for negative x.

const NEG = 0u;
const EXP = 1u;
const LOG = 2u;
const SQRT = 3u;
const ABS = 4u;
const SIGMOID = 5u;
const TANH = 6u;
const RELU = 7u;
const LEAKY_RELU = 8u;

struct Params {
  size: u32,
  span: u32,
  slope: f32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<Element>; // texture
@group(0) @binding(2) var<storage, read_write> y: array<Element>; // into texture

// Comparisons are written so that a NaN passes through: `max(v, 0)` would turn it into 0 and hide it.
fn f(v: Element) -> Element {
  switch OP {
    case NEG: { return -v; }
    case EXP: { return exp(v); }
    case LOG: { return log(v); }
    case SQRT: { return sqrt(v); }
    case ABS: { return abs(v); }
    case SIGMOID: {
      let e = exp(-abs(v));
      return select(Element(1.0), e, v < Element(0.0)) / (1.0 + e);
    }
    case TANH: {
      // tanh(v) = sign(v) (1 - e) / (1 + e) with e = exp(-2|v|); near 0 the odd series, where 1 - e would cancel
      let e = exp(-2.0 * abs(v));
      let far = sign(v) * (1.0 - e) / (1.0 + e);
      let near = v - v * v * v * (1.0 / 3.0 - v * v * (2.0 / 15.0 - v * v * 17.0 / 315.0));
      return select(far, near, abs(v) < Element(0.1));
    }
    case RELU: { return select(v, Element(0.0), v < Element(0.0)); }
    case LEAKY_RELU: { return select(v, params.slope * v, v < Element(0.0)); }
    default: { return v; }
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
    y[i] = f(x[i]);
  }
}
