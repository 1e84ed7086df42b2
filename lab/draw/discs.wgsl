// Discs: samples, centers and marks.

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
  return view.matrix * vec4(shown(p), 1.0);
}

// Of a sphere all are drawn twice: first those on the far side, then those on the near one.
@vertex
fn sample_vertex(@builtin(vertex_index) index: u32, @builtin(instance_index) i: u32) -> Disc {
  let row = i % view.rows;
  let label = u32(table[row * view.stride + view.dim]);
  // Rows are written round and round; what was just seen is stronger and larger.
  let age = f32((view.place + view.rows - 1u - row) % view.rows) / f32(view.rows);
  let fresh = 1.0 - age;
  let place = place_of(row);
  // Nearer to the eye than the middle of a space is larger and stronger.
  let middle = view.matrix * vec4(view.middle, view.unit, 1.0);
  let depth = select(1.0, clamp(middle.w / place.w, 0.5, 1.4), view.dim == 3u);
  let strength = mix(0.4, 0.92, fresh * fresh) * min(depth, 1.0) * presence(place);
  let radius = view.dot * view.pixel * mix(0.85, 1.1, fresh) * depth;
  var d = disc(place, index, radius, vec4(colors[label].rgb, strength), label);
  let other = view.directions == 1u && view.dim == 3u && beyond(place) == (i >= view.rows);
  if (hidden(label) || other) {
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
  let place = view.matrix * vec4(shown(p), 1.0);
  var d = disc(place, index, 8.5 * view.pixel, vec4(colors[k].rgb, presence(place)), k);
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
  return vec4(color, 1.0) * inside * d.color.a;
}

// ---- Marks: what a visitor points at, its neighbours, and what was drawn by hand.

@vertex
fn mark_vertex(@builtin(vertex_index) index: u32, @builtin(instance_index) i: u32) -> Disc {
  let mark = marks[i];
  let radius = select(7.0, 6.0, mark.kind > 0.5) * view.pixel;
  return disc(view.matrix * vec4(shown(mark.place), 1.0), index, radius, mark.color, u32(mark.kind));
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
