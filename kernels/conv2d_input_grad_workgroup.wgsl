// Gradient of a 2-D convolution for its input as conv2d_input_grad.wgsl computes it, for GPUs.
//
//   grad_x[n, iy, ix, i] = sum_{ky, kx, o} grad_y[n, (iy + padding - ky) / stride, (ix + padding - kx) / stride, o]
//                                          * weight[ky, kx, i, o],   + before to accumulate
//
// Layouts and residue classes of the stride (workgroup z) as there. Implicit GEMM, cut as in matmul_workgroup.wgsl:
// rows are the class's input pixels, columns input channels, the inner dimension is (the class's ky, its kx, o). Taps
// move on, and are taken from the pixels' origins, as in conv2d_forward_workgroup.wgsl; both operands are turned.
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
  batch: u32,
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
  accumulate: u32, // 1 where there is a gradient before
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> grad_y: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read> weight: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read> before: array<vec4<f32>>;
@group(0) @binding(4) var<storage, read_write> grad_x: array<vec4<f32>>;

// For each inner index the groups of rows, those of columns, and an unused one that spreads stores over the banks.
var<workgroup> slices: array<array<array<vec4<f32>, ROWS4 + COLS4 + SPARE>, DEPTH>, 2>;
var<workgroup> origins: array<array<vec4<i32>, ROWS4>, 4>; // of pixel 4 g + q in [q][g]; its index in grad_x last

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

// Four output channels of the pixel that a tap of the class connects with.
fn load_grad(origin: vec4<i32>, tap: vec3<u32>, taps: vec2<u32>) -> vec4<f32> {
  let at = vec2<u32>(origin.xy - vec2<i32>(tap.xy));
  let inside = at.x < params.out_height && at.y < params.out_width && tap.x < taps.x;
  let i = u32(origin.z) - (tap.x * params.out_width + tap.y) * params.out4 + tap.z;
  return select(vec4<f32>(), grad_y[select(0u, i, inside)], inside);
}

// A block at a tap of the class that begins at `start`; each of its vectors belongs to one inner index.
fn fetch(block: u32, first_col: u32, tap: vec3<u32>, taps: vec2<u32>, start: vec2<u32>) -> mat4x4<f32> {
  let g = block / DEPTH4;
  if (block < LEFT) {
    return transpose(mat4x4<f32>(load_grad(origins[0][g], tap, taps), load_grad(origins[1][g], tap, taps),
      load_grad(origins[2][g], tap, taps), load_grad(origins[3][g], tap, taps)));
  }
  let k = start + params.stride * tap.xy;
  let c = first_col + g - ROWS4;
  if (tap.x >= taps.x || c >= params.in4) {
    return mat4x4<f32>();
  }
  let n = params.out4;
  let at = ((k.x * params.kernel_width + k.y) * params.in4 + c) * 4u * n + tap.z;
  return transpose(mat4x4<f32>(weight[at], weight[at + n], weight[at + 2u * n], weight[at + 3u * n]));
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
  let first = group.xy * vec2(4u * ROWS4, COLS4);
  let residue = vec2(group.z / params.stride, group.z % params.stride);
  let class_size = (vec2(params.height, params.width) + params.stride - 1u - residue) / params.stride;
  let pixels = params.batch * class_size.x * class_size.y;
  let start = (residue + params.padding) % params.stride;
  let kernel = max(start, vec2(params.kernel_height, params.kernel_width));
  let taps = (kernel - start + params.stride - 1u) / params.stride;
  let inner = taps.x * taps.y * params.out4 * 4u;
  for (var row = lane; row < 4u * ROWS4; row += THREADS) {
    let p = digits(first.x + row, class_size);
    let at = vec2<i32>(p.yz + (residue + params.padding) / params.stride);
    let index = (i32(p.x * params.out_height) + at.x) * i32(params.out_width) + at.y;
    let own = p.yz * params.stride + residue;
    let origin = vec4(at, index * i32(params.out4), i32((p.x * params.height + own.x) * params.width + own.y));
    origins[row % 4u][row / 4u] = select(vec4(FAR), origin, first.x + row < pixels);
  }
  workgroupBarrier();
  let radix = vec2(taps.y, params.out4);
  var tap = digits(lane % DEPTH4, radix);
  let step = digits(DEPTH4, radix);
  var sums: array<array<vec4<f32>, COLS>, ROWS>;
  var held: array<mat4x4<f32>, HELD>;
  var buffer = 0u;
  for (var k0 = 0u; k0 < inner + DEPTH; k0 += DEPTH) {
    for (var s = 0u; s < HELD; s++) { // unroll
      if (k0 < inner && lane + s * THREADS < BLOCKS) {
        held[s] = fetch(lane + s * THREADS, first.y, tap, taps, start);
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
  for (var i = 0u; i < ROWS; i++) { // unroll
    let own = origins[i % 4u][i / 4u * LANES_Y + ty].w;
    for (var j = 0u; j < COLS; j++) { // unroll
      let col = first.y + j * LANES_X + tx;
      let at = u32(own) * params.in4 + col;
      if (own >= 0 && col < params.in4) {
        var value = sums[i][j];
        if (params.accumulate != 0u) {
          value += before[at];
        }
        grad_x[at] = value;
      }
    }
  }
}
