// Looks for numbers that name no row of a table: labels that are no class, rows that are not there.
//
//   fault = (kind, first + i, numbers[i], rows)   for the smallest i with numbers[i] < 0 or >= rows, unless one stands there
//
// Layouts: numbers [size]; fault [4], 0 in front while there is none; updated. One workgroup: each of its 64 lanes looks
// through every 64th number, then the first lane takes the smallest place.

struct Params {
  size: u32,
  first: u32, // the place of the first number in what the op was given
  rows: u32,
  kind: u32, // kind of the fault, from 1: src/gpu/faults.ts has its message
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> numbers: array<i32>;
@group(0) @binding(2) var<storage, read_write> fault: array<u32>;

const NONE = 0xffffffffu;

var<workgroup> places: array<u32, 64>;

@compute @workgroup_size(64)
fn main(@builtin(local_invocation_index) lane: u32) {
  var place = NONE;
  for (var i = lane; i < params.size; i += 64u) {
    if (bitcast<u32>(numbers[i]) >= params.rows) {
      place = min(place, i);
    }
  }
  places[lane] = place;
  workgroupBarrier();
  if (lane == 0u) {
    for (var l = 1u; l < 64u; l++) {
      place = min(place, places[l]);
    }
    if (place != NONE && fault[0] == 0u) {
      fault[0] = params.kind;
      fault[1] = params.first + place;
      fault[2] = bitcast<u32>(numbers[place]);
      fault[3] = params.rows;
    }
  }
}
