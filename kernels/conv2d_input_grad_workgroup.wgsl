// Gradient of a 2-D convolution for its input as conv2d_input_grad.wgsl computes it, for GPUs.
//
//   grad_x[n, iy, ix, i] = sum_{ky, kx, o} grad_y[n, (iy + padding - ky) / stride, (ix + padding - kx) / stride, o]
//                                          * weight[ky, kx, i, o],   + before to accumulate
//
// Layouts and residue classes of the stride (workgroup z) as there. Implicit GEMM, cut and fetched as in
// matmul_workgroup.wgsl: rows are the class's input pixels, columns input channels, the inner dimension is (the class's
// ky, its kx, o). Taps move on as in conv2d_forward_workgroup.wgsl; both operands are turned.
//
// Constants: ROWS = 4 QUADS and COLS of a thread, LANES_X and LANES_Y (threads along columns and rows), PATCH (how many of
// 32 neighbouring threads lie side by side along columns), DEPTH, SPARE, HELD (blocks of 4 x 4 that a thread fetches).

const THREADS: u32 = LANES_X * LANES_Y;
const ROWS4: u32 = QUADS * LANES_Y; // groups of four rows of the workgroup
const COLS4: u32 = COLS * LANES_X;
const DEPTH4: u32 = DEPTH / 4u;
const LEFT: u32 = ROWS4 * DEPTH4; // blocks of the left operand's slice
const BLOCKS: u32 = LEFT + COLS4 * DEPTH4;

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

// For each inner index, in groups of four, the groups of rows, those of columns, and where there is room an unused one
// (SPARE) that spreads stores over the banks.
var<workgroup> slices: array<array<array<array<vec4<f32>, ROWS4 + COLS4 + SPARE>, 4>, DEPTH4>, 2>;
var<workgroup> origins: array<array<vec2<u32>, ROWS4>, 4>; // of pixel 4 g + q in [q][g]: row and column of tap 0, 0

// Whether block s of a thread is among the first `count`; mostly known when this is compiled.
fn among(count: u32, lane: u32, s: u32) -> bool {
  return (s + 1u) * THREADS <= count || (s * THREADS < count && s * THREADS + lane < count);
}

// A pixel's image, row and column in the class, and those of the pixel after it.
fn digits(index: u32, radix: vec2<u32>) -> vec3<u32> {
  return vec3(index / radix.y / radix.x, index / radix.y % radix.x, index % radix.y);
}
fn next(at: vec3<u32>, size: vec2<u32>) -> vec3<u32> {
  if (at.z + 1u < size.y) {
    return vec3(at.xy, at.z + 1u);
  }
  return select(vec3(at.x, at.y + 1u, 0u), vec3(at.x + 1u, 0u, 0u), at.y + 1u == size.x);
}

// For which of a thread's pixels a tap lies in the image.
fn covered(lane: u32, tap: vec3<u32>) -> array<vec4<bool>, HELD> {
  var inside: array<vec4<bool>, HELD>;
  for (var s = 0u; s < HELD; s++) { // unroll
    for (var q = 0u; q < 4u; q++) { // unroll
      let at = origins[q][(s * THREADS + lane) / DEPTH4] - tap.xy;
      inside[s][q] = all(at < vec2(params.out_height, params.out_width));
    }
  }
  return inside;
}

// A thread's blocks of a slice as they lie in memory; outside an operand, anything. Where others fetch left blocks, a
// thread that has none fetches the last right one again: a branch would wait for it. The class's taps begin at `start`.
fn fetch(lane: u32, at: array<vec4<u32>, HELD>, tap: vec3<u32>, start: vec2<u32>) -> array<mat4x4<f32>, HELD> {
  let k = start + params.stride * tap.xy;
  let line = params.out4;
  var held: array<mat4x4<f32>, HELD>;
  for (var s = 0u; s < HELD; s++) { // unroll
    if (among(LEFT, lane, s)) {
      let i = at[s] + (tap.z - (tap.x * params.out_width + tap.y) * line);
      held[s] = mat4x4<f32>(grad_y[i.x], grad_y[i.y], grad_y[i.z], grad_y[i.w]);
    } else if (s * THREADS < LEFT || among(BLOCKS, lane, s)) {
      let i = at[s].x + ((k.x * params.kernel_width + k.y) * params.in4 * 4u * line + tap.z);
      held[s] = mat4x4<f32>(weight[i], weight[i + line], weight[i + 2u * line], weight[i + 3u * line]);
    }
  }
  return held;
}

// Stores them, a vector for each inner index, with zeros for padding.
fn stow(buffer: u32, lane: u32, held: array<mat4x4<f32>, HELD>, inside: array<vec4<bool>, HELD>) {
  let zero = vec4<f32>();
  for (var s = 0u; s < HELD; s++) { // unroll
    let own = held[s];
    let kept = inside[s] | vec4(!among(LEFT, lane, s));
    let block = transpose(mat4x4<f32>(select(zero, own[0], kept.x), select(zero, own[1], kept.y),
      select(zero, own[2], kept.z), select(zero, own[3], kept.w)));
    for (var q = 0u; q < 4u; q++) { // unroll
      if (among(BLOCKS, lane, s)) {
        slices[buffer][lane % DEPTH4][q][(s * THREADS + lane) / DEPTH4] = block[q];
      }
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
  if (any(class_size == vec2(0u))) { // all threads of the workgroup: an image narrower than the stride has no such pixels
    return;
  }
  let start = (residue + params.padding) % params.stride;
  let kernel = max(start, vec2(params.kernel_height, params.kernel_width));
  let taps = (kernel - start + params.stride - 1u) / params.stride;
  let own = lane % DEPTH4; // the group of inner indices, in a slice, of all blocks of this thread
  var at: array<vec4<u32>, HELD>; // where its blocks of the first slice lie: four pixels, or a line of weights
  for (var s = 0u; s < HELD; s++) { // unroll
    let g = (s * THREADS + lane) / DEPTH4;
    at[s].x = 4u * (first.y + min(g - ROWS4, COLS4 - 1u)) * params.out4 + own;
    var pixel = digits(first.x + 4u * g, class_size);
    for (var q = 0u; q < 4u; q++) { // unroll
      let o = pixel.yz + (residue + params.padding) / params.stride;
      if (among(LEFT, lane, s)) {
        at[s][q] = ((pixel.x * params.out_height + o.x) * params.out_width + o.y) * params.out4 + own;
        if (own == 0u) {
          origins[q][g] = o;
        }
      }
      pixel = next(pixel, class_size);
    }
  }
  workgroupBarrier();
  var tap = vec3<u32>(); // row and column among the class's, and group of channels
  var inside = covered(lane, tap);
  stow(0u, lane, fetch(lane, at, tap, start), inside);
  workgroupBarrier();
  let inner = taps.x * taps.y * params.out4 * 4u;
  var sums: array<array<vec4<f32>, COLS>, ROWS>;
  var buffer = 1u;
  for (var k0 = DEPTH; k0 <= inner; k0 += DEPTH) { // multiplies the slice before the one at k0
    tap.z += DEPTH4;
    if (tap.z == params.out4) {
      tap = select(vec3(tap.x, tap.y + 1u, 0u), vec3(tap.x + 1u, 0u, 0u), tap.y + 1u == taps.y);
      inside = covered(lane, tap);
    }
    let held = fetch(lane, at, tap, start);
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
  for (var i = 0u; i < QUADS; i++) { // unroll
    var pixel = digits(first.x + 4u * (i * LANES_Y + ty), class_size);
    for (var q = 0u; q < 4u; q++) { // unroll
      let to = pixel.yz * params.stride + residue;
      for (var j = 0u; j < COLS; j++) { // unroll
        let col = first.y + j * LANES_X + tx;
        let i4 = ((pixel.x * params.height + to.x) * params.width + to.y) * params.in4 + col;
        if (pixel.x < params.batch && col < params.in4) {
          var value = sums[4u * i + q][j];
          if (params.accumulate != 0u) {
            value += before[i4];
          }
          grad_x[i4] = value;
        }
      }
      pixel = next(pixel, class_size);
    }
  }
}
