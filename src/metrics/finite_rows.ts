/** Numbers of the rows `[rows, dim]` that hold finite numbers alone. */
export function finiteRows(values: Float32Array, dim: number): Uint32Array {
  const rows = new Uint32Array(values.length / dim);
  let count = 0;
  for (let i = 0; i < rows.length; i++) {
    if (values.subarray(i * dim, (i + 1) * dim).every(Number.isFinite)) rows[count++] = i;
  }
  return rows.subarray(0, count);
}
