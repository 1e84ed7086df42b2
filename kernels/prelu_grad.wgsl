// Gradient of PReLU with respect to its input, and that of its slope in parts.
//
//   grad_x[r, c] = grad_y[r, c] * (1 if x[r, c] > 0, else weight[c])
//   sums[p, c]   = sum over the rows r of part p of grad_y[r, c] * min(x[r, c], 0)      whose sum over p is grad_weight
//
// Layouts, in Elements: x, grad_y, grad_x [rows, columns], size in all; weight [columns]; sums [parts, columns]; the
// last two are written. One thread a (part, column). When SHARED, weight is [1], columns are the 64 threads of a
// workgroup, which add their sums up, and sums is [parts]; the last row may be shorter.
// Constants: SHARED; Element, one number, or four when SHARED.
// uses numbers.wgsl

struct Params {
  size: u32,
  columns: u32,
  parts: u32,
  part_rows: u32, // of a part; the last one may have fewer
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<Element>; // texture
@group(0) @binding(2) var<storage, read> weight: array<f32>;
@group(0) @binding(3) var<storage, read> grad_y: array<Element>; // texture
@group(0) @binding(4) var<storage, read_write> grad_x: array<Element>; // into texture
@group(0) @binding(5) var<storage, read_write> sums: array<Element>;

var<workgroup> shares: array<Element, 64>;

@compute @workgroup_size(64)
fn main(
  @builtin(global_invocation_id) id: vec3<u32>,
  @builtin(local_invocation_index) lane: u32,
  @builtin(num_workgroups) groups: vec3<u32>,
) {
  let index = id.y * groups.x * 64u + id.x;
  let c = index % params.columns;
  let part = index / params.columns;
  let first = part * params.part_rows;
  let end = min((first + params.part_rows) * params.columns, params.size);
  let slope = weight[select(c, 0u, SHARED)];
  var sum = Element(0.0);
  for (var i = first * params.columns + c; i < end; i += params.columns) {
    let v = x[i];
    let g = grad_y[i];
    grad_x[i] = g * or_nan(select(Element(slope), Element(1.0), v > Element(0.0)), v);
    sum += or_nan(select(g * v, Element(0.0), v > Element(0.0)), v);
  }
  if (SHARED) {
    shares[lane] = sum;
    workgroupBarrier();
    if (lane < 8u) {
      for (var l = lane + 8u; l < 64u; l += 8u) {
        sum += shares[l];
      }
      shares[lane] = sum;
    }
    workgroupBarrier();
    if (lane == 0u) {
      for (var l = 1u; l < 8u; l++) {
        sum += shares[l];
      }
      sums[part] = sum;
    }
  } else if (part < params.parts) {
    sums[index] = sum;
  }
}
