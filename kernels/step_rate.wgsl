// The learning rate of a step, for schedules that change it with every step: a replayed step finds its own here.
//
//   settings[0] = factor * rates[step],   step = the cursor's
//
// Layouts: rates [steps]; cursor as in batch_images.wgsl; settings: an optimizer's, of which the first is the rate.
// A step past the end takes the last rate. One thread.

struct Params {
  steps: u32,
  factor: f32,
}

struct Cursor {
  position: u32,
  step: u32,
  epoch: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> rates: array<f32>;
@group(0) @binding(2) var<storage, read> cursor: Cursor;
@group(0) @binding(3) var<storage, read_write> settings: array<f32>;

@compute @workgroup_size(1)
fn main() {
  settings[0] = params.factor * rates[min(cursor.step, params.steps - 1u)];
}
