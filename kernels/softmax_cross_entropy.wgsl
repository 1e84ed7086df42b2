// Cross-entropy of the softmax of logits, a row at a time, and its gradient.
//
//   losses[r]          = log sum_c exp(logits[r, c]) - logits[r, labels[r]]                       (forward)
//   grad_logits[r, c]  = grad_loss / rows * (softmax(logits[r])[c] - [c = labels[r]])             (GRADIENT)
//
// The mean over the rows is another kernel's work. The largest logit is subtracted first, so nothing overflows. A label
// that is no class makes the loss NaN, which stops a run. Layouts: logits [rows, classes]; labels [rows];
// grad_loss [1]; result: losses [rows], or grad_logits [rows, classes]; written. One thread a row; or,
// TOGETHER, a workgroup, each of its threads every 64th class.
// Constants: GRADIENT, TOGETHER.
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

var<workgroup> largests: array<f32, 64>;
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
  let label = u32(labels[index]);
  let first = select(0u, lane, TOGETHER);
  let step = select(1u, 64u, TOGETHER);
  let end = select(0u, params.classes, inside);
  var largest = logits[row + first];
  for (var c = first + step; c < end; c += step) {
    largest = larger(largest, logits[row + c]);
  }
  if (TOGETHER) {
    largests[lane] = largest;
    workgroupBarrier();
    for (var l = 0u; l < 64u; l++) {
      largest = larger(largest, largests[l]);
    }
  }
  var sum = 0.0;
  for (var c = first; c < end; c += step) {
    sum += safe_exp(logits[row + c] - largest);
  }
  if (TOGETHER) {
    shares[lane] = sum;
    workgroupBarrier();
    sum = 0.0;
    for (var l = 0u; l < 64u; l++) {
      sum += shares[l];
    }
  }
  if (GRADIENT) {
    let scale = grad_loss[0] / f32(params.rows);
    for (var c = first; c < end; c += step) {
      let probability = safe_exp(logits[row + c] - largest) / sum;
      result[row + c] = scale * (probability - select(0.0, 1.0, c == label));
    }
  } else if (inside && (lane == 0u || !TOGETHER)) {
    let known = label < params.classes;
    let own = logits[row + select(0u, label, known)];
    result[index] = or_bits(safe_log(sum) + (largest - own), NAN, !known);
  }
}
