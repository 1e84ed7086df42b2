// Gradient of batch norm with respect to its input (Ioffe and Szegedy 2015, section 3).
//
//   grad_x[r, c] = weight[c] / std[c] * (g - mean_r(g) - n * mean_r(g * n)),   n = (x[r, c] - mean[c]) / std[c]
//
// with g = grad_y[r, c], or 0 where the ReLU was off when RELU, and std as in batch_norm.wgsl; in evaluation the two means
// are left out, because the statistics do not depend on x. Layouts, in Elements of one channel or four: x, grad_y, grad_x
// [rows, columns]; weight, bias, mean, inv_std_or_var [columns]; sums [2, stride], the joined output of
// batch_norm_sums.wgsl; grad_x is written.
// One thread for part_rows rows of one column, as in batch_norm.wgsl.
// Constants: Element; RELU; TRAINING.
// uses batch_norm_shared.wgsl
// uses numbers.wgsl

struct Params {
  rows: u32,
  columns: u32,
  part_rows: u32,
  stride: u32,
  eps: f32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<Element>; // texture
@group(0) @binding(2) var<storage, read> weight: array<Element>;
@group(0) @binding(3) var<storage, read> bias: array<Element>;
@group(0) @binding(4) var<storage, read> mean: array<Element>;
@group(0) @binding(5) var<storage, read> inv_std_or_var: array<Element>;
@group(0) @binding(6) var<storage, read> grad_y: array<Element>; // texture
@group(0) @binding(7) var<storage, read> sums: array<Element>;
@group(0) @binding(8) var<storage, read_write> grad_x: array<Element>; // into texture

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
  let inv_std = inv_std_of(c);
  let scale = weight[c];
  let shift = bias[c];
  let mean_grad = select(Element(0.0), sums[c] / f32(params.rows), TRAINING);
  let mean_product = select(Element(0.0), sums[params.stride + c] / f32(params.rows), TRAINING);
  for (var at = first * params.columns + c; at < end; at += params.columns) {
    let normalized = (x[at] - center) * inv_std;
    let g = passed(grad_y[at], normalized * scale + shift);
    grad_x[at] = scale * inv_std * (g - mean_grad - normalized * mean_product);
  }
}
