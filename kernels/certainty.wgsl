// How sure a softmax is of the class it predicts, a row at a time: the log-odds of p = max_c softmax(logits[r])[c].
//
//   result[r] = log(p / (1 - p)) = largest - second - log sum_{c not predicted} exp(logits[r, c] - second)
//
// The probability itself rounds to 1 from a lead of 17 on; its log-odds tell such rows apart, because the largest of the
// other logits, second, is subtracted on its own. A NaN in a row makes its result NaN. Layouts: logits [rows, classes];
// result [rows], written. One thread a row; or, TOGETHER, a workgroup, each of its threads every 64th class.
// Constants: TOGETHER.
// uses numbers.wgsl

struct Params {
  rows: u32,
  classes: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> logits: array<f32>;
@group(0) @binding(2) var<storage, read_write> result: array<f32>;

struct Found {
  largest: f32,
  second: f32,
  predicted: u32,
  any_nan: f32,
}

var<workgroup> parts: array<Found, 64>;
var<workgroup> shares: array<f32, 64>;

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(local_invocation_index) lane: u32,
  @builtin(num_workgroups) groups: vec3<u32>,
) {
  let workgroup = group.y * groups.x + group.x;
  let index = select(workgroup * 64u + lane, workgroup, TOGETHER);
  let inside = index < params.rows;
  let row = index * params.classes;
  let first = select(0u, lane, TOGETHER);
  let step = select(1u, 64u, TOGETHER);
  let end = select(0u, params.classes, inside);
  var largest = logits[row + first];
  var any_nan = or_nan(0.0, largest);
  var second = LOWEST;
  var predicted = first;
  for (var c = first + step; c < end; c += step) {
    let value = logits[row + c];
    any_nan = or_nan(any_nan, value);
    if (value > largest) {
      second = max(second, largest);
      largest = value;
      predicted = c;
    } else {
      second = max(second, value);
    }
  }
  if (TOGETHER) {
    parts[lane] = Found(largest, second, predicted, any_nan);
    workgroupBarrier();
    largest = LOWEST;
    second = LOWEST;
    for (var l = 0u; l < 64u; l++) {
      let part = parts[l];
      any_nan = or_nan(any_nan, part.any_nan);
      second = max(max(second, part.second), min(largest, part.largest));
      predicted = select(predicted, part.predicted, part.largest > largest);
      largest = max(largest, part.largest);
    }
  }
  var sum = 0.0;
  for (var c = first; c < end; c += step) {
    if (c != predicted) {
      sum += safe_exp(logits[row + c] - second);
    }
  }
  if (TOGETHER) {
    shares[lane] = sum;
    workgroupBarrier();
    sum = 0.0;
    for (var l = 0u; l < 64u; l++) {
      sum += shares[l];
    }
  }
  let log_odds = (largest - second) - safe_log(sum);
  if (inside && (lane == 0u || !TOGETHER)) {
    result[index] = or_nan(log_odds, any_nan);
  }
}
