// Mean of each channel and the squared deviation from it, in parts.
//
//   means[p, c]      = mean of x[r, c] over the rows r of part p
//   deviations[p, c] = sum over the same rows of (x[r, c] - means[p, c])^2
//
// Layouts, in Elements of one channel or four: x [rows, columns] (any number of leading axes taken together); means,
// deviations [parts, columns], written. One thread a (part, column). Differences are taken to the part's first row, so
// that a mean far from 0 costs no digits: with d = x - x_first, the deviation is sum d^2 - (sum d)^2 / n.
// Constant: Element.
// uses numbers.wgsl

struct Params {
  rows: u32,
  columns: u32,
  parts: u32,
  part_rows: u32, // of a part; the last one may have fewer
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<Element>; // texture
@group(0) @binding(2) var<storage, read_write> means: array<Element>;
@group(0) @binding(3) var<storage, read_write> deviations: array<Element>;

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
  let first = (index / params.columns) * params.part_rows;
  let rows = min(params.part_rows, params.rows - first);
  let start = first * params.columns + c;
  let end = start + rows * params.columns;
  let pivot = x[start];
  var sum = Element(0.0);
  var squares = Element(0.0);
  for (var at = start; at < end; at += params.columns) {
    let d = x[at] - pivot;
    sum += d;
    squares += d * d;
  }
  means[index] = pivot + sum / f32(rows);
  deviations[index] = larger(squares - sum * sum / f32(rows), Element(0.0));
}
