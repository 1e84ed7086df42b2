// Gradient of a 2-D convolution of stride 1 with respect to its weights at Winograd's points, in parts, for adapters whose
// workgroup is one subgroup (llvmpipe).
//
//   partial[z, p, ky, i, o] = sum_{strips (n, oy, s) in part z} strips[p, n, oy + ky - padding, s, i] * grad[p, n, oy, s, o]
//
// winograd_weight_grad.wgsl makes the gradient of the weights from it. A NaN stays one; an infinity becomes a NaN.
//
// Layouts, channels last in groups of four:
//   strips   [POINTS, batch * height, row_strips, in4], by winograd_rows.wgsl
//   grad     [POINTS, batch * out_height, row_strips, out4], by winograd_rows.wgsl with OUTPUTS
//   partial  [parts, POINTS, TAPS, 4*in4, out4], written
//
// A thread owns ROWS groups of four input channels, each at its own row of the kernel ((ky, in4) taken as one axis), and
// COLS groups of output channels, at one point. A step takes four strips, as one of conv2d_weight_grad_subgroup.wgsl takes
// pixels, and lanes share the gradient in the same way.
//
// Constants: ROWS, COLS, LANES (the workgroup and the subgroup), SHARED = ceil(4 * COLS / LANES), POINTS, TAPS.

struct Params {
  height: u32,
  in4: u32,
  out_height: u32,
  out4: u32,
  padding: u32,
  row_strips: u32,
  plane: u32, // batch * height * row_strips
  strips: u32, // batch * out_height * row_strips
  part_strips: u32, // of a part; the last one may have fewer
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> strips: array<vec4<f32>>; // texture
@group(0) @binding(2) var<storage, read> grad: array<vec4<f32>>; // texture
@group(0) @binding(3) var<storage, read_write> partial: array<vec4<f32>>; // into texture

@compute @workgroup_size(LANES)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) lane: u32) {
  let in4 = params.in4;
  let rows = TAPS * in4;
  let first_row = (group.x * LANES + lane) * ROWS;
  let first_col = group.y * COLS;
  let p = group.z % POINTS;
  let part = group.z / POINTS;

  var at_row: array<i32, ROWS>; // of each row, its channel group and its distance from a strip
  var down: array<u32, ROWS>; // negative numbers wrap to large ones
  for (var i = 0u; i < ROWS; i++) { // unroll
    let row = min(first_row + i, rows - 1u);
    down[i] = row / in4 - params.padding;
    at_row[i] = (i32(p * params.plane) + i32(down[i]) * i32(params.row_strips)) * i32(in4) + i32(row % in4);
  }
  var share_strip: array<u32, SHARED>; // which columns of the matrices of grad this lane loads
  var share_col: array<u32, SHARED>;
  for (var s = 0u; s < SHARED; s++) { // unroll
    let t = min(lane + s * LANES, 4u * COLS - 1u);
    share_strip[s] = t % 4u;
    share_col[s] = min(first_col + t / 4u, params.out4 - 1u);
  }

  let first_strip = part * params.part_strips;
  let end_strip = min(first_strip + params.part_strips, params.strips);
  var along = first_strip % params.row_strips;
  var oy = first_strip / params.row_strips % params.out_height;
  var n = first_strip / params.row_strips / params.out_height;
  var sums: array<array<array<vec4<f32>, COLS>, 4>, ROWS>;
  for (var strip = first_strip; strip < end_strip; strip += 4u) {
    var own: array<vec4<f32>, SHARED>;
    for (var s = 0u; s < SHARED; s++) { // unroll
      let present = strip + share_strip[s] < end_strip;
      let at = (p * params.strips + select(0u, strip + share_strip[s], present)) * params.out4 + share_col[s];
      own[s] = select(vec4<f32>(), grad[at], present);
    }
    var input: array<mat4x4<f32>, ROWS>;
    for (var k = 0u; k < 4u; k++) { // unroll
      let present = strip + k < end_strip;
      let at = i32(((n * params.height + oy) * params.row_strips + along) * in4);
      for (var i = 0u; i < ROWS; i++) { // unroll
        let inside = present && oy + down[i] < params.height;
        input[i][k] = select(vec4<f32>(), strips[u32(select(0, at + at_row[i], inside))], inside);
      }
      along += 1u;
      oy += select(0u, 1u, along == params.row_strips);
      along = select(along, 0u, along == params.row_strips);
      n += select(0u, 1u, oy == params.out_height);
      oy = select(oy, 0u, oy == params.out_height);
    }
    for (var i = 0u; i < ROWS; i++) { // unroll
      input[i] = transpose(input[i]); // a column for each channel
    }
    for (var j = 0u; j < COLS; j++) { // unroll
      var matrix: mat4x4<f32>; // a column for each strip
      for (var k = 0u; k < 4u; k++) { // unroll
        matrix[k] = subgroupBroadcast(own[(4u * j + k) / LANES], (4u * j + k) % LANES);
      }
      for (var i = 0u; i < ROWS; i++) { // unroll
        for (var q = 0u; q < 4u; q++) { // unroll
          sums[i][q][j] += matrix * input[i][q];
        }
      }
    }
  }
  let at_part = (part * POINTS + p) * 4u * rows * params.out4;
  for (var j = 0u; j < COLS; j++) { // unroll
    let col = first_col + j;
    for (var i = 0u; i < ROWS; i++) { // unroll
      for (var q = 0u; q < 4u; q++) { // unroll
        if (col < params.out4 && first_row + i < rows) {
          partial[at_part + (4u * (first_row + i) + q) * params.out4 + col] = sums[i][q][j];
        }
      }
    }
  }
}
