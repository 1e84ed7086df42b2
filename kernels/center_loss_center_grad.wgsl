// Gradient of the center loss for the centers, by the rule of the paper one follows.
//
//   S_j = sum over samples i with label j of (centers[j] - features[i]),  n_j their number,  m the batch size
//
//   AUTOGRAD     2 / m * S_j * grad_loss             gradient of mean |x - c|^2 (mo-vic, KaiyangZhou)
//   PAPER        S_j / (1 + n_j)                     Eq. 4, as in the authors' Caffe layer: not scaled by the loss weight
//   PAPER_BATCH  S_j / (1 + n_j) / m                 the same over the batch size (jxgu1016)
//   BALANCED     S_j / (m * n_j) * grad_loss         gradient of mean 1/2 |x - c|^2 / n (wangx404)
//   JX_2018      S_j / (1 + n_j) * grad_loss         gradient of sum 1/2 |x - c|^2 / (1 + n) (jxgu1016, until 3/2018)
//   PLAIN        S_j / m * grad_loss                 gradient of mean 1/2 |x - c|^2 (wangx404's first form)
//
// Layouts: features [samples, dim]; centers, grad_centers [classes, dim]; labels [samples]; grad_loss [1];
// grad_centers is written, 0 for a class that is absent. One thread a (class, component).
// Constant: RULE.

const AUTOGRAD = 0u;
const PAPER = 1u;
const PAPER_BATCH = 2u;
const BALANCED = 3u;
const JX_2018 = 4u;
const PLAIN = 5u;

struct Params {
  samples: u32,
  dim: u32,
  classes: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> features: array<f32>;
@group(0) @binding(2) var<storage, read> centers: array<f32>;
@group(0) @binding(3) var<storage, read> labels: array<i32>;
@group(0) @binding(4) var<storage, read> grad_loss: array<f32>;
@group(0) @binding(5) var<storage, read_write> grad_centers: array<f32>;

@compute @workgroup_size(64)
fn main(
  @builtin(global_invocation_id) id: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
) {
  let index = id.y * groups.x * 64u + id.x;
  if (index >= params.classes * params.dim) {
    return;
  }
  let label = i32(index / params.dim);
  let k = index % params.dim;
  let center = centers[index];
  var sum = 0.0;
  var count = 0.0;
  for (var i = 0u; i < params.samples; i++) {
    if (labels[i] == label) {
      sum += center - features[i * params.dim + k];
      count += 1.0;
    }
  }
  let m = f32(params.samples);
  var factor = 0.0;
  switch RULE {
    case AUTOGRAD: { factor = 2.0 / m * grad_loss[0]; }
    case PAPER: { factor = 1.0 / (1.0 + count); }
    case PAPER_BATCH: { factor = 1.0 / (1.0 + count) / m; }
    case JX_2018: { factor = grad_loss[0] / (1.0 + count); }
    case PLAIN: { factor = grad_loss[0] / m; }
    default: { factor = grad_loss[0] / (m * max(count, 1.0)); }
  }
  grad_centers[index] = factor * sum;
}
