// What lies behind: regions by the scores of all classes, and a grid.

@vertex
fn back_vertex(@builtin(vertex_index) index: u32) -> @builtin(position) vec4<f32> {
  var corners = CORNERS;
  return vec4(corners[index], 0.0, 1.0);
}

// A place's score for a class is linear in all rules: w x + b, 2 c x - |c|^2, or w x / |w|, which is the largest where the
// cosine is. Of directions those of the weights and centers count alone.
fn score_of(k: u32) -> vec4<f32> {
  let by_center = view.region == 2u;
  var w = vec3(weights[k], weights[view.columns + k], 0.0);
  if (by_center) {
    w = vec3(centers[view.dim * k], centers[view.dim * k + 1u], 0.0);
  }
  if (view.dim == 3u) {
    if (by_center) {
      w.z = centers[3u * k + 2u];
    } else {
      w.z = weights[2u * view.columns + k];
    }
  }
  if (view.region == 3u || (view.directions == 1u && by_center)) {
    return vec4(w / max(length(w), 1e-20), 0.0);
  }
  if (view.directions == 1u) {
    return vec4(w, 0.0);
  }
  if (by_center) {
    return vec4(2.0 * w, -dot(w, w));
  }
  return vec4(w, select(0.0, bias[k], view.biased == 1u));
}

// How much of a pixel a line of that width covers, whose middle is so many pixels away.
fn line_cover(distance: f32, width: f32) -> f32 {
  return clamp(0.5 + 0.5 * width - distance, 0.0, 1.0);
}

// A color under what its place is called, with a line where that changes; a pixel is so many units wide there.
fn in_region(under: vec3<f32>, x: vec3<f32>, unit: f32) -> vec3<f32> {
  if (view.region == 0u) {
    return under;
  }
  var best = vec4<f32>();
  var first = -3.4e38;
  var label = 0u;
  for (var k = 0u; k < view.classes; k++) {
    let s = score_of(k);
    let score = dot(s.xyz, x) + s.w;
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
      let change = max(length(best.xyz - s.xyz) * unit, 1e-20);
      border = min(border, (first - dot(s.xyz, x) - s.w) / change);
    }
  }
  let own = colors[label].rgb;
  let color = mix(under, own, select(0.13, 0.20, view.dark == 1u));
  return mix(color, own, 0.5 * line_cover(border, 0.8 * view.pixel));
}

// A sphere of radius 1 behind a pixel: with s to the right and up, the ray through it is s w from the axis at depth w, and
// meets the sphere where |s|^2 w^2 + half^2 (eye - w)^2 = 1.
fn sphere(at: vec2<f32>, paper: vec3<f32>) -> vec3<f32> {
  let m = view.matrix;
  let right = vec3(m[0].x, m[1].x, m[2].x);
  let up = vec3(m[0].y, m[1].y, m[2].y);
  let away = vec3(m[0].w, m[1].w, m[2].w);
  let eye = m[3].w;
  let scale = vec2(length(right), length(up));
  let half2 = 1.0 / dot(away, away);
  let s = (at / view.size * 2.0 - 1.0) * vec2(1.0, -1.0) / scale;
  let k = dot(s, s);
  let front = half2 * eye * eye - 1.0;
  let pixels = 0.5 * scale.x * view.size.x;
  let inside = clamp(0.5 + (sqrt(half2 / front) - sqrt(k)) * pixels, 0.0, 1.0);
  if (inside == 0.0) {
    return paper;
  }
  let root = sqrt(max(0.0, half2 * half2 * eye * eye - (k + half2) * front));
  let w = (half2 * eye - root) / (k + half2);
  let p = right / scale.x * s.x * w + up / scale.y * s.y * w - away * half2 * (eye - w);
  let facing = clamp(root / (half2 * eye) * 2.2, 0.0, 1.0);
  let glass = mix(paper, ink(vec3(0.0), vec3(1.0)), mix(0.10, 0.025, facing));
  return mix(paper, in_region(glass, normalize(p), w / pixels), inside);
}

@fragment
fn back_fragment(@builtin(position) at: vec4<f32>) -> @location(0) vec4<f32> {
  let paper = ink(vec3(1.0), vec3(0.075, 0.083, 0.102));
  if (view.dim == 3u && view.directions == 1u) {
    return vec4(sphere(at.xy, paper), 1.0);
  }
  if (view.dim != 2u) {
    return vec4(paper, 1.0);
  }
  let x = view.middle + (at.xy - 0.5 * view.size) * vec2(view.unit, -view.unit);
  var color = in_region(paper, vec3(x, 0.0), view.unit);
  let lines = abs(x / view.grid - round(x / view.grid)) * view.grid / view.unit;
  let axes = abs(x) / view.unit;
  let stroke = ink(vec3(0.0), vec3(1.0));
  var grid = max(line_cover(lines.x, view.pixel), line_cover(lines.y, view.pixel));
  let axis = max(line_cover(axes.x, view.pixel), line_cover(axes.y, view.pixel));
  if (view.directions == 1u) {
    grid = 4.0 * line_cover(abs(length(x) - 1.0) / view.unit, view.pixel);
  }
  color = mix(color, stroke, max(0.05 * grid, 0.16 * axis));
  return vec4(color, 1.0);
}
