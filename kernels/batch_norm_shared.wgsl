// What the kernels of batch norm share.
//
//   inv_std_of(c) = 1 / std of a column;   passed(g, y) = g where the ReLU let y through, NaN where y is, else 0
//
// The kernel has the constants RELU and TRAINING (`inv_std_or_var` holds 1 / std, else it holds the variance) and the
// parameter `eps`.

fn inv_std_of(c: u32) -> Element {
  return select(1.0 / safe_sqrt(inv_std_or_var[c] + params.eps), inv_std_or_var[c], TRAINING);
}

fn passed(g: Element, y: Element) -> Element {
  if (RELU) {
    return or_nan(select(Element(0.0), g, y > Element(0.0)), y);
  }
  return g;
}
