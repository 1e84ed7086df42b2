// How many samples of each class a table holds, and the mean of their features.
//
//   means[k, d] = sum over rows r with label k of table[r, d] / counts[k];   0 where there are none
//
// Layouts: table [rows, stride], of which the first dim columns are features and column dim is the label; means
// [classes, dim] and counts [classes], written. One workgroup a class.

struct Params {
  rows: u32,
  stride: u32,
  dim: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> table: array<f32>;
@group(0) @binding(2) var<storage, read_write> means: array<f32>;
@group(0) @binding(3) var<storage, read_write> counts: array<f32>;

var<workgroup> parts: array<f32, 64>;

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(local_invocation_index) lane: u32,
) {
  let label = f32(group.x);
  var count = 0.0;
  for (var d = 0u; d < params.dim; d++) {
    var sum = 0.0;
    count = 0.0;
    for (var row = lane; row < params.rows; row += 64u) {
      let at = row * params.stride;
      if (table[at + params.dim] == label) {
        sum += table[at + d];
        count += 1.0;
      }
    }
    parts[lane] = sum;
    workgroupBarrier();
    var total = 0.0;
    for (var l = 0u; l < 64u; l++) {
      total += parts[l];
    }
    workgroupBarrier();
    parts[lane] = count;
    workgroupBarrier();
    count = 0.0;
    for (var l = 0u; l < 64u; l++) {
      count += parts[l];
    }
    workgroupBarrier();
    if (lane == 0u) {
      means[group.x * params.dim + d] = total / max(count, 1.0);
    }
  }
  if (lane == 0u) {
    counts[group.x] = count;
  }
}
