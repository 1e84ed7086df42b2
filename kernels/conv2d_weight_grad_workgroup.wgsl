// Gradient of a 2-D convolution for its weights and bias as conv2d_weight_grad.wgsl computes it, for GPUs.
//
//   partial[s, ky, kx, i, o] = sum_{(n, oy, ox) in part s} x[n, oy*stride + ky - padding, ox*stride + kx - padding, i]
//                                                          * grad_y[n, oy, ox, o]
//   partial[s, bias, o]      = sum_{(n, oy, ox) in part s} grad_y[n, oy, ox, o]
//
// Layouts as there; a part is `part` output pixels, a multiple of DEPTH. Implicit GEMM, cut as in
// matmul_workgroup.wgsl: rows are (ky, kx, i), then one of ones, whose gradient is the bias's; columns are output
// channels, the inner dimension is the part's pixels. The rows' taps lie in workgroup memory.
//
// Constants: ROWS = 4 QUADS and COLS of a thread, LANES_X and LANES_Y (threads along columns and rows), PATCH (threads
// along columns, of 32 neighbours), DEPTH, SPARE, HELD (blocks of 4 x 4 that a thread fetches).

const THREADS: u32 = LANES_X * LANES_Y;
const ROWS4: u32 = QUADS * LANES_Y; // groups of four rows of the workgroup
const COLS4: u32 = COLS * LANES_X;
const DEPTH4: u32 = DEPTH / 4u;
const LEFT: u32 = ROWS4 * DEPTH4; // blocks of the left operand's slice
const BLOCKS: u32 = LEFT + COLS4 * DEPTH4;
const FAR: i32 = -0x20000000; // outside every image

struct Params {
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
  pixels: u32, // batch * out_height * out_width
  part: u32,
  part4: u32, // groups of four of a part of `partial`
  bias4: u32, // where in it the bias begins
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read> grad_y: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read_write> partial: array<vec4<f32>>;

// For each inner index the groups of rows, those of columns, and an unused one that spreads stores over the banks.
var<workgroup> slices: array<array<array<vec4<f32>, ROWS4 + COLS4 + SPARE>, DEPTH>, 2>;
var<workgroup> taps: array<vec4<i32>, ROWS4>;

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

// Of four rows: where their tap reads from a pixel (row, column, index), and 1 for the row of ones.
fn tap_of(row4: u32) -> vec4<i32> {
  let t = vec3<i32>(digits(row4, vec2(params.kernel_width, params.in4)));
  let at = t.xy - i32(params.padding);
  let index = (at.x * i32(params.width) + at.y) * i32(params.in4) + t.z;
  let ones = params.kernel_height * params.kernel_width * params.in4;
  return select(vec4(FAR, 0, 0, i32(row4 == ones)), vec4(at, index, 0), row4 < ones);
}

fn load_x(tap: vec4<i32>, pixel: vec3<u32>, k: u32) -> vec4<f32> {
  let o = pixel.yz * params.stride;
  let at = vec2<u32>(vec2<i32>(o) + tap.xy);
  let inside = at.x < params.height && at.y < params.width && k < params.pixels;
  let i = ((pixel.x * params.height + o.x) * params.width + o.y) * params.in4 + u32(tap.z);
  return select(vec4(f32(tap.w), 0.0, 0.0, 0.0), x[select(0u, i, inside)], inside);
}

fn load_grad(k: u32, col: u32) -> vec4<f32> {
  let inside = k < params.pixels && col < params.out4;
  return select(vec4<f32>(), grad_y[select(0u, k * params.out4 + col, inside)], inside);
}

// A block from pixel k on: a vector for each pixel.
fn fetch(block: u32, first_col: u32, k: u32, pixel: vec3<u32>, radix: vec2<u32>) -> mat4x4<f32> {
  let g = block / DEPTH4;
  if (block < LEFT) {
    let p1 = moved(pixel, vec3(0u, 0u, 1u), radix);
    let p2 = moved(p1, vec3(0u, 0u, 1u), radix);
    let p3 = moved(p2, vec3(0u, 0u, 1u), radix);
    return mat4x4<f32>(load_x(taps[g], pixel, k), load_x(taps[g], p1, k + 1u),
      load_x(taps[g], p2, k + 2u), load_x(taps[g], p3, k + 3u));
  }
  let c = first_col + g - ROWS4;
  return mat4x4<f32>(load_grad(k, c), load_grad(k + 1u, c), load_grad(k + 2u, c), load_grad(k + 3u, c));
}

fn stow(buffer: u32, block: u32, held: mat4x4<f32>) {
  for (var q = 0u; q < 4u; q++) { // unroll
    if (block < BLOCKS) {
      slices[buffer][block % DEPTH4 * 4u + q][block / DEPTH4] = held[q];
    }
  }
}

@compute @workgroup_size(THREADS)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) lane: u32) {
  let tx = lane / 32u % (LANES_X / PATCH) * PATCH + lane % PATCH;
  let ty = lane / 32u / (LANES_X / PATCH) * (32u / PATCH) + lane % 32u / PATCH;
  let first = group.xy * vec2(ROWS4, COLS4);
  for (var g = lane; g < ROWS4; g += THREADS) {
    taps[g] = tap_of(first.x + g);
  }
  workgroupBarrier();
  let begin = group.z * params.part;
  let end = min(begin + params.part, params.pixels);
  let radix = vec2(params.out_height, params.out_width);
  let step = digits(DEPTH, radix);
  let own = lane % DEPTH4 * 4u; // the place, in a slice, of all blocks of this thread
  var pixel = digits(begin + own, radix);
  var sums: array<array<vec4<f32>, COLS>, ROWS>;
  var held: array<mat4x4<f32>, HELD>;
  var buffer = 0u;
  for (var k0 = begin; k0 < end + DEPTH; k0 += DEPTH) {
    for (var s = 0u; s < HELD; s++) { // unroll
      if (k0 < end && lane + s * THREADS < BLOCKS) {
        held[s] = fetch(lane + s * THREADS, first.y, k0 + own, pixel, radix);
      }
    }
    if (k0 > begin) { // multiply the slice before
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
    pixel = moved(pixel, step, radix);
  }
  let weights = params.kernel_height * params.kernel_width * params.in4 * 4u;
  for (var i = 0u; i < ROWS; i++) { // unroll
    for (var j = 0u; j < COLS; j++) { // unroll
      let row = 4u * (first.x + i / 4u * LANES_Y + ty) + i % 4u;
      let col = first.y + j * LANES_X + tx;
      if (row <= weights && col < params.out4) {
        partial[group.z * params.part4 + select(row * params.out4, params.bias4, row == weights) + col] = sums[i][j];
      }
    }
  }
}
