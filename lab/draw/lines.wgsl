// Lines: around a space or on a sphere, the paths of the centers, and pins.

// ---- A box around a space, as twelve lines, so that its turning can be seen.

struct Line {
  @builtin(position) at: vec4<f32>,
  @location(0) across: f32, // pixels from its middle
  @location(1) color: vec4<f32>,
  @location(2) @interpolate(flat) half_width: f32,
}

// A thick line from a to b: six vertices. Its ends are longer by a cap, so that those of a path meet at its corners.
fn thick(
  a: vec4<f32>, b: vec4<f32>, index: u32, width: f32, cap: f32, color: vec4<f32>,
) -> Line {
  var corners = CORNERS;
  let corner = corners[index];
  let start = a.xy / a.w * view.size;
  let end = b.xy / b.w * view.size;
  let along = end - start;
  let unit = along / max(length(along), 1e-6);
  let normal = vec2(-unit.y, unit.x);
  let half_width = 0.5 * width + 0.25;
  let edge = half_width + 1.0;
  let place = mix(a, b, 0.5 + 0.5 * corner.x);
  let off = (normal * corner.y * edge + unit * corner.x * cap) * 2.0 / view.size;
  return Line(vec4(place.xy + off * place.w, place.z, place.w), corner.y * edge, color, half_width);
}

@vertex
fn box_vertex(@builtin(vertex_index) index: u32, @builtin(instance_index) edge: u32) -> Line {
  let axis = edge / 4u;
  let side = edge % 4u;
  let axes = vec3(0u, 1u, 2u);
  let next = select(-1.0, 1.0, (side & 1u) == 1u);
  let last = select(-1.0, 1.0, (side & 2u) == 2u);
  let across = select(vec3(last), vec3(next), axes == vec3((axis + 1u) % 3u));
  let start = select(across, vec3(-1.0), axes == vec3(axis));
  let end = select(across, vec3(1.0), axes == vec3(axis));
  let half_side = view.grid;
  let middle = vec3(view.middle, view.unit);
  let stroke = ink(vec3(0.0), vec3(1.0));
  return thick(
    view.matrix * vec4(middle + start * half_side, 1.0),
    view.matrix * vec4(middle + end * half_side, 1.0),
    index,
    view.pixel,
    0.5 * view.pixel,
    vec4(stroke, 0.16),
  );
}

// ---- The net of a sphere: twelve meridians that end near the poles, and five parallels.

@vertex
fn net_vertex(@builtin(vertex_index) index: u32, @builtin(instance_index) piece: u32) -> Line {
  const DEGREE = 0.017453292;
  let parallel = piece >= 216u;
  let own = select(piece, piece - 216u, parallel);
  var ends = array<vec4<f32>, 2>();
  for (var i = 0u; i < 2u; i++) {
    var east = 30.0 * f32(own / 18u);
    var north = f32(own % 18u + i) / 18.0 * 156.0 - 78.0;
    if (parallel) {
      east = 10.0 * f32(own % 36u + i);
      north = 30.0 * f32(own / 36u) - 60.0;
    }
    let flat = cos(north * DEGREE);
    let p = vec3(flat * cos(east * DEGREE), flat * sin(east * DEGREE), sin(north * DEGREE));
    ends[i] = view.matrix * vec4(p, 1.0);
  }
  let stroke = ink(vec3(0.0), vec3(1.0));
  let strength = select(0.13, 0.06, beyond(ends[0]));
  return thick(ends[0], ends[1], index, view.pixel, 0.0, vec4(stroke, strength));
}

// ---- The directions of the last layer's weights: pins that stand on the circle or the sphere.

@vertex
fn pin_vertex(@builtin(vertex_index) index: u32, @builtin(instance_index) column: u32) -> Line {
  var w = vec3(weights[column], weights[view.columns + column], 0.0);
  if (view.dim == 3u) {
    w.z = weights[2u * view.columns + column];
  }
  let k = column * view.classes / view.columns;
  let p = shown(w);
  let foot = view.matrix * vec4(p, 1.0);
  let color = vec4(colors[k].rgb, presence(foot));
  let head = view.matrix * vec4(1.13 * p, 1.0);
  var line = thick(foot, head, index, 4.0 * view.pixel, 0.0, color);
  if (hidden(k)) {
    line.at = NOWHERE;
  }
  return line;
}

@fragment
fn line_fragment(line: Line) -> @location(0) vec4<f32> {
  let cover = clamp(line.half_width + 0.5 - abs(line.across), 0.0, 1.0);
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
  return view.matrix * vec4(shown(p), 1.0);
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
    1.5 * view.pixel,
    vec4(colors[k].rgb, 0.85 * fresh * fresh),
  );
  if (hidden(k)) {
    line.at = NOWHERE;
  }
  return line;
}
