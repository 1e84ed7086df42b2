// Counts on the GPU: a replayed step finds its own place here.
//
//   counter[i] = counter[i] + by[i]                          for i < size
//   fault = (kind, counter[0] before, by[0], limit)          where counter[0] passes `limit` (LIMITED), unless one stands there
//
// Buffers: counter [size], updated; fault [4], as in check_rows.wgsl, used where LIMITED. One thread.
// Constant: LIMITED.

struct Params {
  by: vec4<u32>,
  size: u32,
  limit: u32,
  kind: u32, // kind of the fault, from 1: src/gpu/faults.ts has its message
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read_write> counter: array<u32>;
@group(0) @binding(2) var<storage, read_write> fault: array<u32>;

@compute @workgroup_size(1)
fn main() {
  if (LIMITED && counter[0] + params.by.x > params.limit && fault[0] == 0u) {
    fault[0] = params.kind;
    fault[1] = counter[0];
    fault[2] = params.by.x;
    fault[3] = params.limit;
  }
  for (var i = 0u; i < params.size; i++) {
    counter[i] = counter[i] + params.by[i];
  }
}
