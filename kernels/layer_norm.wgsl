// Rows with mean 0 and variance 1 (Ba, Kiros and Hinton 2016), and the gradient of that.
//
//   scale[r] = 1 / sqrt(mean_c (x[r, c] - m)^2 + eps)  with m = mean_c x[r, c],    y[r, c] = (x[r, c] - m) scale[r]
//   GRADIENT   grad_x[r, c] = scale[r] (grad_y[r, c] - mean_c grad_y - y[r, c] mean_c (grad_y y))
//
// Layouts: x [rows, columns], holding y where GRADIENT; grad_y alike, for gradients alone; scale [rows], written, but read
// where GRADIENT; result [rows, columns], written: y, or grad_x.
//
// The mean is the row's first element plus the mean difference from it, so that rows far from 0 lose no digits. A compiler
// that may reorder sums (Metal's fast math) would add the two again, once for the row: so bits that are always 0, which no
// compiler can know, are added to each difference.
// One thread a row; or, TOGETHER, one workgroup a row, each of its threads taking every 64th element. Either way the order
// of additions is fixed.
// Constants: GRADIENT; TOGETHER.
// uses numbers.wgsl

struct Params {
  rows: u32,
  columns: u32,
  eps: f32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<f32>; // texture
@group(0) @binding(2) var<storage, read> grad_y: array<f32>; // texture
@group(0) @binding(3) var<storage, read_write> scale: array<f32>;
@group(0) @binding(4) var<storage, read_write> result: array<f32>;

var<workgroup> shares: array<vec2<f32>, 64>;

// The sums of what the threads of a workgroup have found; a thread's own where it is alone.
fn of_all(lane: u32, own: vec2<f32>) -> vec2<f32> {
  var sums = own;
  if (TOGETHER) {
    shares[lane] = sums;
    workgroupBarrier();
    if (lane < 8u) {
      for (var l = lane + 8u; l < 64u; l += 8u) {
        sums += shares[l];
      }
      shares[lane] = sums;
    }
    workgroupBarrier();
    sums = shares[0];
    for (var l = 1u; l < 8u; l++) {
      sums += shares[l];
    }
    workgroupBarrier();
  }
  return sums;
}

fn from_pivot(at: u32, pivot: f32, no_bits: u32) -> f32 {
  return bitcast<f32>(bitcast<u32>(x[at] - pivot) | no_bits);
}

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(local_invocation_index) lane: u32,
  @builtin(num_workgroups) groups: vec3<u32>,
) {
  let workgroup = group.y * groups.x + group.x;
  let row = select(workgroup * 64u + lane, workgroup, TOGETHER);
  let inside = row < params.rows;
  let first = row * params.columns + select(0u, lane, TOGETHER);
  let end = select(0u, (row + 1u) * params.columns, inside);
  let step = select(1u, 64u, TOGETHER);
  let count = f32(params.columns);

  let pivot = x[select(0u, row * params.columns, inside)];
  let no_bits = groups.x >> 31u; // there are at most 65,535 groups
  var sums = vec2<f32>(0.0);
  for (var at = first; at < end; at += step) {
    if (GRADIENT) {
      let g = grad_y[at];
      sums += vec2<f32>(g, g * x[at]);
    } else {
      sums.x += from_pivot(at, pivot, no_bits);
    }
  }
  let means = of_all(lane, sums) / count;
  if (GRADIENT) {
    for (var at = first; at < end; at += step) {
      result[at] = scale[row] * (grad_y[at] - means.x - x[at] * means.y);
    }
    return;
  }
  var squares = vec2<f32>(0.0);
  for (var at = first; at < end; at += step) {
    let d = from_pivot(at, pivot, no_bits) - means.x;
    squares.x += d * d;
  }
  let factor = 1.0 / safe_sqrt(of_all(lane, squares).x / count + params.eps);
  for (var at = first; at < end; at += step) {
    result[at] = (from_pivot(at, pivot, no_bits) - means.x) * factor;
  }
  if (inside && (lane == 0u || !TOGETHER)) {
    scale[row] = factor;
  }
}
