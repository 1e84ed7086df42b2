// What dropout multiplies by: 0 with probability p, else 1 / (1 - p).
//
//   mask[4 b + w] = 0 if u < p, else scale        with u in [0, 1) from word w of Philox4x32-10 (Salmon et al., SC 2011),
//                                                 counter (b, draws, 0, 0), key (seed, purpose)
//
// Buffers: draws [1], how many masks were drawn before; mask [size], written. One thread a block b of four. The same masks
// as src/base/philox.ts gives, on every adapter.
// uses philox.wgsl

struct Params {
  size: u32,
  seed: u32,
  purpose: u32,
  p: f32,
  scale: f32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> draws: array<u32>;
@group(0) @binding(2) var<storage, read_write> mask: array<f32>;

@compute @workgroup_size(64)
fn main(
  @builtin(global_invocation_id) id: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
) {
  let block = id.y * groups.x * 64u + id.x;
  if (4u * block >= params.size) {
    return;
  }
  let words = philox(vec4<u32>(block, draws[0], 0u, 0u), vec2<u32>(params.seed, params.purpose));
  for (var w = 0u; w < 4u; w++) { // unroll
    if (4u * block + w < params.size) {
      let u = f32(words[w] >> 8u) * 5.9604644775390625e-8; // 2^-24
      mask[4u * block + w] = select(params.scale, 0.0, u < params.p);
    }
  }
}
