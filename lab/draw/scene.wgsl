// A map, drawn from the memory that training writes: regions and grid, samples, paths of the centers, centers, marks.
//
// Where directions are shown, everything stands at length 1: on a circle, or on a sphere whose far side is pale.
//
// This file has what the parts share: back.wgsl, lines.wgsl and discs.wgsl follow it in one module.
//
// Layouts: table [rows, stride]: dim features, then the label; colors [classes]; centers [classes, dim]; weights [dim,
// columns] and bias [classes] of the last layer; trail [slots, classes, dim], a ring whose next slot is trail_head;
// marks: a place, a kind and a color each.

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
  directions: u32, // 1 where everything stands at its direction
  columns: u32, // of the last layer, as many a class
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

// A place as it is shown.
fn shown(p: vec3<f32>) -> vec3<f32> {
  return select(p, p / max(length(p), 1e-20), view.directions == 1u);
}

// How much of its color a place keeps for the eye: less behind the horizon of a sphere, which is nearer than its middle.
fn presence(place: vec4<f32>) -> f32 {
  return select(1.0, 0.3, beyond(place));
}

fn beyond(place: vec4<f32>) -> bool {
  let row = vec3(view.matrix[0].w, view.matrix[1].w, view.matrix[2].w);
  let eye = view.matrix[3].w;
  return view.directions == 1u && view.dim == 3u && place.w > eye - dot(row, row) / eye;
}
