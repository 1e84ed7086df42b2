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
// blocks of 4 x 4, HELD of them a thread, while the slice before it, in the other of two buffers, is multiplied; blocks
// are turned in registers where memory runs along the inner dimension. A thread keeps ROWS x 4 COLS sums, in groups of
// four that lie LANES_Y groups of rows or LANES_X groups of columns apart.
//
// Constants: ROWS = 4 QUADS and COLS of a thread, LANES_X and LANES_Y (threads along columns and rows), PATCH (threads
// along columns, of 32 neighbours), DEPTH, SPARE, HELD, TRANSPOSE_A, TRANSPOSE_B, VEC4_A, VEC4_B.

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

// For each inner index the groups of rows, those of columns, and where there is room an unused one (SPARE) that spreads
// stores over the banks.
var<workgroup> slices: array<array<array<vec4<f32>, ROWS4 + COLS4 + SPARE>, DEPTH>, 2>;

// Four neighbours in a line of memory, the q-th of a block at (row or column, inner index); zeros outside.
fn load_a(p: vec2<u32>, q: u32) -> vec4<f32> {
  let size = select(vec2(params.rows, params.inner), vec2(params.inner, params.rows), TRANSPOSE_A);
  let at = select(p, p.yx, TRANSPOSE_A);
  let inside = vec4<bool>(at.x + q < size.x) & (at.y + vec4(0u, 1u, 2u, 3u) < vec4<u32>(size.y));
  let i = select(0u, (at.x + q) * size.y + at.y, inside.x);
  return select(vec4<f32>(), select(vec4(a[i], a[i + 1u], a[i + 2u], a[i + 3u]), a4[i / 4u], VEC4_A), inside);
}

fn load_b(p: vec2<u32>, q: u32) -> vec4<f32> {
  let size = select(vec2(params.inner, params.cols), vec2(params.cols, params.inner), TRANSPOSE_B);
  let at = select(p.yx, p, TRANSPOSE_B);
  let inside = vec4<bool>(at.x + q < size.x) & (at.y + vec4(0u, 1u, 2u, 3u) < vec4<u32>(size.y));
  let i = select(0u, (at.x + q) * size.y + at.y, inside.x);
  return select(vec4<f32>(), select(vec4(b[i], b[i + 1u], b[i + 2u], b[i + 3u]), b4[i / 4u], VEC4_B), inside);
}

fn turned(block: mat4x4<f32>, turn: bool) -> mat4x4<f32> {
  if (turn) {
    return transpose(block);
  }
  return block;
}

// A block from inner index k on; each of its vectors belongs to one inner index.
fn fetch(block: u32, first: vec2<u32>, k: u32) -> mat4x4<f32> {
  if (block < LEFT) {
    let p = vec2(first.x + block / DEPTH4 * 4u, k);
    return turned(mat4x4<f32>(load_a(p, 0u), load_a(p, 1u), load_a(p, 2u), load_a(p, 3u)), !TRANSPOSE_A);
  }
  let p = vec2(first.y + (block - LEFT) / DEPTH4 * 4u, k);
  return turned(mat4x4<f32>(load_b(p, 0u), load_b(p, 1u), load_b(p, 2u), load_b(p, 3u)), TRANSPOSE_B);
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
  let first = 4u * group.xy * vec2(ROWS4, COLS4);
  let begin = group.z * params.part;
  let end = min(begin + params.part, params.inner);
  let own = lane % DEPTH4 * 4u; // the inner index, in a slice, of all blocks of this thread
  var sums: array<array<vec4<f32>, COLS>, ROWS>;
  var held: array<mat4x4<f32>, HELD>;
  var buffer = 0u;
  for (var k0 = begin; k0 < end + DEPTH; k0 += DEPTH) {
    for (var s = 0u; s < HELD; s++) { // unroll
      if (k0 < end && lane + s * THREADS < BLOCKS) {
        held[s] = fetch(lane + s * THREADS, first, k0 + own);
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
