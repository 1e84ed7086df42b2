// Functions of one element.
//
//   y[i] = f(x[i])
//
// Buffers: x and y [size]; y is written. One thread an element.
// Constant: OP chooses f, by the numbers below (src/ops/unary.ts holds the same list).
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
  slope: f32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<f32>;
@group(0) @binding(2) var<storage, read_write> y: array<f32>;

// Comparisons are written so that a NaN passes through: `max(v, 0)` would turn it into 0 and hide it.
fn f(v: f32) -> f32 {
  switch OP {
    case NEG: { return -v; }
    case EXP: { return exp(v); }
    case LOG: { return log(v); }
    case SQRT: { return sqrt(v); }
    case ABS: { return abs(v); }
    case SIGMOID: {
      let e = exp(-abs(v));
      return select(1.0, e, v < 0.0) / (1.0 + e);
    }
    case TANH: {
      // tanh(v) = sign(v) (1 - e) / (1 + e) with e = exp(-2|v|); near 0 the odd series, where 1 - e would cancel
      let e = exp(-2.0 * abs(v));
      let far = sign(v) * (1.0 - e) / (1.0 + e);
      let near = v - v * v * v * (1.0 / 3.0 - v * v * (2.0 / 15.0 - v * v * 17.0 / 315.0));
      return select(far, near, abs(v) < 0.1);
    }
    case RELU: { return select(v, 0.0, v < 0.0); }
    case LEAKY_RELU: { return select(v, params.slope * v, v < 0.0); }
    default: { return v; }
  }
}

@compute @workgroup_size(64)
fn main(
  @builtin(global_invocation_id) id: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
) {
  let i = id.y * groups.x * 64u + id.x;
  if (i < params.size) {
    y[i] = f(x[i]);
  }
}
