// Where two operands that broadcast stand for the i-th element of a shape.
//
//   places(i) = (c . strides_a, c . strides_b),   c: the coordinates of i in `shape`
//
// The kernel has the constant RANK (the last axis is shape[RANK - 1]; 0 where nothing broadcasts) and, among its parameters,
// `shape`, `strides_a` and `strides_b`.

fn places(i: u32) -> vec2<u32> {
  if (RANK == 0u) {
    return vec2<u32>(i);
  }
  var rest = i;
  var at = vec2<u32>(0u);
  for (var d = 0u; d < RANK; d++) { // unroll
    let axis = RANK - 1u - d;
    let length = params.shape[axis / 4u][axis % 4u];
    let c = rest % length;
    rest /= length;
    at.x += c * params.strides_a[axis / 4u][axis % 4u];
    at.y += c * params.strides_b[axis / 4u][axis % 4u];
  }
  return at;
}
