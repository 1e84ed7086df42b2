// Gradient of a function of one element.
//
//   grad_x[i] = grad_y[i] * f'(x[i]), with y = f(x) at hand where f' is shorter in it
//
// Buffers: x, y, grad_y, grad_x, all [size]; grad_x is written. Elements and threads as in unary.wgsl.
// Constants: Element; OP chooses f, by the numbers of unary.wgsl. At 0 the derivative of abs and ReLU is 0 and that of
// the leaky ReLU its slope, as in PyTorch.

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
@group(0) @binding(2) var<storage, read> y: array<Element>; // texture
@group(0) @binding(3) var<storage, read> grad_y: array<Element>; // texture
@group(0) @binding(4) var<storage, read_write> grad_x: array<Element>; // into texture

fn derivative(v: Element, value: Element) -> Element {
  switch OP {
    case NEG: { return Element(-1.0); }
    case EXP: { return value; }
    case LOG: { return 1.0 / v; }
    case SQRT: { return 0.5 / value; }
    case ABS: { return sign(v); }
    case SIGMOID: { return value * (1.0 - value); }
    case TANH: { return 1.0 - value * value; }
    case RELU: { return select(Element(0.0), Element(1.0), v > Element(0.0)); }
    case LEAKY_RELU: { return select(Element(params.slope), Element(1.0), v > Element(0.0)); }
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
    grad_x[i] = grad_y[i] * derivative(x[i], y[i]);
  }
}
