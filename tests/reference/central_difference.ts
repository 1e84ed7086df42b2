import { type Array64, array64 } from "../../src/reference/array64.ts";

/**
 * Numeric gradient of a scalar function with respect to one of its inputs, in float64:
 *
 *     g[i] = (f(x + h e_i) - f(x - h e_i)) / 2h        error O(h^2)
 *
 * `inputs` are left as they were; `f` sees a fresh copy of input `index` and must not keep it. With `places`, only
 * these elements of the gradient are computed, and given in that order.
 */
export function centralDifference(
  f: (inputs: Array64[]) => number,
  inputs: Array64[],
  index: number,
  { h = 1e-5, places = inputs[index].data.keys() }: { h?: number; places?: Iterable<number> } = {},
): Float64Array {
  const moved = array64(inputs[index].shape, inputs[index].data);
  const arguments_ = inputs.map((input, i) => i === index ? moved : input);
  return Float64Array.from(places, (i) => {
    const value = moved.data[i];
    moved.data[i] = value + h;
    const above = f(arguments_);
    moved.data[i] = value - h;
    const below = f(arguments_);
    moved.data[i] = value;
    return (above - below) / (2 * h);
  });
}
