// Gradient of a function of two elements with respect to one of them, before the sum over broadcast axes.
//
//   grad[c] = grad_y[c] * df/da   (or df/db when SECOND)   at (a[c . strides_a], b[c . strides_b])
//
// Buffers: grad_y and grad are row-major of `shape`; grad is written. One thread an element.
// Constants: OP, RANK as in binary.wgsl; SECOND chooses the operand. At a tie, maximum's gradient goes to a.
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
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> a: array<f32>;
@group(0) @binding(2) var<storage, read> b: array<f32>;
@group(0) @binding(3) var<storage, read> grad_y: array<f32>;
@group(0) @binding(4) var<storage, read_write> grad: array<f32>;

// u^v, also for negative u where v is a whole number.
fn power(u: f32, v: f32) -> f32 {
  let magnitude = select(pow(abs(u), v), 1.0, v == 0.0);
  let odd = floor(v) == v && floor(v * 0.5) * 2.0 != v;
  return select(magnitude, -magnitude, u < 0.0 && odd);
}

fn derivative(u: f32, v: f32) -> f32 {
  switch OP {
    case ADD: { return 1.0; }
    case SUB: { return select(1.0, -1.0, SECOND); }
    case MUL: { return select(v, u, SECOND); }
    case DIV: { return select(1.0 / v, -u / (v * v), SECOND); }
    case POW: {
      if (SECOND) {
        return select(power(u, v) * log(abs(u)), 0.0, u == 0.0);
      }
      return select(v * power(u, v - 1.0), 0.0, v == 0.0);
    }
    case MAXIMUM: { return select(0.0, 1.0, (v > u) == SECOND); }
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
  grad[i] = grad_y[i] * derivative(a[at_a], b[at_b]);
}
