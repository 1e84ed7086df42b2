// 2-D convolution as conv2d_forward.wgsl computes it, for GPUs.
//
//   y[n, oy, ox, o] = bias[o] + sum_{ky, kx, i} x[n, oy*stride + ky - padding, ox*stride + kx - padding, i]
//                                               * weight[ky, kx, i, o],
//   and what follows: residual, PReLU, `before`
//
// Layouts as there. Implicit GEMM, cut as in matmul_workgroup.wgsl: rows are output pixels, columns output channels and
// the inner dimension is (ky, kx, i), so that a slice takes several taps where channels are few. What a thread fetches
// has the same place in every slice: it moves its tap on without a division, and adds it to the pixels' origins, which
// lie in workgroup memory.
//
// Constants: ROWS = 4 QUADS and COLS of a thread, LANES_X and LANES_Y (threads along columns and rows), PATCH (threads
// along columns, of 32 neighbours), DEPTH, SPARE, HELD (blocks of 4 x 4 that a thread fetches), BIAS,
// PRELU, KEEP.
// uses numbers.wgsl

alias Element = vec4<f32>;

const THREADS: u32 = LANES_X * LANES_Y;
const ROWS4: u32 = QUADS * LANES_Y; // groups of four rows of the workgroup
const COLS4: u32 = COLS * LANES_X;
const DEPTH4: u32 = DEPTH / 4u;
const LEFT: u32 = ROWS4 * DEPTH4; // blocks of the left operand's slice
const BLOCKS: u32 = LEFT + COLS4 * DEPTH4;
const FAR: i32 = -0x20000000; // outside every image

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

// For each inner index the groups of rows, those of columns, and an unused one that spreads stores over the banks.
var<workgroup> slices: array<array<array<vec4<f32>, ROWS4 + COLS4 + SPARE>, DEPTH>, 2>;
var<workgroup> origins: array<array<vec4<i32>, ROWS4>, 4>; // of pixel 4 g + q in [q][g]

// What moves through the inner dimension: its digits, and their sum with those of a step, without a division.
fn digits(index: u32, radix: vec2<u32>) -> vec3<u32> {
  return vec3(index / radix.y / radix.x, index / radix.y % radix.x, index % radix.y);
}
fn moved(at: vec3<u32>, step: vec3<u32>, radix: vec2<u32>) -> vec3<u32> {
  let t = at + step;
  let carry = u32(t.z >= radix.y);
  let over = u32(t.y + carry >= radix.x);
  return t + vec3(over, carry, 0u) - vec3(0u, over * radix.x, carry * radix.y);
}

// Input row and column of a pixel's first tap, before padding is cut off, and the index in x.
fn origin(pixel: u32) -> vec4<i32> {
  let o = digits(pixel, vec2(params.out_height, params.out_width));
  let at = vec2<i32>(o.yz * params.stride) - i32(params.padding);
  let index = (i32(o.x * params.height) + at.x) * i32(params.width) + at.y;
  return select(vec4(FAR), vec4(at, index * i32(params.in4), 0), pixel < params.pixels);
}

fn load_x(origin: vec4<i32>, tap: vec3<u32>) -> vec4<f32> {
  let at = vec2<u32>(origin.xy + vec2<i32>(tap.xy));
  let inside = at.x < params.height && at.y < params.width && tap.x < params.kernel_height;
  let i = u32(origin.z) + (tap.x * params.width + tap.y) * params.in4 + tap.z;
  return select(vec4<f32>(), x[select(0u, i, inside)], inside);
}

fn load_weight(k: u32, col: u32) -> vec4<f32> {
  let inside = k < params.kernel_height * params.kernel_width * params.in4 * 4u && col < params.out4;
  return select(vec4<f32>(), weight[select(0u, k * params.out4 + col, inside)], inside);
}

// A block from inner index k on, which is at `tap`: a vector for each inner index.
fn fetch(block: u32, first_col: u32, k: u32, tap: vec3<u32>) -> mat4x4<f32> {
  let g = block / DEPTH4;
  if (block < LEFT) {
    return transpose(mat4x4<f32>(load_x(origins[0][g], tap), load_x(origins[1][g], tap),
      load_x(origins[2][g], tap), load_x(origins[3][g], tap)));
  }
  let c = first_col + g - ROWS4;
  return mat4x4<f32>(load_weight(k, c), load_weight(k + 1u, c), load_weight(k + 2u, c), load_weight(k + 3u, c));
}

fn stow(buffer: u32, block: u32, held: mat4x4<f32>) {
  for (var q = 0u; q < 4u; q++) { // unroll
    if (block < BLOCKS) {
      slices[buffer][block % DEPTH4 * 4u + q][block / DEPTH4] = held[q];
    }
  }
}

// What follows the convolution: what belongs to a group of channels, loaded once for all its pixels, and the end.
fn bias_of(col: u32) -> vec4<f32> {
  return select(vec4<f32>(), bias[min(col, params.out4 - 1u)], BIAS);
}

fn slopes_of(col: u32) -> vec4<f32> {
  var slopes = vec4<f32>();
  for (var q = 0u; q < 4u; q++) { // unroll
    slopes[q] = select(0.0, slope[(4u * min(col, params.out4 - 1u) + q) % params.slopes], PRELU);
  }
  return slopes;
}

fn finish(sum: vec4<f32>, slopes: vec4<f32>, at: u32) {
  var value = sum;
  if (params.add_residual != 0u) {
    value += residual[at];
  }
  if (KEEP) {
    before[at] = value;
  }
  if (PRELU) {
    value = leaky(value, slopes);
  }
  y[at] = value;
}

@compute @workgroup_size(THREADS)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) lane: u32) {
  let tx = lane / 32u % (LANES_X / PATCH) * PATCH + lane % PATCH;
  let ty = lane / 32u / (LANES_X / PATCH) * (32u / PATCH) + lane % 32u / PATCH;
  let first = group.xy * vec2(4u * ROWS4, COLS4);
  for (var row = lane; row < 4u * ROWS4; row += THREADS) {
    origins[row % 4u][row / 4u] = origin(first.x + row);
  }
  workgroupBarrier();
  let radix = vec2(params.kernel_width, params.in4);
  let inner = params.kernel_height * radix.x * radix.y * 4u;
  let own = lane % DEPTH4; // the place along the inner dimension, in a slice, of all blocks of this thread
  var tap = digits(own, radix);
  let step = digits(DEPTH4, radix);
  var sums: array<array<vec4<f32>, COLS>, ROWS>;
  var held: array<mat4x4<f32>, HELD>;
  var buffer = 0u;
  for (var k0 = 0u; k0 < inner + DEPTH; k0 += DEPTH) {
    for (var s = 0u; s < HELD; s++) { // unroll
      if (k0 < inner && lane + s * THREADS < BLOCKS) {
        held[s] = fetch(lane + s * THREADS, first.y, k0 + 4u * own, tap);
      }
    }
    if (k0 > 0u) { // multiply the slice before
      for (var k = 0u; k < DEPTH; k++) { // unroll
        var factor: array<vec4<f32>, COLS>;
        for (var j = 0u; j < COLS; j++) { // unroll
          factor[j] = slices[1u - buffer][k][ROWS4 + j * LANES_X + tx];
        }
        for (var i = 0u; i < QUADS; i++) { // unroll
          let rows = slices[1u - buffer][k][i * LANES_Y + ty];
          for (var q = 0u; q < 4u; q++) { // unroll
            for (var j = 0u; j < COLS; j++) { // unroll
              sums[4u * i + q][j] += rows[q] * factor[j];
            }
          }
        }
      }
    }
    for (var s = 0u; s < HELD; s++) { // unroll
      stow(buffer, lane + s * THREADS, held[s]);
    }
    workgroupBarrier();
    buffer = 1u - buffer;
    tap = moved(tap, step, radix);
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
