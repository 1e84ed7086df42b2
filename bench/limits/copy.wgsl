// The plainest use of memory: one vec4 read and one written a thread. The limit of kernels that only move numbers.
//
//   copy[i] = original[i]
//
// Layouts: original, copy [4 * threads]; copy is written. The dispatch fits them exactly, so no thread looks at bounds.

@group(0) @binding(0) var<storage, read> original: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read_write> copy: array<vec4<f32>>;

@compute @workgroup_size(64)
fn main(
  @builtin(global_invocation_id) id: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
) {
  let index = id.y * groups.x * 64u + id.x;
  copy[index] = original[index];
}
