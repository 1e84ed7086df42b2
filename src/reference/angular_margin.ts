import { type Array64, array64 } from "./array64.ts";

/** What becomes of the own class's cosine: `x - m`, `cos(theta + m)`, or `(-1)^k cos(m theta) - 2k`. */
export type MarginForm = "cosine" | "angle" | "multiple";

/**
 * A margin in the column of each row's own class: cosines `[rows, classes]`. Beyond `pi - m` the form `angle` is
 * `x - m sin m`.
 */
export function angularMargin(
  cosines: Array64,
  labels: ArrayLike<number>,
  form: MarginForm,
  m: number,
): Array64 {
  return ofOwn(cosines, labels, (x) => {
    if (form === "cosine") return x - m;
    const theta = Math.acos(x);
    if (form === "angle") return theta < Math.PI - m ? Math.cos(theta + m) : x - m * Math.sin(m);
    const k = Math.min(Math.floor(m * theta / Math.PI), m - 1);
    return (-1) ** k * Math.cos(m * theta) - 2 * k;
  }, (x) => x);
}

/** Times the slope: 1; `sin(theta + m) / sin(theta)` or 1; `(-1)^k m sin(m theta) / sin(theta)`. */
export function angularMarginBackward(
  grad: Array64,
  cosines: Array64,
  labels: ArrayLike<number>,
  form: MarginForm,
  m: number,
): Array64 {
  const slopes = ofOwn(cosines, labels, (x) => {
    const theta = Math.acos(x), sine = Math.sin(theta);
    if (form === "cosine") return 1;
    if (form === "angle") return theta < Math.PI - m ? Math.sin(theta + m) / sine : 1;
    const k = Math.min(Math.floor(m * theta / Math.PI), m - 1);
    return (-1) ** k * m * Math.sin(m * theta) / sine;
  }, () => 1);
  return array64(grad.shape, grad.data.map((g, i) => g * slopes.data[i]));
}

function ofOwn(
  { shape, data }: Array64,
  labels: ArrayLike<number>,
  own: (x: number) => number,
  other: (x: number) => number,
): Array64 {
  const [, classes] = shape;
  return array64(
    shape,
    data.map((x, i) => labels[Math.floor(i / classes)] === i % classes ? own(x) : other(x)),
  );
}
