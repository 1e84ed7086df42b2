// Sum over the middle axis, in parts.
//
//   sums[o, p, i] = scale * sum_{r in part p} x[o, r, i]
//
// Layouts, row-major, in Elements of one number or four:
//   x     [outer, length, inner]
//   sums  [outer, parts, inner], written; part p covers r = p*part_length .. (p+1)*part_length - 1
//
// One thread an output, neighbouring threads along `inner`; or, TOGETHER, one workgroup an output: each of its threads
// takes every 64th row, eight of them add up eight sums each, and one the eight. Either way the order of additions is
// fixed.
// Constants: Element; TOGETHER.

struct Params {
  outer: u32,
  length: u32,
  inner: u32,
  parts: u32,
  part_length: u32,
  scale: f32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<Element>; // texture
@group(0) @binding(2) var<storage, read_write> sums: array<Element>;

var<workgroup> shares: array<Element, 64>;

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(local_invocation_index) lane: u32,
  @builtin(num_workgroups) groups: vec3<u32>,
) {
  let workgroup = group.y * groups.x + group.x;
  let index = select(workgroup * 64u + lane, workgroup, TOGETHER);
  let inside = index < params.outer * params.parts * params.inner;
  let i = index % params.inner;
  let p = (index / params.inner) % params.parts;
  let o = index / (params.inner * params.parts);
  let first = p * params.part_length;
  let end = select(first, min(first + params.part_length, params.length), inside);
  var sum = Element(0.0);
  for (var r = first + select(0u, lane, TOGETHER); r < end; r += select(1u, 64u, TOGETHER)) {
    sum += x[(o * params.length + r) * params.inner + i];
  }
  if (TOGETHER) {
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
    }
  }
  if (inside && (lane == 0u || !TOGETHER)) {
    sums[index] = params.scale * sum;
  }
}
