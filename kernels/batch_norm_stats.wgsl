// Mean and spread of each channel, in parts.
//
//   means[p, c]   = mean of x[r, c] over the rows r of part p
//   spreads[p, c] = sum over the same rows of (x[r, c] - means[p, c])^2
//
// Layouts: x [rows, channels] (any number of leading axes taken together); means, spreads [parts, channels], written.
// One thread a (part, channel). Differences are taken to the part's first row, so that a mean far from 0 costs no
// digits: with d = x - x_first, the spread is sum d^2 - (sum d)^2 / n.

struct Params {
  rows: u32,
  channels: u32,
  parts: u32,
  part_rows: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<f32>;
@group(0) @binding(2) var<storage, read_write> means: array<f32>;
@group(0) @binding(3) var<storage, read_write> spreads: array<f32>;

@compute @workgroup_size(64)
fn main(
  @builtin(global_invocation_id) id: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
) {
  let index = id.y * groups.x * 64u + id.x;
  if (index >= params.parts * params.channels) {
    return;
  }
  let c = index % params.channels;
  let first = (index / params.channels) * params.part_rows;
  let end = min(first + params.part_rows, params.rows);
  let pivot = x[first * params.channels + c];
  var at = first * params.channels + c;
  var sum = 0.0;
  var squares = 0.0;
  for (var r = first; r < end; r++) {
    let d = x[at] - pivot;
    sum += d;
    squares += d * d;
    at += params.channels;
  }
  let n = f32(end - first);
  means[index] = pivot + sum / n;
  spreads[index] = max(squares - sum * sum / n, 0.0);
}
