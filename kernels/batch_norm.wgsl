// Normalisation by given statistics, with scale, shift, and the ReLU that follows it.
//
//   y[r, c] = (x[r, c] - mean[c]) / std[c] * weight[c] + bias[c],   std[c] = sqrt(variance[c] + eps),   then max(y, 0) when RELU
//
// Layouts, in Elements of one channel or four: x, y [rows, columns]; all others [columns]; y is written. One thread for
// part_rows rows of one column, so that what belongs to the column is loaded once; neighbouring threads take
// neighbouring columns.
// Constants: Element; RELU; TRAINING: `inv_std_or_var` holds 1 / std, else it holds the variance.
// uses batch_norm_shared.wgsl
// uses numbers.wgsl

struct Params {
  rows: u32,
  columns: u32,
  part_rows: u32,
  eps: f32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<Element>; // texture
@group(0) @binding(2) var<storage, read> weight: array<Element>;
@group(0) @binding(3) var<storage, read> bias: array<Element>;
@group(0) @binding(4) var<storage, read> mean: array<Element>;
@group(0) @binding(5) var<storage, read> inv_std_or_var: array<Element>;
@group(0) @binding(6) var<storage, read_write> y: array<Element>; // into texture

fn activated(value: Element) -> Element {
  if (RELU) {
    return rectified(value);
  }
  return value;
}

@compute @workgroup_size(64)
fn main(
  @builtin(global_invocation_id) id: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
) {
  let index = id.y * groups.x * 64u + id.x;
  let c = index % params.columns;
  let first = (index / params.columns) * params.part_rows;
  if (first >= params.rows) {
    return;
  }
  let end = min(first + params.part_rows, params.rows) * params.columns;
  let center = mean[c];
  let scale = inv_std_of(c) * weight[c];
  let shift = bias[c];
  for (var at = first * params.columns + c; at < end; at += params.columns) {
    y[at] = activated((x[at] - center) * scale + shift);
  }
}
