// The samples that were seen last, a row each, with what tables of a training keep apart.
//
//   result[r] = features of samples[r], label, class of the largest logit, number of the sample
//
// Layouts: samples [rows, stride], of which the first dim columns are features and column dim is that class; order and
// previous [count], the samples of this epoch and the one before: a row below the cursor's first number is of this one;
// labels [count]; result [rows, dim + 3], written. One thread a row.

struct Sizes {
  rows: u32,
  stride: u32,
  dim: u32,
}

@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read> samples: array<f32>;
@group(0) @binding(2) var<storage, read> cursor: array<i32>;
@group(0) @binding(3) var<storage, read> order: array<i32>;
@group(0) @binding(4) var<storage, read> previous: array<i32>;
@group(0) @binding(5) var<storage, read> labels: array<i32>;
@group(0) @binding(6) var<storage, read_write> result: array<f32>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  let row = id.x;
  if (row >= sizes.rows) {
    return;
  }
  let sample = select(previous[row], order[row], i32(row) < cursor[0]);
  let at = row * (sizes.dim + 3u);
  for (var d = 0u; d <= sizes.dim; d++) {
    // The class stands behind the label.
    let column = select(d, sizes.dim + 1u, d == sizes.dim);
    result[at + column] = samples[row * sizes.stride + d];
  }
  result[at + sizes.dim] = f32(labels[sample]);
  result[at + sizes.dim + 2u] = f32(sample);
}
