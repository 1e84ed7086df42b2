// Cross-entropy of the softmax of logits, a row at a time, and its gradient.
//
//   losses[r]          = log sum_c exp(logits[r, c]) - logits[r, labels[r]]                       (forward)
//   grad_logits[r, c]  = grad_loss / rows * (softmax(logits[r])[c] - [c = labels[r]])             (GRADIENT)
//
// The mean over the rows is another kernel's work. The largest logit is subtracted first, so nothing overflows. A label
// that is no class makes the loss NaN, which stops a run. Layouts: logits [rows, classes]; labels [rows];
// grad_loss [1]; result: losses [rows], or grad_logits [rows, classes]; written. One thread a row.
// Constant: GRADIENT.
// uses numbers.wgsl

struct Params {
  rows: u32,
  classes: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> logits: array<f32>;
@group(0) @binding(2) var<storage, read> labels: array<i32>;
@group(0) @binding(3) var<storage, read> grad_loss: array<f32>;
@group(0) @binding(4) var<storage, read_write> result: array<f32>;

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
  let label = u32(labels[index]);
  var largest = logits[row];
  for (var c = 1u; c < params.classes; c++) {
    largest = larger(largest, logits[row + c]);
  }
  var sum = 0.0;
  for (var c = 0u; c < params.classes; c++) {
    sum += safe_exp(logits[row + c] - largest);
  }
  if (GRADIENT) {
    let scale = grad_loss[0] / f32(params.rows);
    for (var c = 0u; c < params.classes; c++) {
      let probability = safe_exp(logits[row + c] - largest) / sum;
      result[row + c] = scale * (probability - select(0.0, 1.0, c == label));
    }
  } else {
    let known = label < params.classes;
    let own = logits[row + select(0u, label, known)];
    result[index] = select(nan(), safe_log(sum) + (largest - own), known);
  }
}
