// How far the samples of each class in a table lie around their mean, and how many are classified right.
//
//   spread[k, d]       = sum over rows r with label k of (table[r, d] - means[k, d])^2
//   spread[k, dim]     = how many of them the largest logit names right
//   spread[k, dim + 1] = how many of them have the reference of their own class as the nearest
//
// Where the references are means, a class without samples has none. Layouts: table [rows, stride]: dim features, the label,
// the class of the largest logit; means and references [classes, dim]; counts [classes]: samples of each; spread
// [classes, dim + 2], written. One workgroup a class.

struct Params {
  rows: u32,
  stride: u32,
  dim: u32,
  classes: u32,
  of_means: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> table: array<f32>;
@group(0) @binding(2) var<storage, read> means: array<f32>;
@group(0) @binding(3) var<storage, read> references: array<f32>;
@group(0) @binding(4) var<storage, read> counts: array<f32>;
@group(0) @binding(5) var<storage, read_write> spread: array<f32>;

var<workgroup> parts: array<f32, 64>;

// The class whose reference is nearest to a row; among equals the first.
fn nearest(at: u32) -> u32 {
  var best = 0u;
  var least = 3.4e38;
  for (var k = 0u; k < params.classes; k++) {
    if (params.of_means == 1u && counts[k] == 0.0) {
      continue;
    }
    var distance = 0.0;
    for (var d = 0u; d < params.dim; d++) {
      let off = table[at + d] - references[k * params.dim + d];
      distance += off * off;
    }
    if (distance < least) {
      least = distance;
      best = k;
    }
  }
  return best;
}

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(local_invocation_index) lane: u32,
) {
  let label = f32(group.x);
  for (var column = 0u; column < params.dim + 2u; column++) {
    var sum = 0.0;
    for (var row = lane; row < params.rows; row += 64u) {
      let at = row * params.stride;
      if (table[at + params.dim] != label) {
        continue;
      }
      if (column < params.dim) {
        let off = table[at + column] - means[group.x * params.dim + column];
        sum += off * off;
      } else if (column == params.dim) {
        sum += select(0.0, 1.0, table[at + params.dim + 1u] == label);
      } else {
        sum += select(0.0, 1.0, nearest(at) == group.x);
      }
    }
    parts[lane] = sum;
    workgroupBarrier();
    if (lane == 0u) {
      var total = 0.0;
      for (var l = 0u; l < 64u; l++) {
        total += parts[l];
      }
      spread[group.x * (params.dim + 2u) + column] = total;
    }
    workgroupBarrier();
  }
}
