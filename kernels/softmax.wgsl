// Softmax along the middle axis, its logarithm, the logarithm of the sum of exponentials, and the gradients of the first
// two.
//
//   m = max_r x[o, r, i],  s = sum_r e^(x[o, r, i] - m)
//   SOFTMAX        y[o, r, i] = e^(x[o, r, i] - m) / s        GRADIENT   grad_x = y (grad_y - sum_r grad_y y)
//   LOG_SOFTMAX    y[o, r, i] = x[o, r, i] - m - log s        GRADIENT   grad_x = grad_y - e^y sum_r grad_y
//   LOG_SUM_EXP    y[o, i] = m + log s
//
// The largest is subtracted first, so nothing overflows. Layouts, row-major: x [outer, length, inner], holding y where
// GRADIENT; grad_y alike, for gradients alone; result, written: y, or grad_x.
//
// One thread a row (o, i); or, TOGETHER, one workgroup a row, each of its threads taking every 64th element. Either way the
// order of additions is fixed.
// Constants: KIND, by the numbers below; GRADIENT; TOGETHER.
// uses numbers.wgsl

const SOFTMAX = 0u;
const LOG_SOFTMAX = 1u;
const LOG_SUM_EXP = 2u;

struct Params {
  outer: u32,
  length: u32,
  inner: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<f32>; // texture
@group(0) @binding(2) var<storage, read> grad_y: array<f32>; // texture
@group(0) @binding(3) var<storage, read_write> result: array<f32>;

var<workgroup> shares: array<f32, 64>;

fn joined(a: f32, b: f32, largest: bool) -> f32 {
  return select(a + b, larger(a, b), largest);
}

// What the threads of a workgroup have found, added up, or the largest of it; a thread's own where it is alone.
fn of_all(lane: u32, own: f32, largest: bool) -> f32 {
  var value = own;
  if (TOGETHER) {
    shares[lane] = value;
    workgroupBarrier();
    if (lane < 8u) {
      for (var l = lane + 8u; l < 64u; l += 8u) {
        value = joined(value, shares[l], largest);
      }
      shares[lane] = value;
    }
    workgroupBarrier();
    value = shares[0];
    for (var l = 1u; l < 8u; l++) {
      value = joined(value, shares[l], largest);
    }
    workgroupBarrier();
  }
  return value;
}

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(local_invocation_index) lane: u32,
  @builtin(num_workgroups) groups: vec3<u32>,
) {
  let workgroup = group.y * groups.x + group.x;
  let index = select(workgroup * 64u + lane, workgroup, TOGETHER);
  let inside = index < params.outer * params.inner;
  let start = (index / params.inner) * params.length * params.inner + index % params.inner;
  let first = select(0u, lane, TOGETHER);
  let end = select(0u, params.length, inside);
  let step = select(1u, 64u, TOGETHER);

  var largest = 0.0;
  if (!GRADIENT) {
    largest = LOWEST;
    for (var r = first; r < end; r += step) {
      largest = larger(largest, x[start + r * params.inner]);
    }
    largest = of_all(lane, largest, true);
    // An infinite one would make NaN of what it is subtracted from: that is right, but for the sum of exponentials.
    let infinite = (bitcast<u32>(largest) & 0x7fffffffu) == 0x7f800000u;
    largest = select(largest, 0.0, infinite && KIND == LOG_SUM_EXP);
  }

  var sum = 0.0;
  for (var r = first; r < end; r += step) {
    let v = x[start + r * params.inner];
    if (!GRADIENT) {
      sum += safe_exp(v - largest);
    } else {
      sum += grad_y[start + r * params.inner] * select(v, 1.0, KIND == LOG_SOFTMAX);
    }
  }
  sum = of_all(lane, sum, false);

  if (KIND == LOG_SUM_EXP) {
    if (inside && (lane == 0u || !TOGETHER)) {
      result[index] = largest + safe_log(sum);
    }
    return;
  }
  for (var r = first; r < end; r += step) {
    let at = start + r * params.inner;
    let v = x[at];
    if (!GRADIENT) {
      let shifted = v - largest;
      result[at] = select(safe_exp(shifted) / sum, shifted - safe_log(sum), KIND == LOG_SOFTMAX);
    } else {
      let g = grad_y[at];
      result[at] = select(v * (g - sum), g - safe_exp(v) * sum, KIND == LOG_SOFTMAX);
    }
  }
}
