// Gradient of max pooling with respect to its input.
//
//   grad_x[i] = sum of grad_y[o] over the windows o that contain i and whose winner is i
//
// Each input gathers from the windows it may have won, so no two threads add to one place. Layouts as in max_pool.wgsl;
// grad_x is written. One thread for one column of one of the batch * height rows of x.
// Constants: Element, and Index of as many numbers; WINDOW; STRIDE.

struct Params {
  rows: u32,
  height: u32,
  width: u32,
  columns: u32,
  out_height: u32,
  out_width: u32,
  padding: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> winner: array<Index>; // texture
@group(0) @binding(2) var<storage, read> grad_y: array<Element>; // texture
@group(0) @binding(3) var<storage, read_write> grad_x: array<Element>; // into texture

// The first output whose window reaches the padded position p.
fn first_window(p: u32) -> u32 {
  return (max(p + 1u, WINDOW) - WINDOW + STRIDE - 1u) / STRIDE;
}

@compute @workgroup_size(64)
fn main(
  @builtin(global_invocation_id) id: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
) {
  let index = id.y * groups.x * 64u + id.x;
  let row = index / params.columns;
  if (row >= params.rows) {
    return;
  }
  let c = index % params.columns;
  let py = row % params.height + params.padding;
  let first_y = first_window(py);
  let end_y = min(py / STRIDE + 1u, params.out_height);
  let image = row / params.height * params.out_height;
  for (var ix = 0u; ix < params.width; ix++) {
    let px = ix + params.padding;
    let place = row * params.width + ix;
    let end_x = min(px / STRIDE + 1u, params.out_width);
    var sum = Element(0.0);
    for (var oy = first_y; oy < end_y; oy++) {
      for (var ox = first_window(px); ox < end_x; ox++) {
        let o = ((image + oy) * params.out_width + ox) * params.columns + c;
        sum += select(Element(0.0), grad_y[o], winner[o] == Index(place));
      }
    }
    grad_x[place * params.columns + c] = sum;
  }
}
