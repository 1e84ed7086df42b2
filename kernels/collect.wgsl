// Several arrays into their places in one: the gradients that one dispatch then updates all parameters by.
//
//   y[first_k + i] = x_k[i]    for every i below size_k, k from 0 to 6
//
// Buffers: x0, x1, x2, x3, x4, x5, x6, [size_k] each, are read; the named elements of y are written and no others. A default
// adapter binds eight buffers, so there are seven. One thread an Element, over all of them one after the other: one number,
// or four where the sizes allow it. A size of 0 leaves its array out.
// Params: size_k and first_k, in Elements, are component k % 4 of vector k / 4 of `sizes` and of `firsts`.
// Constants: Element.

struct Params {
  sizes: array<vec4<u32>, 2>,
  firsts: array<vec4<u32>, 2>,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x0: array<Element>;
@group(0) @binding(2) var<storage, read> x1: array<Element>;
@group(0) @binding(3) var<storage, read> x2: array<Element>;
@group(0) @binding(4) var<storage, read> x3: array<Element>;
@group(0) @binding(5) var<storage, read> x4: array<Element>;
@group(0) @binding(6) var<storage, read> x5: array<Element>;
@group(0) @binding(7) var<storage, read> x6: array<Element>;
@group(0) @binding(8) var<storage, read_write> y: array<Element>;

@compute @workgroup_size(64)
fn main(
  @builtin(global_invocation_id) id: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
) {
  // The place within the array that the thread belongs to.
  var i = id.y * groups.x * 64u + id.x;
  var k = 0u;
  while (k < 7u && i >= params.sizes[k / 4u][k % 4u]) {
    i -= params.sizes[k / 4u][k % 4u];
    k++;
  }
  if (k == 7u) {
    return;
  }
  let place = params.firsts[k / 4u][k % 4u] + i;
  switch (k) {
    case 0u: { y[place] = x0[i]; }
    case 1u: { y[place] = x1[i]; }
    case 2u: { y[place] = x2[i]; }
    case 3u: { y[place] = x3[i]; }
    case 4u: { y[place] = x4[i]; }
    case 5u: { y[place] = x5[i]; }
    default: { y[place] = x6[i]; }
  }
}
