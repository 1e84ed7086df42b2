// A map, drawn from the memory that training writes: regions and grid, samples, paths of the centers, centers, marks.
//
// Layouts: table [rows, stride]: dim features, then the label; colors [classes]; centers [classes, dim]; weights [dim,
// classes] and bias [classes] of the last layer; trail [slots, classes, dim], a ring whose next slot is trail_head;
// marks: a place, a color and a size each.

struct View {
  matrix: mat4x4<f32>, // a feature to clip space
  size: vec2<f32>, // of the canvas, in pixels
  middle: vec2<f32>, // the feature in the middle of a plane
  unit: f32, // of a feature, a pixel
  pixel: f32, // device pixels a pixel of the page
  dot: f32, // radius of a sample
  grid: f32, // between two lines of the grid
  rows: u32,
  stride: u32,
  dim: u32,
  classes: u32,
  place: u32, // the row that is written next: those behind it are the oldest
  region: u32, // 0 none, 1 by the largest logit, 2 by the nearest center, 3 by the smallest angle
  hidden: u32, // a bit for each class that is switched off
  slots: u32,
  trail_head: u32,
  trail_length: u32,
  dark: u32,
  biased: u32,
}

struct Mark {
  place: vec3<f32>,
  kind: f32, // 0 a ring, 1 a filled disc
  color: vec4<f32>,
}

@group(0) @binding(0) var<uniform> view: View;
@group(0) @binding(1) var<storage, read> table: array<f32>;
@group(0) @binding(2) var<storage, read> colors: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read> centers: array<f32>;
@group(0) @binding(4) var<storage, read> weights: array<f32>;
@group(0) @binding(5) var<storage, read> bias: array<f32>;
@group(0) @binding(6) var<storage, read> trail: array<f32>;
@group(0) @binding(7) var<storage, read> marks: array<Mark>;
@group(0) @binding(8) var names: texture_2d<f32>;
@group(0) @binding(9) var linear: sampler;

const CORNERS = array<vec2<f32>, 6>(
  vec2(-1.0, -1.0), vec2(1.0, -1.0), vec2(-1.0, 1.0), vec2(-1.0, 1.0), vec2(1.0, -1.0), vec2(1.0, 1.0),
);
const NOWHERE = vec4<f32>(2.0, 2.0, 2.0, 1.0);

fn hidden(label: u32) -> bool {
  return label < 32u && ((view.hidden >> label) & 1u) == 1u;
}

fn ink(dark: vec3<f32>, light: vec3<f32>) -> vec3<f32> {
  return select(dark, light, view.dark == 1u);
}

// ---- What lies behind: regions by the scores of all classes, and a grid.

@vertex
fn back_vertex(@builtin(vertex_index) index: u32) -> @builtin(position) vec4<f32> {
  var corners = CORNERS;
  return vec4(corners[index], 0.0, 1.0);
}

// A place's score for a class is linear in all rules: w x + b, 2 c x - |c|^2, or w x / |w|, which is the largest where the
// cosine is.
fn score_of(k: u32) -> vec3<f32> {
  if (view.region != 2u) {
    let w = vec2(weights[k], weights[view.classes + k]);
    if (view.region == 3u) {
      return vec3(w / max(length(w), 1e-20), 0.0);
    }
    return vec3(w, select(0.0, bias[k], view.biased == 1u));
  }
  let c = vec2(centers[2u * k], centers[2u * k + 1u]);
  return vec3(2.0 * c, -dot(c, c));
}

// How much of a pixel a line of that width covers, whose middle is so many pixels away.
fn line_cover(distance: f32, width: f32) -> f32 {
  return clamp(0.5 + 0.5 * width - distance, 0.0, 1.0);
}

@fragment
fn back_fragment(@builtin(position) at: vec4<f32>) -> @location(0) vec4<f32> {
  let paper = ink(vec3(1.0), vec3(0.075, 0.083, 0.102));
  if (view.dim != 2u) {
    return vec4(paper, 1.0);
  }
  let x = view.middle + (at.xy - 0.5 * view.size) * vec2(view.unit, -view.unit);
  var color = paper;
  if (view.region > 0u) {
    var best = vec3<f32>();
    var first = -3.4e38;
    var label = 0u;
    for (var k = 0u; k < view.classes; k++) {
      let s = score_of(k);
      let score = dot(s.xy, x) + s.z;
      if (score > first) {
        first = score;
        best = s;
        label = k;
      }
    }
    // Pixels to the nearest border: a difference of scores over how fast it changes.
    var border = 1e9;
    for (var k = 0u; k < view.classes; k++) {
      let s = score_of(k);
      if (k != label) {
        let change = max(length(best.xy - s.xy) * view.unit, 1e-20);
        border = min(border, (first - dot(s.xy, x) - s.z) / change);
      }
    }
    let own = colors[label].rgb;
    color = mix(paper, own, select(0.13, 0.20, view.dark == 1u));
    color = mix(color, own, 0.5 * line_cover(border, 0.8 * view.pixel));
  }
  let lines = abs(x / view.grid - round(x / view.grid)) * view.grid / view.unit;
  let axes = abs(x) / view.unit;
  let stroke = ink(vec3(0.0), vec3(1.0));
  let grid = max(line_cover(lines.x, view.pixel), line_cover(lines.y, view.pixel));
  let axis = max(line_cover(axes.x, view.pixel), line_cover(axes.y, view.pixel));
  color = mix(color, stroke, max(0.05 * grid, 0.16 * axis));
  return vec4(color, 1.0);
}

// ---- A box around a space, as twelve lines, so that its turning can be seen.

struct Line {
  @builtin(position) at: vec4<f32>,
  @location(0) across: f32,
  @location(1) color: vec4<f32>,
}

// A thick line from a to b: six vertices.
fn thick(a: vec4<f32>, b: vec4<f32>, index: u32, width: f32, color: vec4<f32>) -> Line {
  var corners = CORNERS;
  let corner = corners[index];
  let start = a.xy / a.w * view.size;
  let end = b.xy / b.w * view.size;
  let along = end - start;
  let unit = along / max(length(along), 1e-6);
  let normal = vec2(-unit.y, unit.x);
  let half_width = 0.5 * width + 1.0;
  let place = mix(a, b, 0.5 + 0.5 * corner.x);
  let off = (normal * corner.y + unit * corner.x) * 2.0 * half_width / view.size;
  return Line(vec4(place.xy + off * place.w, place.z, place.w), corner.y * half_width, color);
}

@vertex
fn box_vertex(@builtin(vertex_index) index: u32, @builtin(instance_index) edge: u32) -> Line {
  let axis = edge / 4u;
  let side = edge % 4u;
  var start = vec3<f32>();
  start[(axis + 1u) % 3u] = select(-1.0, 1.0, (side & 1u) == 1u);
  start[(axis + 2u) % 3u] = select(-1.0, 1.0, (side & 2u) == 2u);
  var end = start;
  start[axis] = -1.0;
  end[axis] = 1.0;
  let half_side = view.grid;
  let middle = vec3(view.middle, view.unit);
  let stroke = ink(vec3(0.0), vec3(1.0));
  return thick(
    view.matrix * vec4(middle + start * half_side, 1.0),
    view.matrix * vec4(middle + end * half_side, 1.0),
    index,
    view.pixel,
    vec4(stroke, 0.16),
  );
}

@fragment
fn line_fragment(line: Line) -> @location(0) vec4<f32> {
  let cover = clamp(1.0 + 0.25 * view.pixel - abs(line.across), 0.0, 1.0);
  let alpha = line.color.a * cover;
  return vec4(line.color.rgb * alpha, alpha);
}

// ---- Paths of the centers.

fn trail_at(slot: u32, k: u32) -> vec4<f32> {
  let at = (slot * view.classes + k) * view.dim;
  var p = vec3(trail[at], trail[at + 1u], 0.0);
  if (view.dim == 3u) {
    p.z = trail[at + 2u];
  }
  return view.matrix * vec4(p, 1.0);
}

@vertex
fn trail_vertex(@builtin(vertex_index) index: u32, @builtin(instance_index) instance: u32) -> Line {
  let k = instance % view.classes;
  let age = instance / view.classes; // 0 is the newest piece
  let newest = view.trail_head + view.slots - 1u - age;
  let fresh = 1.0 - f32(age) / f32(max(view.trail_length, 1u));
  var line = thick(
    trail_at((newest + view.slots - 1u) % view.slots, k),
    trail_at(newest % view.slots, k),
    index,
    1.5 * view.pixel,
    vec4(colors[k].rgb, 0.85 * fresh * fresh),
  );
  if (hidden(k)) {
    line.at = NOWHERE;
  }
  return line;
}

// ---- Samples.

struct Disc {
  @builtin(position) at: vec4<f32>,
  @location(0) off: vec2<f32>, // from its middle, in device pixels
  @location(1) @interpolate(flat) radius: f32,
  @location(2) color: vec4<f32>,
  @location(3) @interpolate(flat) label: u32,
}

fn disc(place: vec4<f32>, index: u32, radius: f32, color: vec4<f32>, label: u32) -> Disc {
  var corners = CORNERS;
  let off = corners[index] * (radius + 1.0);
  let at = vec4(place.xy + off * 2.0 / view.size * place.w, place.z, place.w);
  return Disc(at, off, radius, color, label);
}

fn place_of(row: u32) -> vec4<f32> {
  let at = row * view.stride;
  var p = vec3(table[at], table[at + 1u], 0.0);
  if (view.dim == 3u) {
    p.z = table[at + 2u];
  }
  return view.matrix * vec4(p, 1.0);
}

@vertex
fn sample_vertex(@builtin(vertex_index) index: u32, @builtin(instance_index) row: u32) -> Disc {
  let label = u32(table[row * view.stride + view.dim]);
  // Rows are written round and round; what was just seen is stronger and larger.
  let age = f32((view.place + view.rows - 1u - row) % view.rows) / f32(view.rows);
  let fresh = 1.0 - age;
  let place = place_of(row);
  var depth = 1.0;
  if (view.dim == 3u) {
    depth = clamp(1.35 - 0.7 * place.z / place.w, 0.5, 1.4);
  }
  let strength = mix(0.4, 0.92, fresh * fresh) * min(depth, 1.0);
  let radius = view.dot * view.pixel * mix(0.85, 1.1, fresh) * depth;
  var d = disc(place, index, radius, vec4(colors[label].rgb, strength), label);
  if (hidden(label)) {
    d.at = NOWHERE;
  }
  return d;
}

@fragment
fn sample_fragment(d: Disc) -> @location(0) vec4<f32> {
  let alpha = d.color.a * clamp(d.radius + 0.5 - length(d.off), 0.0, 1.0);
  return vec4(d.color.rgb * alpha, alpha);
}

// ---- Centers: a disc of paper with a rim of the class's color, and its name.

@vertex
fn center_vertex(@builtin(vertex_index) index: u32, @builtin(instance_index) k: u32) -> Disc {
  let at = k * view.dim;
  var p = vec3(centers[at], centers[at + 1u], 0.0);
  if (view.dim == 3u) {
    p.z = centers[at + 2u];
  }
  var d = disc(view.matrix * vec4(p, 1.0), index, 8.5 * view.pixel, vec4(colors[k].rgb, 1.0), k);
  if (hidden(k)) {
    d.at = NOWHERE;
  }
  return d;
}

@fragment
fn center_fragment(d: Disc) -> @location(0) vec4<f32> {
  let paper = ink(vec3(1.0), vec3(0.09, 0.10, 0.12));
  let text = ink(vec3(0.10, 0.11, 0.13), vec3(0.95));
  let away = length(d.off);
  let inside = clamp(d.radius + 0.5 - away, 0.0, 1.0);
  let rim = clamp(away - (d.radius - 1.8 * view.pixel) + 0.5, 0.0, 1.0);
  let uv = (d.off / d.radius * vec2(0.5, -0.5) + 0.5);
  let cells = f32(textureDimensions(names).x / textureDimensions(names).y);
  let cell = vec2((f32(d.label) + clamp(uv.x, 0.02, 0.98)) / cells, clamp(uv.y, 0.02, 0.98));
  let letter = textureSampleLevel(names, linear, cell, 0.0).a;
  let face = mix(paper, text, letter);
  let color = mix(face, d.color.rgb, rim);
  return vec4(color * inside, inside);
}

// ---- Marks: what a visitor points at, its neighbours, and what was drawn by hand.

@vertex
fn mark_vertex(@builtin(vertex_index) index: u32, @builtin(instance_index) i: u32) -> Disc {
  let mark = marks[i];
  let radius = select(7.0, 6.0, mark.kind > 0.5) * view.pixel;
  return disc(view.matrix * vec4(mark.place, 1.0), index, radius, mark.color, u32(mark.kind));
}

@fragment
fn mark_fragment(d: Disc) -> @location(0) vec4<f32> {
  let away = length(d.off);
  let inside = clamp(d.radius + 0.5 - away, 0.0, 1.0);
  let rim = clamp(away - (d.radius - 1.8 * view.pixel) + 0.5, 0.0, 1.0);
  let stroke = ink(vec3(0.10, 0.11, 0.13), vec3(1.0));
  if (d.label == 0u) {
    let alpha = d.color.a * inside * rim;
    return vec4(stroke * alpha, alpha);
  }
  return vec4(mix(d.color.rgb, stroke, rim) * inside, inside);
}
