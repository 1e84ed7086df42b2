// How many places of two integer rows agree: the hits of a batch.
//
//   count[0] = number of i with a[i] = b[i]
//
// Layouts: a, b [size]; count [1], written as f32. One workgroup: each of its 64 lanes counts every 64th place, then
// the first adds up.

struct Params {
  size: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> a: array<i32>;
@group(0) @binding(2) var<storage, read> b: array<i32>;
@group(0) @binding(3) var<storage, read_write> count: array<f32>;

var<workgroup> hits: array<u32, 64>;

@compute @workgroup_size(64)
fn main(@builtin(local_invocation_index) lane: u32) {
  var own = 0u;
  for (var i = lane; i < params.size; i += 64u) {
    own += select(0u, 1u, a[i] == b[i]);
  }
  hits[lane] = own;
  workgroupBarrier();
  if (lane == 0u) {
    var sum = 0u;
    for (var l = 0u; l < 64u; l++) {
      sum += hits[l];
    }
    count[0] = f32(sum);
  }
}
