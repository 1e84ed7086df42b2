// PReLU (He et al. 2015): one learned slope for negative inputs, one a channel, or one an element of a sample.
//
//   y[r, c] = x[r, c] if x[r, c] > 0, else weight[c] * x[r, c]        (weight[0] for all when SHARED)
//
// Layouts: x, y [rows, channels], size Elements in all; weight [channels], or [1] when SHARED; y is written. With a slope
// an element the channels are all elements of a sample. Each workgroup takes span neighbours, each of its threads every 64th.
// Constants: SHARED; Element, one number, or four when SHARED.
// uses numbers.wgsl

struct Params {
  size: u32,
  span: u32,
  channels: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<Element>; // texture
@group(0) @binding(2) var<storage, read> weight: array<f32>;
@group(0) @binding(3) var<storage, read_write> y: array<Element>; // into texture

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(local_invocation_index) lane: u32,
  @builtin(num_workgroups) groups: vec3<u32>,
) {
  let first = (group.y * groups.x + group.x) * params.span;
  let end = min(first + params.span, params.size);
  var slope = weight[0];
  for (var i = first + lane; i < end; i += 64u) {
    if (!SHARED) {
      slope = weight[i % params.channels];
    }
    y[i] = leaky(x[i], Element(slope));
  }
}
