// One batch of images from the data set's bytes: gathered by a permutation, rotated, scaled.
//
//   images[b, y, x, c] = bilinear(set[sample(b)], R(-angle) (y, x)) / 255,   sample(b) = order[position + b]
//
// The angle of a sample is uniform in +-max_angle, drawn by Philox from (seed; epoch, sample): the same whatever the
// batch size or the order. Rotation is about the image's middle; what lies outside is 0. Without AUGMENT the pixel is
// taken as it is. Also writes labels[b].
//
// Layouts: bytes: [count, height, width, channels] as u8, four to a word; set_labels [count] as u8, four to a word;
// order [count]; cursor: the place in the epoch, counted in samples and in steps; images [rows, height, width, channels] and labels [rows], written.
// One thread a pixel (all channels). Constant: AUGMENT.

struct Params {
  rows: u32,
  height: u32,
  width: u32,
  channels: u32,
  count: u32,
  seed: u32,
  max_angle: f32, // radians
}

struct Cursor {
  position: u32,
  step: u32,
  epoch: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> bytes: array<u32>;
@group(0) @binding(2) var<storage, read> set_labels: array<u32>;
@group(0) @binding(3) var<storage, read> order: array<u32>;
@group(0) @binding(4) var<storage, read> cursor: Cursor;
@group(0) @binding(5) var<storage, read_write> images: array<f32>;
@group(0) @binding(6) var<storage, read_write> labels: array<i32>;

fn multiply(a: u32, b: u32) -> vec2<u32> {
  let low = (a & 0xffffu) * (b & 0xffffu);
  let middle = (a >> 16u) * (b & 0xffffu) + (low >> 16u);
  let carry = (a & 0xffffu) * (b >> 16u) + (middle & 0xffffu);
  return vec2<u32>((a >> 16u) * (b >> 16u) + (middle >> 16u) + (carry >> 16u), a * b);
}

fn philox(start: vec4<u32>, start_key: vec2<u32>) -> vec4<u32> {
  var c = start;
  var key = start_key;
  for (var round = 0u; round < 10u; round++) {
    let p = multiply(0xd2511f53u, c.x);
    let q = multiply(0xcd9e8d57u, c.z);
    c = vec4<u32>(q.x ^ c.y ^ key.x, q.y, p.x ^ c.w ^ key.y, p.y);
    key += vec2<u32>(0x9e3779b9u, 0xbb67ae85u);
  }
  return c;
}

fn byte(words_index: u32, word: u32) -> u32 {
  return (word >> (8u * (words_index % 4u))) & 0xffu;
}

// A pixel of a sample, 0..255; 0 outside of the image.
fn pixel(sample: u32, y: i32, x: i32, c: u32) -> f32 {
  let inside = y >= 0 && y < i32(params.height) && x >= 0 && x < i32(params.width);
  let at = ((sample * params.height + u32(max(y, 0))) * params.width + u32(max(x, 0))) * params.channels + c;
  let index = select(0u, at, inside);
  return select(0.0, f32(byte(index, bytes[index / 4u])), inside);
}

@compute @workgroup_size(64)
fn main(
  @builtin(global_invocation_id) id: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
) {
  let index = id.y * groups.x * 64u + id.x;
  if (index >= params.rows * params.height * params.width) {
    return;
  }
  let x = index % params.width;
  let y = (index / params.width) % params.height;
  let b = index / (params.width * params.height);
  let sample = order[min(cursor.position + b, params.count - 1u)];
  if (x == 0u && y == 0u) {
    labels[b] = i32(byte(sample, set_labels[sample / 4u]));
  }
  if (!AUGMENT) {
    for (var c = 0u; c < params.channels; c++) {
      images[index * params.channels + c] = pixel(sample, i32(y), i32(x), c) / 255.0;
    }
    return;
  }
  let random = philox(vec4<u32>(sample, cursor.epoch, 1u, 0u), vec2<u32>(params.seed, 0u));
  let angle = (f32(random.x >> 8u) / 16777216.0 * 2.0 - 1.0) * params.max_angle;
  let middle = vec2<f32>(f32(params.width - 1u), f32(params.height - 1u)) * 0.5;
  let d = vec2<f32>(f32(x), f32(y)) - middle;
  let from_x = cos(angle) * d.x + sin(angle) * d.y + middle.x;
  let from_y = -sin(angle) * d.x + cos(angle) * d.y + middle.y;
  let left = i32(floor(from_x));
  let top = i32(floor(from_y));
  let u = from_x - floor(from_x);
  let v = from_y - floor(from_y);
  for (var c = 0u; c < params.channels; c++) {
    let upper = mix(pixel(sample, top, left, c), pixel(sample, top, left + 1, c), u);
    let lower = mix(pixel(sample, top + 1, left, c), pixel(sample, top + 1, left + 1, c), u);
    images[index * params.channels + c] = mix(upper, lower, v) / 255.0;
  }
}
