// Sum over the middle axis, in parts.
//
//   sums[o, p, i] = scale * sum_{r in part p} x[o, r, i]
//
// Layouts, row-major:
//   x     [outer, length, inner]
//   sums  [outer, parts, inner], written; part p covers r = p*part_length .. (p+1)*part_length - 1
//
// A long sum is taken in two passes, first into parts, then over the parts: enough threads, a fixed order of additions
// and short chains of roundings. One thread an output, neighbouring threads along `inner`.

struct Params {
  outer: u32,
  length: u32,
  inner: u32,
  parts: u32,
  part_length: u32,
  scale: f32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<f32>;
@group(0) @binding(2) var<storage, read_write> sums: array<f32>;

@compute @workgroup_size(64)
fn main(
  @builtin(global_invocation_id) id: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
) {
  let index = id.y * groups.x * 64u + id.x;
  if (index >= params.outer * params.parts * params.inner) {
    return;
  }
  let i = index % params.inner;
  let p = (index / params.inner) % params.parts;
  let o = index / (params.inner * params.parts);
  let first = p * params.part_length;
  let end = min(first + params.part_length, params.length);
  var at = (o * params.length + first) * params.inner + i;
  var sum = 0.0;
  for (var r = first; r < end; r++) {
    sum += x[at];
    at += params.inner;
  }
  sums[index] = params.scale * sum;
}
