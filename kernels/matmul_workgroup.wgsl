// Matrix product as matmul.wgsl computes it, for GPUs: operands pass through workgroup memory.
//
//   partial[s, r, c] = sum_{k in part s} A[r, k] * B[k, c]
//
// Layouts, row-major; a4 and b4 are a and b again, four elements at a time:
//   a        [rows, inner], or [inner, rows] when TRANSPOSE_A; read through a4 when VEC4_A (row length a multiple of 4)
//   b        [inner, cols], or [cols, inner] when TRANSPOSE_B; read through b4 when VEC4_B
//   partial  [parts, rows, cols], written; a part is `part` steps of the inner dimension, a multiple of DEPTH
//
// A workgroup computes 4 ROWS4 x 4 COLS4 sums. It walks along the inner dimension in slices of DEPTH, which lie in
// workgroup memory with the inner index outermost: a thread reads four rows or columns at once. A slice is fetched in
// blocks of 4 x 4, HELD of them a thread, while the slice before it, in the other of two buffers, is multiplied. Only
// then does a thread look at its blocks, so that nothing waits for a load: it turns those whose memory runs along the
// inner dimension, and stores all. A thread keeps ROWS x 4 COLS sums, in groups of four that lie LANES_Y groups of rows
// or LANES_X groups of columns apart.
//
// Constants: ROWS = 4 QUADS and COLS of a thread, LANES_X and LANES_Y (threads along columns and rows), PATCH (how many of
// 32 neighbouring threads lie side by side along columns), DEPTH, SPARE, HELD, TRANSPOSE_A, TRANSPOSE_B, VEC4_A, VEC4_B.

const THREADS: u32 = LANES_X * LANES_Y;
const ROWS4: u32 = QUADS * LANES_Y; // groups of four rows of the workgroup
const COLS4: u32 = COLS * LANES_X;
const DEPTH4: u32 = DEPTH / 4u;
const LEFT: u32 = ROWS4 * DEPTH4; // blocks of the left operand's slice
const BLOCKS: u32 = LEFT + COLS4 * DEPTH4;

struct Params {
  rows: u32,
  cols: u32,
  inner: u32,
  part: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> a: array<f32>;
@group(0) @binding(2) var<storage, read> b: array<f32>;
@group(0) @binding(3) var<storage, read> a4: array<vec4<f32>>;
@group(0) @binding(4) var<storage, read> b4: array<vec4<f32>>;
@group(0) @binding(5) var<storage, read_write> partial: array<f32>;

// For each inner index, in groups of four, the groups of rows, those of columns, and where there is room an unused one
// (SPARE) that spreads stores over the banks.
var<workgroup> slices: array<array<array<array<vec4<f32>, ROWS4 + COLS4 + SPARE>, 4>, DEPTH4>, 2>;

// Whether block s of a thread is among the first `count`; mostly known when this is compiled.
fn among(count: u32, lane: u32, s: u32) -> bool {
  return (s + 1u) * THREADS <= count || (s * THREADS < count && s * THREADS + lane < count);
}

// Four neighbours in a line of memory. Past the end of a line lies the next, past the last one anything: rows and
// columns that nobody stores, or inner indices that `put` makes zeros of.
fn load_a(at: u32) -> vec4<f32> {
  if (VEC4_A) {
    return a4[at];
  }
  return vec4(a[at], a[at + 1u], a[at + 2u], a[at + 3u]);
}
fn load_b(at: u32) -> vec4<f32> {
  if (VEC4_B) {
    return b4[at];
  }
  return vec4(b[at], b[at + 1u], b[at + 2u], b[at + 3u]);
}

// A thread's blocks of a slice, which lies `shift` after the first: four lines each, `line` apart. Where others fetch
// left blocks, a thread that has none fetches the last right one again: a branch would wait for it.
fn fetch(lane: u32, at: array<u32, HELD>, shift: vec2<u32>, line: vec2<u32>) -> array<mat4x4<f32>, HELD> {
  var held: array<mat4x4<f32>, HELD>;
  for (var s = 0u; s < HELD; s++) { // unroll
    if (among(LEFT, lane, s)) {
      let i = at[s] + shift.x;
      held[s] = mat4x4<f32>(load_a(i), load_a(i + line.x), load_a(i + 2u * line.x), load_a(i + 3u * line.x));
    } else if (s * THREADS < LEFT || among(BLOCKS, lane, s)) {
      let i = at[s] + shift.y;
      held[s] = mat4x4<f32>(load_b(i), load_b(i + line.y), load_b(i + 2u * line.y), load_b(i + 3u * line.y));
    }
  }
  return held;
}

// Stores the blocks of the slice at k0, a vector for each inner index.
fn stow(buffer: u32, lane: u32, held: array<mat4x4<f32>, HELD>, k0: u32) {
  for (var s = 0u; s < HELD; s++) { // unroll
    if (among(BLOCKS, lane, s)) {
      put(buffer, s * THREADS + lane, turned(held[s], select(TRANSPOSE_B, !TRANSPOSE_A, among(LEFT, lane, s))), k0);
    }
  }
}
fn put(buffer: u32, block: u32, vectors: mat4x4<f32>, k0: u32) {
  for (var q = 0u; q < 4u; q++) { // unroll
    slices[buffer][block % DEPTH4][q][block / DEPTH4] = vectors[q];
  }
  if (k0 + DEPTH > params.inner) {
    for (var q = 0u; q < 4u; q++) { // unroll
      if (k0 + block % DEPTH4 * 4u + q >= params.inner) {
        slices[buffer][block % DEPTH4][q][block / DEPTH4] = vec4<f32>();
      }
    }
  }
}
fn turned(block: mat4x4<f32>, turn: bool) -> mat4x4<f32> {
  if (turn) {
    return transpose(block);
  }
  return block;
}

@compute @workgroup_size(THREADS)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) lane: u32) {
  let tx = lane / 32u % (LANES_X / PATCH) * PATCH + lane % PATCH;
  let ty = lane / 32u / (LANES_X / PATCH) * (32u / PATCH) + lane % 32u / PATCH;
  let first = 4u * group.xy * vec2(ROWS4, COLS4);
  let begin = group.z * params.part;
  let end = min(begin + params.part, params.inner);
  // How far apart lines are, and slices, and where a thread's blocks of the first slice lie, in what a load reads.
  let unit = select(vec2(1u), vec2(4u), vec2(VEC4_A, VEC4_B));
  let transposed = vec2(TRANSPOSE_A, TRANSPOSE_B);
  let line = select(vec2(params.inner, params.cols), vec2(params.rows, params.inner), transposed) / unit;
  let step = select(DEPTH / unit, DEPTH * line, vec2(TRANSPOSE_A, !TRANSPOSE_B));
  var at: array<u32, HELD>;
  for (var s = 0u; s < HELD; s++) { // unroll
    let block = s * THREADS + lane;
    let k = begin + 4u * (block % DEPTH4);
    if (among(LEFT, lane, s)) {
      let row = first.x + 4u * (block / DEPTH4);
      at[s] = select(row * line.x + k / unit.x, k * line.x + row / unit.x, TRANSPOSE_A);
    } else {
      let col = first.y + 4u * min((block - LEFT) / DEPTH4, COLS4 - 1u);
      at[s] = select(k * line.y + col / unit.y, col * line.y + k / unit.y, TRANSPOSE_B);
    }
  }
  stow(0u, lane, fetch(lane, at, vec2<u32>(), line), begin);
  workgroupBarrier();
  var shift = step;
  var sums: array<array<vec4<f32>, COLS>, ROWS>;
  var buffer = 1u;
  for (var k0 = begin + DEPTH; k0 < end + DEPTH; k0 += DEPTH) { // multiplies the slice before the one at k0
    let held = fetch(lane, at, shift, line);
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
    stow(buffer, lane, held, k0);
    workgroupBarrier();
    shift += step;
    buffer = 1u - buffer;
  }
  for (var i = 0u; i < ROWS; i++) { // unroll
    for (var j = 0u; j < COLS; j++) { // unroll
      for (var c = 0u; c < 4u; c++) { // unroll
        let row = first.x + 4u * (i / 4u * LANES_Y + ty) + i % 4u;
        let col = first.y + 4u * (j * LANES_X + tx) + c;
        if (row < params.rows && col < params.cols) {
          partial[(group.z * params.rows + row) * params.cols + col] = sums[i][j][c];
        }
      }
    }
  }
}
