// Largest or smallest element along the middle axis, in parts, and its place.
//
//   y[o, p, i] = max_{r in part p} x[o, r, i]         (min when MINIMUM)
//   winner[o, p, i] = the first r that has it
//
// Layouts, row-major: x [outer, length, inner]; y and winner [outer, parts, inner], both written; part p covers
// r = p*part_length .. (p+1)*part_length - 1. A NaN wins, the first one before others.
//
// One thread an output, neighbouring threads along `inner`; or, TOGETHER, one workgroup an output, each of its threads
// taking every 64th row.
// Constants: MINIMUM, TOGETHER.

struct Params {
  outer: u32,
  length: u32,
  inner: u32,
  parts: u32,
  part_length: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<u32>; // texture
@group(0) @binding(2) var<storage, read_write> y: array<u32>;
@group(0) @binding(3) var<storage, read_write> winner: array<u32>;

var<workgroup> shares: array<vec2<u32>, 64>;

// A number's place among all numbers by its bits: whole numbers compare alike on every adapter. 0 and -0 have one rank, a
// NaN has the highest, and no number has rank 0.
fn rank_of(bits: u32) -> u32 {
  let magnitude = bits & 0x7fffffffu;
  let signed = select(0x80000000u + magnitude, 0x80000000u - magnitude, bits > 0x80000000u);
  return select(select(signed, ~signed, MINIMUM), 0xffffffffu, magnitude > 0x7f800000u);
}

// The better of two (rank, row).
fn better(a: vec2<u32>, b: vec2<u32>) -> vec2<u32> {
  return select(a, b, b.x > a.x || (b.x == a.x && b.y < a.y));
}

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
  var best = vec2<u32>(0u, first);
  for (var r = first + select(0u, lane, TOGETHER); r < end; r += select(1u, 64u, TOGETHER)) {
    best = better(best, vec2<u32>(rank_of(x[(o * params.length + r) * params.inner + i]), r));
  }
  if (TOGETHER) {
    shares[lane] = best;
    workgroupBarrier();
    if (lane < 8u) {
      for (var l = lane + 8u; l < 64u; l += 8u) {
        best = better(best, shares[l]);
      }
      shares[lane] = best;
    }
    workgroupBarrier();
    if (lane == 0u) {
      for (var l = 1u; l < 8u; l++) {
        best = better(best, shares[l]);
      }
    }
  }
  if (inside && (lane == 0u || !TOGETHER)) {
    y[index] = x[(o * params.length + best.y) * params.inner + i];
    winner[index] = best.y;
  }
}
