// Random bits, drawn by Philox4x32-10.
//
//   bits[4 i .. 4 i + 3] = philox(counter = (i, counter_y, counter_z, counter_w), key = (key_x, key_y))
//
// The same integers as src/base/philox.ts, on every adapter and in any order; for counter 0 and key 0 they are
// 6627e8d5 e169c58d bc57ac4c 9b00dbd8. Buffer: bits [4 * blocks], written. One thread a block of four.
// uses philox.wgsl

struct Params {
  blocks: u32,
  counter_y: u32,
  counter_z: u32,
  counter_w: u32,
  key_x: u32,
  key_y: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read_write> bits: array<u32>;

@compute @workgroup_size(64)
fn main(
  @builtin(global_invocation_id) id: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
) {
  let index = id.y * groups.x * 64u + id.x;
  if (index >= params.blocks) {
    return;
  }
  let c = vec4<u32>(index, params.counter_y, params.counter_z, params.counter_w);
  let r = philox(c, vec2<u32>(params.key_x, params.key_y));
  bits[4u * index] = r.x;
  bits[4u * index + 1u] = r.y;
  bits[4u * index + 2u] = r.z;
  bits[4u * index + 3u] = r.w;
}
