// 2-D convolution as conv2d_forward.wgsl computes it, for GPUs.
//
//   y[n, oy, ox, o] = bias[o] + sum_{ky, kx, i} x[n, oy*stride + ky - padding, ox*stride + kx - padding, i]
//                                               * weight[ky, kx, i, o],
//   and what follows: residual, PReLU, `before`
//
// Layouts as there. Implicit GEMM, cut and fetched as in matmul_workgroup.wgsl: rows are output pixels, columns output
// channels, the inner dimension is (ky, kx, i). DEPTH divides the channels, so that a slice has one tap, the same for
// all threads: from slice to slice all places move on by one number, and padding is found only where the tap changes.
//
// Constants: ROWS = 4 QUADS and COLS of a thread, LANES_X and LANES_Y (threads along columns and rows), PATCH (how many of
// 32 neighbouring threads lie side by side along columns), DEPTH, SPARE, HELD (blocks of 4 x 4 that a thread fetches),
// BIAS, PRELU, KEEP.
// uses conv2d_finish.wgsl
// uses numbers.wgsl

alias Element = vec4<f32>;
const THREADS: u32 = LANES_X * LANES_Y;
const ROWS4: u32 = QUADS * LANES_Y; // groups of four rows of the workgroup
const COLS4: u32 = COLS * LANES_X;
const DEPTH4: u32 = DEPTH / 4u;
const LEFT: u32 = ROWS4 * DEPTH4; // blocks of the left operand's slice
const BLOCKS: u32 = LEFT + COLS4 * DEPTH4;

struct Params {
  pixels: u32, // batch * out_height * out_width
  height: u32,
  width: u32,
  in4: u32,
  out_height: u32,
  out_width: u32,
  out4: u32,
  kernel_height: u32,
  kernel_width: u32,
  stride: u32,
  padding: u32,
  slopes: u32, // 1 or the number of channels
  add_residual: u32, // 1 where there is one
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read> weight: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read> bias: array<vec4<f32>>;
@group(0) @binding(4) var<storage, read> residual: array<vec4<f32>>;
@group(0) @binding(5) var<storage, read> slope: array<f32>;
@group(0) @binding(6) var<storage, read_write> y: array<vec4<f32>>;
@group(0) @binding(7) var<storage, read_write> before: array<vec4<f32>>;

// For each inner index, in groups of four, the groups of rows, those of columns, and where there is room an unused one
// (SPARE) that spreads stores over the banks.
var<workgroup> slices: array<array<array<array<vec4<f32>, ROWS4 + COLS4 + SPARE>, 4>, DEPTH4>, 2>;
var<workgroup> origins: array<array<vec2<u32>, ROWS4>, 4>; // of pixel 4 g + q in [q][g]: row and column of tap 0, 0

// Whether block s of a thread is among the first `count`; mostly known when this is compiled.
fn among(count: u32, lane: u32, s: u32) -> bool {
  return (s + 1u) * THREADS <= count || (s * THREADS < count && s * THREADS + lane < count);
}

// For which of a thread's pixels a tap lies in the image.
fn covered(lane: u32, tap: vec3<u32>) -> array<vec4<bool>, HELD> {
  var inside: array<vec4<bool>, HELD>;
  for (var s = 0u; s < HELD; s++) { // unroll
    for (var q = 0u; q < 4u; q++) { // unroll
      inside[s][q] = all(origins[q][(s * THREADS + lane) / DEPTH4] + tap.xy < vec2(params.height, params.width));
    }
  }
  return inside;
}

// A thread's blocks of a slice as they lie in memory; outside an operand, anything. Where others fetch left blocks, a
// thread that has none fetches the last right one again: a branch would wait for it.
fn fetch(lane: u32, at: array<vec4<u32>, HELD>, k0: u32, tap: vec3<u32>) -> array<mat4x4<f32>, HELD> {
  let line = params.out4;
  var held: array<mat4x4<f32>, HELD>;
  for (var s = 0u; s < HELD; s++) { // unroll
    if (among(LEFT, lane, s)) {
      let i = at[s] + ((tap.x * params.width + tap.y) * params.in4 + tap.z);
      held[s] = mat4x4<f32>(x[i.x], x[i.y], x[i.z], x[i.w]);
    } else if (s * THREADS < LEFT || among(BLOCKS, lane, s)) {
      let i = at[s].x + k0 * line;
      held[s] = mat4x4<f32>(weight[i], weight[i + line], weight[i + 2u * line], weight[i + 3u * line]);
    }
  }
  return held;
}

// Stores them, a vector for each inner index, with zeros for padding.
fn stow(buffer: u32, lane: u32, held: array<mat4x4<f32>, HELD>, inside: array<vec4<bool>, HELD>) {
  for (var s = 0u; s < HELD; s++) { // unroll
    if (among(LEFT, lane, s)) {
      var own = held[s];
      for (var q = 0u; q < 4u; q++) { // unroll
        own[q] = select(vec4<f32>(), own[q], inside[s][q]);
      }
      put(buffer, s * THREADS + lane, transpose(own));
    } else if (among(BLOCKS, lane, s)) {
      put(buffer, s * THREADS + lane, held[s]);
    }
  }
}
fn put(buffer: u32, block: u32, vectors: mat4x4<f32>) {
  for (var q = 0u; q < 4u; q++) { // unroll
    slices[buffer][block % DEPTH4][q][block / DEPTH4] = vectors[q];
  }
}

@compute @workgroup_size(THREADS)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) lane: u32) {
  let tx = lane / 32u % (LANES_X / PATCH) * PATCH + lane % PATCH;
  let ty = lane / 32u / (LANES_X / PATCH) * (32u / PATCH) + lane % 32u / PATCH;
  let first = group.xy * vec2(4u * ROWS4, COLS4);
  let size = vec2(params.out_height, params.out_width);
  let own = lane % DEPTH4; // the group of inner indices, in a slice, of all blocks of this thread
  var at: array<vec4<u32>, HELD>; // where its blocks of the first slice lie: four pixels, or a line of weights
  for (var s = 0u; s < HELD; s++) { // unroll
    let g = (s * THREADS + lane) / DEPTH4;
    at[s].x = 4u * own * params.out4 + first.y + min(g - ROWS4, COLS4 - 1u);
    for (var q = 0u; q < 4u; q++) { // unroll
      let pixel = first.x + 4u * g + q;
      let o = vec2(pixel / size.y % size.x, pixel % size.y) * params.stride - params.padding;
      if (among(LEFT, lane, s)) {
        at[s][q] = ((pixel / size.y / size.x * params.height + o.x) * params.width + o.y) * params.in4 + own;
        if (own == 0u) {
          origins[q][g] = o;
        }
      }
    }
  }
  workgroupBarrier();
  var tap = vec3<u32>(); // kernel row, kernel column and group of channels
  var inside = covered(lane, tap);
  stow(0u, lane, fetch(lane, at, 0u, tap), inside);
  workgroupBarrier();
  var sums: array<array<vec4<f32>, COLS>, ROWS>;
  var buffer = 1u;
  for (var k0 = DEPTH; tap.x < params.kernel_height; k0 += DEPTH) { // multiplies the slice before the one at k0
    tap.z += DEPTH4;
    if (tap.z == params.in4) {
      tap = select(vec3(tap.x, tap.y + 1u, 0u), vec3(tap.x + 1u, 0u, 0u), tap.y + 1u == params.kernel_width);
      inside = covered(lane, tap);
    }
    let held = fetch(lane, at, k0, tap);
    for (var k = 0u; k < DEPTH; k++) { // unroll
      var factor: array<vec4<f32>, COLS>;
      for (var j = 0u; j < COLS; j++) { // unroll
        factor[j] = slices[1u - buffer][k / 4u][k % 4u][ROWS4 + j * LANES_X + tx];
      }
      for (var i = 0u; i < QUADS; i++) { // unroll
        let rows = slices[1u - buffer][k / 4u][k % 4u][i * LANES_Y + ty];
        for (var q = 0u; q < 4u; q++) { // unroll
          for (var j = 0u; j < COLS; j++) { // unroll
            sums[4u * i + q][j] += rows[q] * factor[j];
          }
        }
      }
    }
    stow(buffer, lane, held, inside);
    workgroupBarrier();
    buffer = 1u - buffer;
  }
  for (var j = 0u; j < COLS; j++) { // unroll
    let col = first.y + j * LANES_X + tx;
    let offset = bias_of(col);
    let slopes = slopes_of(col);
    for (var i = 0u; i < ROWS; i++) { // unroll
      let pixel = first.x + 4u * (i / 4u * LANES_Y + ty) + i % 4u;
      if (pixel < params.pixels && col < params.out4) {
        finish(sums[i][j] + offset, slopes, pixel * params.out4 + col);
      }
    }
  }
}
