// Cosines with a margin in the column of each row's own class, and their gradient.
//
//   result[r, c] = psi(cosines[r, c]) where c = labels[r], else cosines[r, c]                 (forward)
//   result[r, c] = grad_y[r, c] * psi'(cosines[r, c]) where c = labels[r], else grad_y[r, c]  (GRADIENT)
//
// with, for x = cos(theta) and the margin m,
//
//   COSINE    psi = x - m                                              (CosFace)
//   ANGLE     psi = cos(theta + m) up to theta = pi - m, then x - m sin(m)   (ArcFace)
//   MULTIPLE  psi = (-1)^k cos(m theta) - 2 k for theta from k pi/m to (k + 1) pi/m, m a whole number   (L-Softmax, SphereFace)
//
// Layouts: cosines, grad_y, result [rows, classes]; labels [rows]; result is written, a thread an element. settings: m,
// cos(m) and sin(m), or, MULTIPLE, m and the cosines of k pi/m for k from 1 to m - 1. No form takes an arc cosine, whose
// slope at -1 and 1 is infinite: cos(theta + m) takes the sine as sqrt(1 - x^2), as a divisor at least LEAST_SINE, and
// cos(m theta) is the Chebyshev polynomial T_m(x), whose slope is m U_(m-1)(x). A NaN stays one.
// Constants: GRADIENT; FORM, by the numbers that src/losses/angular_margin.ts puts in front of this text.
// uses numbers.wgsl

const LEAST_SINE = 3.4526698e-4; // sqrt(1 - x^2) of the largest float32 number x below 1

struct Params {
  rows: u32,
  classes: u32,
  multiple: u32, // m of MULTIPLE
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> cosines: array<f32>;
@group(0) @binding(2) var<storage, read> labels: array<i32>;
@group(0) @binding(3) var<storage, read> settings: array<f32>;
@group(0) @binding(4) var<storage, read> grad_y: array<f32>;
@group(0) @binding(5) var<storage, read_write> result: array<f32>;

// psi(x), and its slope.
fn with_margin(x: f32) -> vec2<f32> {
  let m = settings[0];
  if (FORM == COSINE) {
    return vec2<f32>(x - m, 1.0);
  }
  if (FORM == ANGLE) {
    let sine = safe_sqrt(larger((1.0 - x) * (1.0 + x), 0.0));
    let turned = vec2<f32>(
      x * settings[1] - sine * settings[2],
      settings[1] + settings[2] * x / larger(sine, LEAST_SINE),
    );
    return select(vec2<f32>(x - m * settings[2], 1.0), turned, x > -settings[1]);
  }
  let inside = clamp(x, -1.0, 1.0);
  var t = vec2<f32>(1.0, inside); // T_i-1, T_i
  var u = vec2<f32>(0.0, 1.0); // U_i-2, U_i-1
  var k = 0.0; // m - 1 at the most, also at x = -1, where k = m has the same psi and a slope of the other sign
  for (var i = 1u; i < params.multiple; i++) {
    t = vec2<f32>(t.y, 2.0 * inside * t.y - t.x);
    u = vec2<f32>(u.y, 2.0 * inside * u.y - u.x);
    k += select(0.0, 1.0, x <= settings[i]);
  }
  let turn = 1.0 - 2.0 * (k - 2.0 * floor(0.5 * k));
  return vec2<f32>(turn * t.y - 2.0 * k, turn * f32(params.multiple) * u.y);
}

@compute @workgroup_size(64)
fn main(
  @builtin(global_invocation_id) id: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
) {
  let index = id.y * groups.x * 64u + id.x;
  if (index >= params.rows * params.classes) {
    return;
  }
  let x = cosines[index];
  let own = u32(labels[index / params.classes]) == index % params.classes;
  var y = vec2<f32>(x, 1.0);
  if (own) {
    y = with_margin(x);
    y = vec2<f32>(or_nan(y.x, x), or_nan(y.y, x));
  }
  if (GRADIENT) {
    result[index] = grad_y[index] * y.y;
  } else {
    result[index] = y.x;
  }
}
