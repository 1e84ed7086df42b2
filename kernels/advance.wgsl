// Counts on the GPU: a replayed step finds its own place here.
//
//   counter[i] = counter[i] + by[i]    for i < size
//
// Buffer: counter [size], updated. One thread.

struct Params {
  by: vec4<u32>,
  size: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read_write> counter: array<u32>;

@compute @workgroup_size(1)
fn main() {
  for (var i = 0u; i < params.size; i++) {
    counter[i] = counter[i] + params.by[i];
  }
}
