// One batch of images from the data set's bytes: gathered by a permutation, augmented, scaled.
//
//   images[b, y, x, c] = (crop(rotate(flip(set[sample(b)])))[y, x, c] / 255 - mean) * scale,   sample(b) = order[position + b]
//   flip:    [y, x] from [y, width - 1 - x], with probability `flip`
//   rotate:  (x, y) from R(-angle) (x, y) about the image's middle, bilinear; angle uniform in +-max_angle,
//            R(t) = [[cos t, -sin t], [sin t, cos t]]
//   crop:    [y, x] from [y + dy - padding, x + dx - padding]; dx, dy uniform in 0..2 padding
//
// Each of these reads 0 outside of the image. Philox draws from (seed; epoch, sample): the same whatever the batch size or
// the order. Without AUGMENT nothing is done to an image, without ROTATE each pixel is a copy of one. Also writes
// labels[b] = set_labels[sample(b)].
//
// A set may be larger than a binding. Then it lies in shards of whole images, and one dispatch a shard writes the rows
// whose sample is one of first..end - 1 and leaves the others.
//
//   fault = (kind, position, rows, limit)    where position + rows passes `limit`, unless a fault stands there
//
// Layouts: bytes: [end - first, height, width, channels] as u8, four to a word; set_labels [count]; order [count]; cursor:
// samples and steps done in the epoch, and the epoch's number; images [rows, height, width, channels] and labels [rows],
// written; fault [4], as in check_rows.wgsl. One thread a pixel (all channels). Constants: AUGMENT, ROTATE.
// uses philox.wgsl

struct Params {
  rows: u32,
  height: u32,
  width: u32,
  channels: u32,
  count: u32, // samples in the set
  first: u32, // the shard's first sample
  end: u32, // and the one after its last
  seed: u32,
  flip: f32, // probability
  max_angle: f32, // radians
  padding: u32,
  mean: f32,
  scale: f32,
  limit: u32, // samples in the epoch
  kind: u32, // kind of the fault of a batch beyond them, from 1: src/gpu/faults.ts has its message
}

struct Cursor {
  position: u32,
  step: u32,
  epoch: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> bytes: array<u32>;
@group(0) @binding(2) var<storage, read> set_labels: array<i32>;
@group(0) @binding(3) var<storage, read> order: array<u32>;
@group(0) @binding(4) var<storage, read> cursor: Cursor;
@group(0) @binding(5) var<storage, read_write> images: array<f32>;
@group(0) @binding(6) var<storage, read_write> labels: array<i32>;
@group(0) @binding(7) var<storage, read_write> fault: array<u32>;

// A byte by its index in the set, out of the word that holds it.
fn byte(words_index: u32, word: u32) -> u32 {
  return (word >> (8u * (words_index % 4u))) & 0xffu;
}

struct Draw {
  flipped: bool,
  angle: f32,
  offset: vec2<i32>, // from the output's (x, y) to the uncropped image's
}

// What happens to a sample in this epoch.
fn draw(sample: u32) -> Draw {
  let random = philox(vec4<u32>(sample, cursor.epoch, 1u, 0u), vec2<u32>(params.seed, 0u));
  let angle = (f32(random.x >> 8u) / 16777216.0 * 2.0 - 1.0) * params.max_angle;
  let flipped = f32(random.y >> 8u) / 16777216.0 < params.flip;
  let places = 2u * params.padding + 1u;
  let place = vec2<u32>(multiply(random.z, places).x, multiply(random.w, places).x); // high words: 0..places - 1
  return Draw(flipped, angle, vec2<i32>(place) - i32(params.padding));
}

fn inside(y: i32, x: i32) -> bool {
  return y >= 0 && y < i32(params.height) && x >= 0 && x < i32(params.width);
}

// A pixel of a sample, 0..255; 0 outside of the image.
fn pixel(sample: u32, y: i32, x: i32, c: u32) -> f32 {
  let image = (sample - params.first) * params.height;
  let at = ((image + u32(max(y, 0))) * params.width + u32(max(x, 0))) * params.channels + c;
  let held = !AUGMENT || inside(y, x);
  let index = select(0u, at, held);
  return select(0.0, f32(byte(index, bytes[index / 4u])), held);
}

fn normalized(value: f32) -> f32 {
  return (value / 255.0 - params.mean) * params.scale;
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
  if (index == 0u && cursor.position + params.rows > params.limit && fault[0] == 0u) {
    fault[0] = params.kind;
    fault[1] = cursor.position;
    fault[2] = params.rows;
    fault[3] = params.limit;
  }
  let b = index / (params.width * params.height);
  let sample = order[min(cursor.position + b, params.count - 1u)];
  if (sample < params.first || sample >= params.end) {
    return;
  }
  var x = i32(index % params.width);
  var y = i32((index / params.width) % params.height);
  if (x == 0 && y == 0) {
    labels[b] = set_labels[sample];
  }
  var drawn = Draw(false, 0.0, vec2<i32>(0));
  if (AUGMENT) {
    drawn = draw(sample);
    x += drawn.offset.x;
    y += drawn.offset.y;
  }
  let last = params.width - 1u;
  if (!ROTATE) {
    let from_x = select(x, i32(last) - x, drawn.flipped);
    for (var c = 0u; c < params.channels; c++) {
      images[index * params.channels + c] = normalized(pixel(sample, y, from_x, c));
    }
    return;
  }
  let middle = vec2<f32>(f32(last), f32(params.height - 1u)) * 0.5;
  let d = vec2<f32>(f32(x), f32(y)) - middle;
  let turned_x = cos(drawn.angle) * d.x + sin(drawn.angle) * d.y + middle.x;
  let from_x = select(turned_x, f32(last) - turned_x, drawn.flipped);
  let from_y = -sin(drawn.angle) * d.x + cos(drawn.angle) * d.y + middle.y;
  let left = i32(floor(from_x));
  let top = i32(floor(from_y));
  let u = from_x - floor(from_x);
  let v = from_y - floor(from_y);
  for (var c = 0u; c < params.channels; c++) {
    let upper = mix(pixel(sample, top, left, c), pixel(sample, top, left + 1, c), u);
    let lower = mix(pixel(sample, top + 1, left, c), pixel(sample, top + 1, left + 1, c), u);
    images[index * params.channels + c] = normalized(select(0.0, mix(upper, lower, v), inside(y, x)));
  }
}
