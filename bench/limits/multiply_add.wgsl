// As many multiply-adds as the adapter can do, and nothing else: the limit that kernels are measured against.
//
//   sum = sum * factor + addend        `rounds` times STEPS times, in CHAINS x 4 sums of each thread
//
// The sums of a thread do not depend on each other, so that one need not wait for another. factor and addend come from
// memory, so that the compiler cannot know the result; with 1 and 1 it is a count, exact in float32.
//
// Layouts: numbers [2], factor and addend; totals [threads], written: the sum of a thread's sums.
// Constants: CHAINS, STEPS, LANES (workgroup size), FUSED (call fma, or write the product and the sum).

struct Params {
  rounds: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> numbers: array<f32>;
@group(0) @binding(2) var<storage, read_write> totals: array<f32>;

fn multiply_add(sum: vec4<f32>, factor: vec4<f32>, addend: vec4<f32>) -> vec4<f32> {
  if (FUSED) {
    return fma(sum, factor, addend);
  }
  return sum * factor + addend;
}

@compute @workgroup_size(LANES)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  let factor = vec4<f32>(numbers[0]);
  let addend = vec4<f32>(numbers[1]);
  var sums: array<vec4<f32>, CHAINS>;
  for (var i = 0u; i < CHAINS; i++) { // unroll
    sums[i] = vec4<f32>(f32(4u * i), f32(4u * i + 1u), f32(4u * i + 2u), f32(4u * i + 3u));
  }
  for (var round = 0u; round < params.rounds; round++) {
    for (var step = 0u; step < STEPS; step++) { // unroll
      for (var i = 0u; i < CHAINS; i++) { // unroll
        sums[i] = multiply_add(sums[i], factor, addend);
      }
    }
  }
  var total = vec4<f32>(0.0);
  for (var i = 0u; i < CHAINS; i++) { // unroll
    total += sums[i];
  }
  totals[id.x] = total.x + total.y + total.z + total.w;
}
