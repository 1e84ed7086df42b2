// The two sums that the backward pass of batch norm needs, in parts.
//
//   sums[p, 0, c] = sum over the rows r of part p of grad_y[r, c]                    (the gradient of bias)
//   sums[p, 1, c] = sum over the same rows of grad_y[r, c] * (x[r, c] - mean[c]) / std[c]   (that of weight)
//
// with grad_y taken as 0 where the ReLU was off, when RELU; std as in batch_norm.wgsl. Layouts, in Elements of one channel
// or four: x, grad_y [rows, columns]; weight, bias, mean, inv_std_or_var [columns]; sums [parts, 2, stride], written
// (stride >= columns). One thread a (part, column).
// Constants: Element; RELU; TRAINING as in batch_norm.wgsl.
// uses batch_norm_shared.wgsl
// uses numbers.wgsl

struct Params {
  rows: u32,
  columns: u32,
  parts: u32,
  part_rows: u32, // of a part; the last one may have fewer
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
@group(0) @binding(7) var<storage, read_write> sums: array<Element>; // into texture

@compute @workgroup_size(64)
fn main(
  @builtin(global_invocation_id) id: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
) {
  let index = id.y * groups.x * 64u + id.x;
  if (index >= params.parts * params.columns) {
    return;
  }
  let c = index % params.columns;
  let part = index / params.columns;
  let first = part * params.part_rows;
  let end = min(first + params.part_rows, params.rows) * params.columns;
  let inv_std = inv_std_of(c);
  let center = mean[c];
  let scale = weight[c];
  let shift = bias[c];
  var sum = Element(0.0);
  var product = Element(0.0);
  for (var at = first * params.columns + c; at < end; at += params.columns) {
    let normalized = (x[at] - center) * inv_std;
    let g = passed(grad_y[at], normalized * scale + shift);
    sum += g;
    product += g * normalized;
  }
  sums[2u * part * params.stride + c] = sum;
  sums[(2u * part + 1u) * params.stride + c] = product;
}
