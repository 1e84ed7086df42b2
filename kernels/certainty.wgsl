// How sure a softmax is of the class it predicts, a row at a time.
//
//   result[r] = max_c softmax(logits[r])[c] = 1 / sum_c exp(logits[r, c] - largest)                              (forward)
//   result[r] = log(p / (1 - p)), p that probability
//             = largest - second - log sum_{c not predicted} exp(logits[r, c] - second)                          (LOG_ODDS)
//
// The probability rounds to 1 from a lead of 17 on; its log-odds tell such rows apart, because the largest of the other
// logits, second, is subtracted on its own. A NaN in a row makes its result NaN. Layouts: logits [rows, classes]; result
// [rows], written. One thread a row.
// Constant: LOG_ODDS.
// uses numbers.wgsl

const LOWEST = -0x1.fffffep+127f;

struct Params {
  rows: u32,
  classes: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> logits: array<f32>;
@group(0) @binding(2) var<storage, read_write> result: array<f32>;

@compute @workgroup_size(64)
fn main(
  @builtin(global_invocation_id) id: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
) {
  let index = id.y * groups.x * 64u + id.x;
  if (index >= params.rows) {
    return;
  }
  let row = index * params.classes;
  var largest = logits[row];
  var any_nan = or_nan(0.0, largest);
  var second = LOWEST;
  var predicted = 0u;
  for (var c = 1u; c < params.classes; c++) {
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
  let shift = select(largest, second, LOG_ODDS);
  var sum = 0.0;
  for (var c = 0u; c < params.classes; c++) {
    if (!LOG_ODDS || c != predicted) {
      sum += safe_exp(logits[row + c] - shift);
    }
  }
  // exp(0) may round below 1.
  let probability = smaller(1.0 / sum, 1.0);
  let log_odds = (largest - second) - safe_log(sum);
  result[index] = or_nan(select(probability, log_odds, LOG_ODDS), any_nan);
}
