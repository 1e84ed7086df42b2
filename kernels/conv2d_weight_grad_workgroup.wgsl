// Gradient of a 2-D convolution for its weights and bias as conv2d_weight_grad.wgsl computes it, for GPUs.
//
//   partial[s, ky, kx, i, o] = sum_{(n, oy, ox) in part s} x[n, oy*stride + ky - padding, ox*stride + kx - padding, i]
//                                                          * grad_y[n, oy, ox, o]
//   partial[s, bias, o]      = sum_{(n, oy, ox) in part s} grad_y[n, oy, ox, o]
//
// Layouts as there; a part is `part` output pixels, a multiple of DEPTH. Implicit GEMM, cut and fetched as in
// matmul_workgroup.wgsl: rows are (ky, kx, i), then one of ones, whose gradient is the bias's; columns are output
// channels, the inner dimension is the part's pixels. A thread's blocks have the same taps in all slices; where its
// pixels lie is found a slice ahead, once for all threads, and kept in workgroup memory.
//
// Constants: ROWS = 4 QUADS and COLS of a thread, LANES_X and LANES_Y (threads along columns and rows), PATCH (how many of
// 32 neighbouring threads lie side by side along columns), DEPTH, SPARE, HELD (blocks of 4 x 4 that a thread fetches).

const THREADS: u32 = LANES_X * LANES_Y;
const ROWS4: u32 = QUADS * LANES_Y; // groups of four rows of the workgroup
const COLS4: u32 = COLS * LANES_X;
const DEPTH4: u32 = DEPTH / 4u;
const LEFT: u32 = ROWS4 * DEPTH4; // blocks of the left operand's slice
const BLOCKS: u32 = LEFT + COLS4 * DEPTH4;
const FAR: u32 = 0x40000000u; // the row of no tap

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

// For each inner index, in groups of four, the groups of rows, those of columns, and where there is room an unused one
// (SPARE) that spreads stores over the banks.
var<workgroup> slices: array<array<array<array<vec4<f32>, ROWS4 + COLS4 + SPARE>, 4>, DEPTH4>, 2>;
// Of pixel 4 g + q of a slice in [q][g]: row and column of tap 0, 0, its index in x, and the image.
var<workgroup> places: array<array<array<vec4<u32>, DEPTH4>, 4>, 2>;

// Whether block s of a thread is among the first `count`; mostly known when this is compiled.
fn among(count: u32, lane: u32, s: u32) -> bool {
  return (s + 1u) * THREADS <= count || (s * THREADS < count && s * THREADS + lane < count);
}

fn digits(index: u32, radix: vec2<u32>) -> vec3<u32> {
  return vec3(index / radix.y / radix.x, index / radix.y % radix.x, index % radix.y);
}

fn place(image: u32, o: vec2<u32>) -> vec4<u32> {
  return vec4(o, ((image * params.height + o.x) * params.width + o.y) * params.in4, image);
}

// The place of a pixel, from that of the one `step` (images, rows and columns) before it, without a division.
fn moved(at: vec4<u32>, step: vec3<u32>) -> vec4<u32> {
  let size = vec2(params.out_height, params.out_width) * params.stride;
  let o = at.xy + params.padding + step.yz * params.stride;
  let carry = u32(o.y >= size.y);
  let row = o.x + carry * params.stride;
  let over = u32(row >= size.x);
  return place(at.w + step.x + over, vec2(row - over * size.x, o.y - carry * size.y) - params.padding);
}

// Where in a slice block s of a thread belongs: its group of inner indices, and its group of rows or columns.
fn home(lane: u32, s: u32) -> vec2<u32> {
  let block = s * THREADS + lane;
  if (among(LEFT, lane, s)) {
    return vec2(block / ROWS4, block % ROWS4);
  }
  return vec2((block - LEFT) / COLS4, (block - LEFT) % COLS4 + ROWS4);
}

struct Held {
  blocks: array<mat4x4<f32>, HELD>, // a vector for each pixel, anything where there is none
  inside: array<vec4<bool>, HELD>, // whether it is one of memory, not of padding
}

// A thread's blocks of the slice at k0. Where others fetch left blocks, a thread that has none fetches a right one all
// the same: a branch would wait for it.
fn fetch(buffer: u32, lane: u32, at: array<vec3<u32>, HELD>, k0: u32) -> Held {
  let line = params.out4;
  var held: Held;
  for (var s = 0u; s < HELD; s++) { // unroll
    held.inside[s] = vec4(true);
    if (among(LEFT, lane, s)) {
      for (var q = 0u; q < 4u; q++) { // unroll
        let pixel = places[buffer][q][home(lane, s).x];
        let o = pixel.xy + at[s].xy;
        held.inside[s][q] = all(o < vec2(params.height, params.width));
        held.blocks[s][q] = x[pixel.z + at[s].z];
      }
    } else if (s * THREADS < LEFT || among(BLOCKS, lane, s)) {
      let i = at[s].z + k0 * line;
      held.blocks[s] = mat4x4<f32>(grad_y[i], grad_y[i + line], grad_y[i + 2u * line], grad_y[i + 3u * line]);
    }
  }
  return held;
}

// Stores them, with zeros for padding and past the last pixel, and in the row of ones 1.
fn stow(buffer: u32, lane: u32, held: Held, ones: array<f32, HELD>, k0: u32) {
  for (var s = 0u; s < HELD; s++) { // unroll
    let to = home(lane, s);
    for (var q = 0u; q < 4u; q++) { // unroll
      if (among(BLOCKS, lane, s)) {
        let exists = held.inside[s][q] && to.x < (params.pixels - k0 + 3u - q) / 4u;
        slices[buffer][to.x][q][to.y] = select(vec4(ones[s], 0.0, 0.0, 0.0), held.blocks[s][q], exists);
      }
    }
  }
}

@compute @workgroup_size(THREADS)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) lane: u32) {
  let tx = lane / 32u % (LANES_X / PATCH) * PATCH + lane % PATCH;
  let ty = lane / 32u / (LANES_X / PATCH) * (32u / PATCH) + lane % 32u / PATCH;
  let first = group.xy * vec2(ROWS4, COLS4);
  let begin = group.z * params.part;
  let end = min(begin + params.part, params.pixels);
  let taps = params.kernel_height * params.kernel_width * params.in4;
  var at: array<vec3<u32>, HELD>; // of a thread's blocks: row, column and index of their tap, or an index in grad_y
  var ones: array<f32, HELD>; // 1 where they are of the row of ones
  for (var s = 0u; s < HELD; s++) { // unroll
    let to = home(lane, s);
    at[s].z = 4u * to.x * params.out4 + first.y + to.y - ROWS4;
    if (among(LEFT, lane, s)) {
      let t = digits(first.x + to.y, vec2(params.kernel_width, params.in4));
      let tap = vec3(t.xy, (t.x * params.width + t.y) * params.in4 + t.z);
      ones[s] = f32(first.x + to.y == taps);
      at[s] = select(vec3(FAR), tap, first.x + to.y < taps);
    }
  }
  let step = digits(DEPTH, vec2(params.out_height, params.out_width));
  let pixel = digits(begin + lane, vec2(params.out_height, params.out_width));
  if (lane < DEPTH) {
    let own = place(pixel.x, pixel.yz * params.stride - params.padding);
    places[0][lane % 4u][lane / 4u] = own;
    places[1][lane % 4u][lane / 4u] = moved(own, step);
  }
  workgroupBarrier();
  stow(0u, lane, fetch(0u, lane, at, begin), ones, begin);
  workgroupBarrier();
  var sums: array<array<vec4<f32>, COLS>, ROWS>;
  var buffer = 1u;
  for (var k0 = begin + DEPTH; k0 < end + DEPTH; k0 += DEPTH) { // multiplies the slice before the one at k0
    let held = fetch(buffer, lane, at, k0);
    if (lane < DEPTH) {
      let own = places[buffer][lane % 4u][lane / 4u];
      places[1u - buffer][lane % 4u][lane / 4u] = moved(own, step);
    }
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
    stow(buffer, lane, held, ones, k0);
    workgroupBarrier();
    buffer = 1u - buffer;
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
